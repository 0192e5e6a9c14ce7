"""File names: as a person reads them, and as a header carries them safely in every script."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LENGTH = 180
BYTES = 200
"""Of a name in an archive, in UTF-8: file systems take 255, and a folder and a number come before it."""
# Marks that turn the direction of writing hide what a name ends in.
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_REFUSED = '/\\:*?"<>|'
_UNSAFE = str.maketrans(dict.fromkeys('%;"\\', "_"))


def plain_name(name: str) -> str:
    """A name without path, control and direction marks, fit for every file system; never empty, never a hidden file."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        " " if char in _REFUSED else char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char) not in _HIDDEN
    )
    stem, dot, ending = " ".join(kept.split()).strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.strip(". ")[: LENGTH - len(ending[:20]) - 1] or "document"
    return f"{stem}.{ending[:20].strip()}" if ending.strip() else stem


def numbered(number: int, name: str, *, version: int | None = None) -> str:
    """The name of one file of several: in their order, and so unlike every other whatever a file system makes of letters.

    A number in front also keeps it from being a device (CON, NUL) or an option of a command.
    """
    stem, dot, ending = plain_name(name).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    tail = f".{ending}" if ending else ""
    kept = stem.encode()[: BYTES - len(tail.encode())].decode(errors="ignore").rstrip(". ")
    return f"{number:03} {kept}{tail}" if version is None else f"{number:03} v{version} {kept}{tail}"


def attachment(name: str) -> str:
    """Content-Disposition of a download (RFC 6266): the name in ASCII for old readers, in UTF-8 (RFC 8187) for all others."""
    safe = plain_name(name)
    plain = "".join(
        c if c.isascii() else "_" for c in unicodedata.normalize("NFKD", safe) if not unicodedata.combining(c)
    )
    # Some signs become a quotation mark or a backslash only here.
    plain = plain.translate(_UNSAFE)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
