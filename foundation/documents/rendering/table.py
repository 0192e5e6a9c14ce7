"""The asset table: everything that a paper may be made of besides its own HTML, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foundation.components import fonts

SCHEME: Final = "paper:"
SHEET: Final = f"{SCHEME}paper.css"
READABLE: Final = "pdf/ua-1"
"""The kind of PDF that papers are: for everybody, with screen readers too."""
ARCHIVAL: Final = "pdf/a-2a"
"""The kind of PDF that is signed and kept: tagged as well, with its typefaces and colours in it."""
_HERE: Final = Path(__file__).parent
_OURS: Final = {"paper.css": "text/css", "mark.svg": "image/svg+xml"}

# Where the systems that we know keep DejaVu: letters that our own faces lack (Arabic, Georgian, signs), or all of them.
_SYSTEM_FONTS: Final = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF",
    "/usr/share/fonts/dejavu",
    "/usr/local/share/fonts/dejavu",
)


class NoLetters(Exception):
    """There is not one typeface to print with; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file of the table, in memory."""

    kind: str
    content: bytes


def assets(font_folder: Path) -> dict[str, Asset]:
    """The whole table by its names: stylesheet, mark, and the faces that were fetched. Raises NoLetters."""
    faces = fonts.fetched(font_folder)
    if not faces and not system_folders():
        raise NoLetters(
            "No typeface to print papers with: run `manage.py fetch_assets`, or install DejaVu (Debian: fonts-dejavu-core)."
        )
    files: Mapping[str, tuple[str, Path]] = {
        **{name: (kind, _HERE / name) for name, kind in _OURS.items()},
        **{name: ("font/ttf", path) for name, path in faces.items()},
    }
    return {name: Asset(kind=kind, content=path.read_bytes()) for name, (kind, path) in files.items()}


def system_folders() -> tuple[str, ...]:
    """The folders with DejaVu on this machine."""
    return tuple(folder for folder in _SYSTEM_FONTS if any(Path(folder).glob("DejaVuSans*.ttf")))


def fontconfig(cache: Path) -> str:
    """What fontconfig is told in the printing process: DejaVu and nothing else of this machine."""
    folders = "".join(f"<dir>{folder}</dir>" for folder in system_folders())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>"
    )
