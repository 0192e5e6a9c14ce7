"""Where the installation is, where the register stands, and secrets: from the environment, never from the command line."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
FOR_OTHERS = 0o077
"""The bits of a file's mode that let anybody but its owner in."""


class NotSet(Exception):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """An installation and the token for it. The token is in no repr, so in no traceback's line and no log."""

    address: str
    token: str = field(repr=False)


def place() -> Place:
    """The installation. Raises NotSet."""
    address = os.environ.get("WBCJ_URL", "").rstrip("/")
    if not address:
        raise NotSet("Set WBCJ_URL to the address of the installation, such as https://coordination.example.org.")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise NotSet("WBCJ_URL is no address such as https://coordination.example.org.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise NotSet("Over http everybody on the way could read the token. Set WBCJ_URL to an https address.")
    return Place(address=address, token=secret("WBCJ_TOKEN"))


def secret(name: str) -> str:
    """A secret: the variable itself, or the file that ``<name>_FILE`` names. Raises NotSet, which never shows it."""
    said = os.environ.get(name, "").strip()
    path = os.environ.get(f"{name}_FILE", "")
    if not said and path:
        said = _read(Path(path))
    if not said:
        raise NotSet(f"Set {name}, or {name}_FILE to a file that only you can read (chmod 600).")
    if not said.isascii() or not said.isprintable():
        raise NotSet(f"{name} holds signs that no secret has: copy it again.")
    return said


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            # Asked of the open file, so that nobody can exchange it between the question and the reading.
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode) or mode & FOR_OTHERS:
                raise NotSet(f"Others can read {path}: chmod 600 {path}")
            return file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NotSet(f"{path} cannot be read: {type(error).__name__}.") from None


def register_file() -> Path:
    """The file of the register."""
    return Path(os.environ.get("WBCJ_REGISTER", "register.sqlite"))
