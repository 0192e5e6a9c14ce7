"""Reference data in the console: one room, a page for each kind, its file out and in, and who changed what."""
