"""Forms of cases and invitations."""
