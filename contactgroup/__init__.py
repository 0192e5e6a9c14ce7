"""The Contact Group: nominations, their electorate, votes and what was decided."""
