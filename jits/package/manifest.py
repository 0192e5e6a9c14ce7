"""What a package says of itself: canonical JSON with a versioned format, read as strictly as it is written.

There is one way to write a manifest: sorted keys, one space of indentation, UTF-8, a line end. Another is no manifest, so two programs
can never read two things in the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from jits.package import archive
from jits.package.reasons import Reason, Refused, refuse

FORMAT: Final = "wbcj-jit-package/1"
NAME: Final = "manifest.json"
SEAL: Final = "manifest.json.p7s"
SUMS: Final = "SHA256SUMS"
README: Final = "README.txt"
PROGRAM: Final = "verify_sums.py"
SHEET: Final = "certificate.pdf"
LAST: Final = (NAME, SEAL, SUMS)
"""What the manifest does not list, since it is made after it; in this order at the end of a package."""

_HEX: Final = re.compile(r"[0-9a-f]{64}")
_PARTY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_TEXT: Final = 4000


class Way(StrEnum):
    """How a party signed."""

    APPLICATION = "application"
    ELSEWHERE = "elsewhere"
    INK = "ink"


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of the package."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Version:
    """The agreement in one language (BCP 47)."""

    language: str
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CounterCheck:
    """Somebody of another party held the scan against the text: who, of which party, when; which scan, content and frozen file."""

    by: str
    party: str
    at: datetime
    scan_sha256: str
    content_sha256: str
    frozen_sha256: str


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A party signed one language version. ``certificate`` is the SHA-256 of the certificate of a signature made elsewhere."""

    way: Way
    language: str
    at: datetime
    file: str
    sha256: str
    certificate: str | None
    counter_check: CounterCheck | None


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party, the person who signs for it, and its consent."""

    party: str
    name: str
    signatory: str
    consent: Consent | None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Times carry their offset; in force is the day of the last signature where it was given."""

    agreement: str
    title: str
    content_sha256: str
    template: str
    made_at: datetime
    in_force: date
    sealed_by: str
    legal_notice: str
    languages: tuple[Version, ...]
    parties: tuple[Party, ...]
    files: tuple[File, ...]


def last_signature(parties: tuple[Party, ...]) -> date | None:
    """The day of the last signature, in the zone in which its time is written; None while somebody has not signed."""
    given = [party.consent.at for party in parties if party.consent]
    return max(given).date() if given and len(given) == len(parties) else None


def written(manifest: Manifest) -> bytes:
    """The one way to write it."""
    return _canonical({"format": FORMAT, **asdict(manifest)})


def _canonical(raw: object) -> bytes:
    return (json.dumps(raw, sort_keys=True, indent=1, ensure_ascii=False, default=_text) + "\n").encode()


def _text(value: date) -> str:
    return value.isoformat()


def read(content: bytes) -> Manifest:
    """The manifest in these bytes. Raises Refused: malformed, or of a format that is not known."""
    try:
        raw = json.loads(content)
        if isinstance(raw, dict) and raw.get("format") != FORMAT and isinstance(raw.get("format"), str):
            raise refuse(Reason.UNKNOWN_FORMAT, NAME)
        manifest = _manifest(_fields(raw, "format", *_names(Manifest)))
        same = written(manifest) == content
    except Refused:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise refuse(Reason.MANIFEST_MALFORMED, NAME, type(error).__name__) from None
    if not same:
        raise refuse(Reason.MANIFEST_MALFORMED, NAME, "It is not in canonical form.")
    return manifest


def _manifest(raw: dict[str, Any]) -> Manifest:
    made = Manifest(
        agreement=_line(raw["agreement"]),
        title=_line(raw["title"]),
        content_sha256=_digest(raw["content_sha256"]),
        template=_line(raw["template"]),
        made_at=_instant(raw["made_at"]),
        in_force=date.fromisoformat(raw["in_force"]),
        sealed_by=_line(raw["sealed_by"]),
        legal_notice=_line(raw["legal_notice"]),
        languages=tuple(_version(each) for each in _list(raw["languages"])),
        parties=tuple(_party(each) for each in _list(raw["parties"])),
        files=tuple(_file(each) for each in _list(raw["files"])),
    )
    for keys in ([x.language for x in made.languages], [x.party for x in made.parties], [x.name for x in made.files]):
        if not keys or len(keys) != len(set(keys)):
            raise ValueError
    return made


def _version(raw: object) -> Version:
    fields = _fields(raw, *_names(Version))
    return Version(language=_line(fields["language"]), file=_name(fields["file"]), sha256=_digest(fields["sha256"]))


def _party(raw: object) -> Party:
    fields = _fields(raw, *_names(Party))
    consent = fields["consent"]
    return Party(
        party=_code(fields["party"]),
        name=_line(fields["name"]),
        signatory=_line(fields["signatory"]),
        consent=None if consent is None else _consent(consent),
    )


def _consent(raw: object) -> Consent:
    fields = _fields(raw, *_names(Consent))
    certificate, counter_check = fields["certificate"], fields["counter_check"]
    return Consent(
        way=Way(fields["way"]),
        language=_line(fields["language"]),
        at=_instant(fields["at"]),
        file=_name(fields["file"]),
        sha256=_digest(fields["sha256"]),
        certificate=None if certificate is None else _digest(certificate),
        counter_check=None if counter_check is None else _counter_check(counter_check),
    )


def _counter_check(raw: object) -> CounterCheck:
    fields = _fields(raw, *_names(CounterCheck))
    return CounterCheck(
        by=_line(fields["by"]),
        party=_code(fields["party"]),
        at=_instant(fields["at"]),
        scan_sha256=_digest(fields["scan_sha256"]),
        content_sha256=_digest(fields["content_sha256"]),
        frozen_sha256=_digest(fields["frozen_sha256"]),
    )


def _file(raw: object) -> File:
    fields = _fields(raw, *_names(File))
    if type(fields["size"]) is not int or fields["size"] < 0:
        raise ValueError
    return File(name=_name(fields["name"]), sha256=_digest(fields["sha256"]), size=fields["size"])


def _names(kind: type) -> tuple[str, ...]:
    return tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # called with dataclasses alone


def _fields(raw: object, *names: str) -> dict[str, Any]:
    """Exactly these fields, no more and no fewer."""
    if not isinstance(raw, dict) or set(raw) != set(names):
        raise ValueError
    return raw


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list) or len(raw) > archive.MOST_ENTRIES:
        raise ValueError
    return raw


def _line(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > _LONGEST_TEXT:
        raise ValueError
    return raw


def _name(raw: object) -> str:
    if not archive.safe(_line(raw)):
        raise ValueError
    return str(raw)


def _code(raw: object) -> str:
    if not _PARTY.fullmatch(_line(raw)):
        raise ValueError
    return str(raw)


def _digest(raw: object) -> str:
    if not _HEX.fullmatch(_line(raw)):
        raise ValueError
    return str(raw)


def _instant(raw: object) -> datetime:
    instant = datetime.fromisoformat(_line(raw))
    if instant.tzinfo is None:
        raise ValueError
    return instant
