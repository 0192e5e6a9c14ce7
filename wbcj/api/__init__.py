"""The REST API of partner systems: its addresses, its entry and its documents."""

VERSION = "1.0"
"""Of the interface: the first number stands in every address, the second grows when something is added (docs/api.md)."""
