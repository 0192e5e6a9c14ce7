"""The database engine that the settings name: PostgreSQL as Django drives it, and transactions that begin with a statement."""
