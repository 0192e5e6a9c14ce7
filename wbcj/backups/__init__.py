"""Backup and restore: one folder that holds everything that cannot be made anew, and says of itself what it holds."""
