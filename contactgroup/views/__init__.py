"""Pages of the Contact Group."""
