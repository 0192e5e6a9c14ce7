"""Pages of the directory and of those who administer it."""
