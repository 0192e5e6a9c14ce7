"""What an inspection found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

EXAMPLES = 5
SHOWN = 120


class Severity(StrEnum):
    """Whether a finding keeps the file out, or goes with it for whoever reads it."""

    REFUSE = "refuse"
    REPORT = "report"


class Code(StrEnum):
    """Everything that can be found. The first part of a value says where: the name, the content, an archive, an Office file ..."""

    # Refused.
    EMPTY = "empty"
    NAME_MISSING = "name-missing"
    NAME_LONG = "name-long"
    NAME_HIDES = "name-hides"
    NAME_PATH = "name-path"
    NAME_RESERVED = "name-reserved"
    NAME_DOUBLE = "name-double"
    KIND_NOT_TAKEN = "kind-not-taken"
    KIND_UNKNOWN = "kind-unknown"
    KIND_DISAGREES = "kind-disagrees"
    TWO_KINDS = "two-kinds"
    DAMAGED = "damaged"
    SIZE_DISAGREES = "size-disagrees"
    TOO_MUCH_WORK = "too-much-work"
    ARCHIVE_BOMB = "archive-bomb"
    ARCHIVE_MANY = "archive-many"
    ARCHIVE_NESTED = "archive-nested"
    ARCHIVE_INNER_LARGE = "archive-inner-large"
    ARCHIVE_OVERLAPS = "archive-overlaps"
    ARCHIVE_PATH = "archive-path"
    ARCHIVE_LINK = "archive-link"
    ARCHIVE_TWICE = "archive-twice"
    ARCHIVE_DAMAGED = "archive-damaged"
    ARCHIVE_METHOD = "archive-method"
    XML_ENTITIES = "xml-entities"
    PICTURE_FLOOD = "picture-flood"
    # Reported.
    ARCHIVE_ENCRYPTED = "archive-encrypted"
    ARCHIVE_PROGRAMS = "archive-programs"
    ARCHIVE_HIDDEN = "archive-hidden"
    ARCHIVE_CLOSED = "archive-closed"
    PDF_SCRIPT = "pdf-script"
    PDF_STARTS = "pdf-starts"
    PDF_EMBEDS = "pdf-embeds"
    PDF_MEDIA = "pdf-media"
    PDF_FORM = "pdf-form"
    PDF_ENCRYPTED = "pdf-encrypted"
    PDF_RESTRICTED = "pdf-restricted"
    PDF_DAMAGED = "pdf-damaged"
    PDF_TAIL = "pdf-tail"
    OFFICE_MACROS = "office-macros"
    OFFICE_EXTERNAL = "office-external"
    OFFICE_DDE = "office-dde"
    OFFICE_OBJECTS = "office-objects"
    OFFICE_ENCRYPTED = "office-encrypted"
    SVG_SCRIPT = "svg-script"
    SVG_FOREIGN = "svg-foreign"
    SVG_EXTERNAL = "svg-external"
    TEXT_FORMULA = "text-formula"
    MAIL_ATTACHMENTS = "mail-attachments"
    MAIL_PROGRAMS = "mail-programs"


REPORTED = frozenset(list(Code)[list(Code).index(Code.ARCHIVE_ENCRYPTED) :])


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was found; ``where`` names up to five places (parts of the file), ``more`` counts the rest."""

    code: Code
    where: tuple[str, ...] = ()
    more: int = 0

    @property
    def severity(self) -> Severity:
        """Refused or reported."""
        return Severity.REPORT if self.code in REPORTED else Severity.REFUSE


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The result: the kind of file by its content (empty when unknown), its media type, and what was found."""

    kind: str
    media_type: str
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file stays out."""
        return any(finding.severity is Severity.REFUSE for finding in self.findings)

    def codes(self) -> frozenset[Code]:
        """What was found, without where."""
        return frozenset(finding.code for finding in self.findings)

    def as_data(self) -> dict[str, Any]:
        """For a JSON column and for the pipe of the inspecting process."""
        found = [{"code": f.code.value, "where": list(f.where), "more": f.more} for f in self.findings]
        return {"kind": self.kind, "media_type": self.media_type, "findings": found}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Findings:
        """Back from ``as_data``. Raises KeyError, TypeError, ValueError for what it did not write."""
        found = tuple(
            Finding(code=Code(row["code"]), where=tuple(map(str, row["where"])), more=int(row["more"]))
            for row in data["findings"]
        )
        return cls(kind=str(data["kind"]), media_type=str(data["media_type"]), findings=found)


@dataclass
class Collector:
    """Gathers findings while parsers read; bounded, however often a file repeats itself."""

    _found: dict[Code, list[str]] = field(default_factory=dict)
    _times: dict[Code, int] = field(default_factory=dict)
    _inside: tuple[str, ...] = ()

    def add(self, code: Code, where: str = "") -> None:
        """Note one more."""
        places = self._found.setdefault(code, [])
        self._times[code] = self._times.get(code, 0) + 1
        place = shown(": ".join((*self._inside, where)) if where else ": ".join(self._inside))
        if place and place not in places and len(places) < EXAMPLES:
            places.append(place)

    def inside(self, name: str) -> Collector:
        """The same findings, from within a part of the file."""
        return Collector(self._found, self._times, (*self._inside, name))

    def __contains__(self, code: Code) -> bool:
        return code in self._found

    def refuses(self) -> bool:
        """Whether something was found that keeps the file out: further work is in vain."""
        return any(code not in REPORTED for code in self._found)

    def findings(self) -> tuple[Finding, ...]:
        """Refused first, in the order of the codes."""
        order = list(Code)
        found = sorted(self._found.items(), key=lambda item: order.index(item[0]))
        return tuple(
            Finding(code=code, where=tuple(places), more=max(0, self._times[code] - len(places)) if places else 0)
            for code, places in found
        )


def shown(text: str) -> str:
    """A name from inside a hostile file, fit to be shown: printable, no tricks with direction, short."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"
