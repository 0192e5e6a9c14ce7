"""Pages about the record of one root."""
