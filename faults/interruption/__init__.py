"""A use-case that is cut off anywhere happens whole or not at all, and doing it once more succeeds."""
