"""Forms of teams."""
