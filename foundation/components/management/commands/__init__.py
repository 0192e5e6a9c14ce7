"""Commands that set up the front end."""
