"""What tests stand on: servers of their own, a template database, a clone of it for each process."""
