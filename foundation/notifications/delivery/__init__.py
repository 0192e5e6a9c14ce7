"""How what was told leaves the house: one row a mail and channel, sent in phases, each attempt on record."""
