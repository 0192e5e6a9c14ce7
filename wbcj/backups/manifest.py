"""The page that a backup says of itself: what it holds, of when, by which version, with the SHA-256 of each part."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from wbcj.backups import files
from wbcj.backups.facts import Facts

FORMAT = 1
NAME, DATABASE, DOCUMENTS = "manifest.json", "database.dump", "documents"


class NotABackup(Exception):
    """The folder is no whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class Manifest:
    """What stands in the file."""

    format: int
    product: str
    made_at: str
    server: int
    program: int
    owner: str
    runtime: str
    key: str
    parts: dict[str, str]
    facts: Facts
    # Of later versions; a backup of an earlier one has none of them.
    elsewhere: bool = False
    missing: list[str] = field(default_factory=list)
    masters: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the file for its owner alone."""
        path = folder / NAME
        path.touch(mode=0o600)
        path.write_text(json.dumps({**asdict(self), "facts": self.facts.plain()}, indent=1), encoding="utf-8")
        files.settle(path)

    @property
    def documents(self) -> dict[str, str]:
        """The files of the documents, by their path below their folder."""
        begin = f"{DOCUMENTS}/"
        return {name.removeprefix(begin): sha for name, sha in self.parts.items() if name.startswith(begin)}

    def lines(self) -> list[str]:
        """What the operator is told."""
        rows = sum(content.rows for content in self.facts.tables.values())
        return [
            f"version {self.product} of {self.made_at}, PostgreSQL {self.server}",
            f"{len(self.facts.tables)} tables with {rows} rows, {len(self.facts.migrations)} migrations",
            f"record: {self.facts.events} events, last {self.facts.last_event_at or 'never'}, {self.facts.record_sha256[:16]}",
            *self._of_documents(),
        ]

    def _of_documents(self) -> list[str]:
        if self.elsewhere:
            return ["documents: on object storage and NOT in this backup; keep versions of the bucket"]
        said = [f"documents: {len(self.documents)} files"]
        if self.missing:
            said.append(f"{len(self.missing)} stored files are MISSING or cut: {', '.join(self.missing[:5])}")
        return said


def read(folder: Path) -> Manifest:
    """Read a backup's manifest and hold every part against it."""
    try:
        plain: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise NotABackup(f"{folder} is of format {plain['format']}; this version reads format {FORMAT}.")
        manifest = Manifest(**{**plain, "facts": Facts.of(plain["facts"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotABackup(f"{folder} has no manifest that can be read ({type(error).__name__}).") from error
    found = {name: sha for name, sha in files.listed(folder).items() if name != NAME}
    wrong = sorted(name for name in manifest.parts.keys() | found.keys() if manifest.parts.get(name) != found.get(name))
    if wrong:
        raise NotABackup(f"{folder} is not as it was made; missing, changed or added: {', '.join(wrong[:10])}.")
    return manifest


def product_version() -> str:
    """The version of the product in this checkout."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def key_mark() -> str:
    """Tells whether the signing key is the same, and nothing else of it: the key itself is in no backup."""
    return salted_hmac("wbcj.backups", "signing key", algorithm="sha256").hexdigest()[:16]


def instant(at: datetime) -> str:
    """An instant as the file has it."""
    return at.isoformat(timespec="seconds")
