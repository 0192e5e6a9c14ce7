"""What we said beside what stands there: enumerations are said by code and read with a label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CODE = "code"
WIDTH = 60


def plain(read: Any) -> Any:
    """A value as we would say it."""
    if isinstance(read, Mapping):
        return read[CODE] if CODE in read else {name: plain(value) for name, value in read.items()}
    if isinstance(read, list):
        return [plain(one) for one in read]
    return " ".join(read.split()) if isinstance(read, str) else read


def stands(said: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Is all that was said there? What cannot be read back (``personal_data_checked``) says nothing either way."""
    compared = [_stands(value, read[name]) for name, value in said.items() if name in read]
    return bool(compared) and all(compared)


def _stands(said: Any, read: Any) -> bool:
    if isinstance(said, Mapping) and isinstance(read, Mapping):
        return all(name in read and _stands(value, read[name]) for name, value in said.items())
    if isinstance(said, list) and isinstance(read, list):
        return len(said) == len(read) and all(any(_stands(one, other) for other in read) for one in said)
    return bool(plain(said) == plain(read))


def both(said: Mapping[str, Any], read: Mapping[str, Any]) -> str:
    """The two side by side, for a person."""
    rows = [("", "yours", "there now")]
    rows += [(name, _short(value), _short(read.get(name))) for name, value in said.items()]
    if not said:
        rows.append(("status", "-", _short(read.get("status"))))
    return "\n".join(f"  {name:<14} {one:<{WIDTH}} {other}".rstrip() for name, one, other in rows)


def _short(value: Any) -> str:
    said = str(plain(value))
    return said if len(said) <= WIDTH else f"{said[: WIDTH - 1]}…"
