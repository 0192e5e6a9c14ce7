"""What changes start from: one clean package, its files, and the ways to pack, sum up and seal them again."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from random import Random
from typing import Any

from foundation.documents.seals import sealing
from foundation.documents.seals.authority import Authority
from jits.package import archive, checking
from jits.package.archive import Entry
from jits.package.manifest import LAST, NAME, SEAL, SUMS, Way
from jits.package.reasons import Reason
from tests.jits.package.stage import OLDER, THREE, Stage

Files = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Forged:
    """A changed package, and what the check may say first."""

    package: bytes
    reasons: frozenset[Reason]


Kind = Callable[["Ground", Random], Forged]
KINDS: dict[str, Kind] = {}


def kind(change: Kind) -> Kind:
    """Put a change on the list; its name says what was done."""
    KINDS[change.__name__.replace("_", " ")] = change
    return change


def forged(package: bytes | Files, *reasons: Reason) -> Forged:
    return Forged(package if isinstance(package, bytes) else zipped(package), frozenset(reasons))


def zipped(files: Files) -> bytes:
    """As the writer packs, but whatever it is told: names twice, names that lead out."""
    entries, pieces, offset = [], [], 0
    for name, content in files:
        start = offset + 30 + len(name.encode())
        entry = Entry(name=name, size=len(content), crc=zlib.crc32(content), start=start)
        entries.append(entry)
        pieces += [entry.head, content]
        offset = start + len(content)
    return b"".join(pieces) + archive.end(entries, offset)


def summed(files: Files) -> Files:
    """With sums that fit."""
    rest = [(name, content) for name, content in files if name != SUMS]
    sums = checking.sums_text({name: hashlib.sha256(content).hexdigest() for name, content in rest})
    return [*rest, (SUMS, sums)]


def canonical(raw: object) -> bytes:
    return (json.dumps(raw, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


@dataclass
class Ground:
    """A clean package and what can be put in its place. What takes time is made once."""

    stage: Stage
    clean: bytes
    _kept: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def files(self) -> Files:
        package = archive.opened(BytesIO(self.clean))
        return [(name, package.read(name)) for name in package.entries]

    @cached_property
    def names(self) -> list[str]:
        return [name for name, _content in self.files]

    def content(self, name: str) -> bytes:
        return dict(self.files)[name]

    @cached_property
    def listed(self) -> list[str]:
        """The names that stand in the manifest."""
        return [name for name in self.names if name not in LAST]

    def replaced(self, changed: dict[str, bytes]) -> Files:
        """The files, some with another content."""
        return [(name, changed.get(name, content)) for name, content in self.files]

    @property
    def told(self) -> dict[str, Any]:
        """The manifest, to be changed."""
        raw: dict[str, Any] = json.loads(self.content(NAME))
        return raw

    def sealed(
        self, told: dict[str, Any], changed: dict[str, bytes] | None = None, by: Authority | None = None
    ) -> Files:
        """A package with this manifest and these contents, listed, sealed and summed up anew, as the service itself would."""
        contents = {**dict(self.files), **(changed or {})}
        for file in told["files"]:
            content = contents.get(file["name"], b"")
            file |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        sums = {file["name"]: file["sha256"] for file in told["files"]}
        for each in [*told["languages"], *(party["consent"] for party in told["parties"] if party["consent"])]:
            each["sha256"] = sums.get(each["file"], each["sha256"])
        content = canonical(told)
        seal = sealing.sealed_apart(content, by=by or self.stage.seal)
        listed = [(file["name"], contents[file["name"]]) for file in told["files"] if file["name"] in contents]
        return summed([*listed, (NAME, content), (SEAL, seal)])

    def party(self, told: dict[str, Any], code: str) -> dict[str, Any]:
        found: dict[str, Any] = next(party for party in told["parties"] if party["party"] == code)
        return found

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @cached_property
    def older(self) -> Files:
        """A clean package of an earlier text of the same agreement."""
        stage = self.stage
        package = archive.opened(BytesIO(stage.package(stage.agreement(THREE, content=OLDER))))
        return [(name, package.read(name)) for name in package.entries]

    def of(self, way: Way) -> tuple[str, str]:
        """Party and evidence file of who signed that way."""
        party = next(party for party in self.told["parties"] if party["consent"]["way"] == way)
        return party["party"], party["consent"]["file"]

    def frozen_of(self, file: str) -> bytes:
        """The frozen file on which that evidence stands."""
        told = self.told
        language = next(party["consent"]["language"] for party in told["parties"] if party["consent"]["file"] == file)
        return self.content(next(each["file"] for each in told["languages"] if each["language"] == language))
