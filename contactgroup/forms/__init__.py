"""Forms of the Contact Group."""
