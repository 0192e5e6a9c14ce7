"""Which page shows a root of which kind. The table is in ``wbcj/composition.py``."""

from __future__ import annotations

from collections.abc import Mapping

_addresses: dict[str, str] = {}


def install(addresses: Mapping[str, str]) -> None:
    """Take over the table: kind of a root -> name of its page, which takes the root's key as ``pk``."""
    _addresses.clear()
    _addresses.update(addresses)


def name_of(kind: str) -> str | None:
    """The name of the page, none where no page shows this kind."""
    return _addresses.get(kind)
