"""The built-in PostgreSQL and Valkey for a first run and for tests, and the two roles of the database."""
