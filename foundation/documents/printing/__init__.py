"""Printouts: papers of one reader, made in the background from frozen data and kept in the vault."""
