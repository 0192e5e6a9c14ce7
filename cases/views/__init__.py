"""Pages of cases and invitations."""
