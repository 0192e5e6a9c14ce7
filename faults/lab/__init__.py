"""Workers, clock, database and Redis are killed at work, and nothing is lost, sent twice or left lying."""
