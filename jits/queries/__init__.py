"""Finished answers for actions and pages of teams."""
