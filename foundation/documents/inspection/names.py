"""Tricks in the name of a file."""

from __future__ import annotations

import re
import unicodedata

from foundation.documents.inspection import limits
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.kinds import BY_EXTENSION, PROGRAMS

# Format characters turn the direction or are not seen at all; a name has no use for them. Private and unassigned ones show anything.
HIDING = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
LOOKS_LIKE_A_DOT = "\u2024\u2025\u2026\u3002\ufe52\uff0e\uff61\u06d4\u0701\u0702"
LOOKS_LIKE_A_SLASH = "\u2044\u2215\u29f8\uff0f\ufe68\uff3c\u29f5"
RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*]')
TAKEN_FOR_PROGRAMS = frozenset({
    "exe", "scr", "pif", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "jar", "lnk", "dll",
})  # fmt: skip
BLANKS = re.compile(r"[\s\u00a0\u2800\u3164\uffa0]{3,}")


def extension(name: str) -> str:
    """The last part of a name, in small letters; empty when there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def inspect(name: str, found: Collector) -> None:
    """Note what is wrong with the name under which a file was sent."""
    plain = unicodedata.normalize("NFC", name)
    if not plain.strip(" ."):
        found.add(Code.NAME_MISSING)
        return
    if len(plain) > limits.NAME:
        found.add(Code.NAME_LONG)
    if hides(plain) or BLANKS.search(plain):
        found.add(Code.NAME_HIDES, plain)
    if is_path(plain):
        found.add(Code.NAME_PATH, plain)
    if RESERVED.match(plain) or FORBIDDEN.search(plain) or plain[-1] in " ." or plain[0] in " .":
        found.add(Code.NAME_RESERVED, plain)
    _double(plain, found)


def hides(name: str) -> bool:
    """Whether a name has characters that are not seen, turn its direction, or pass for a dot."""
    return any(unicodedata.category(char) in HIDING or char in LOOKS_LIKE_A_DOT for char in name)


def is_path(name: str) -> bool:
    """Whether a name leads to another place."""
    return "/" in name or "\\" in name or any(char in LOOKS_LIKE_A_SLASH for char in name)


def _double(name: str, found: Collector) -> None:
    """``invoice.exe.pdf`` or ``invoice.pdf.scr``: one of the two is meant to be overlooked. ``www.example.com.pdf`` is honest."""
    inner = [part.strip().lower() for part in name.split(".")[1:-1]]
    last = extension(name)
    if any(part in TAKEN_FOR_PROGRAMS for part in inner) or (inner and inner[-1] in BY_EXTENSION and last in PROGRAMS):
        found.add(Code.NAME_DOUBLE, name)
