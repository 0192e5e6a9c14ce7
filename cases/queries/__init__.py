"""Shaped reads of cases."""
