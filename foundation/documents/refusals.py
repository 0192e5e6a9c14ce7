"""Why a stored file cannot be read."""

from __future__ import annotations


class Broken(Exception):
    """What stands on storage is not what was stored: cut, swapped, reordered, extended, changed or gone. Never repaired in silence."""


class Unreachable(OSError):
    """The storage does not answer, or the master key of this file is not at hand. Nothing is said of the file itself."""
