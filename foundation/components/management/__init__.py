"""Management commands of the components app."""
