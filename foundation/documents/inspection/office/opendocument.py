"""OpenDocument (ISO 26300) and the signed containers that share its frame (ETSI EN 319 162)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foundation.documents.inspection import markup
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.kinds import KINDS

CONTENTS = {kind.media_type: kind.name for kind in KINDS if "opendocument" in kind.media_type} | {
    "application/vnd.etsi.asic-e+zip": "asice",
    "application/vnd.etsi.asic-s+zip": "asice",
}
READ = re.compile(r"(Object [^/]+/)?(content|styles)\.xml|META-INF/manifest\.xml")
BY_NAME = (
    (re.compile(r"^(Basic|Scripts)/.+"), Code.OFFICE_MACROS),
    (re.compile(r"^Object [^/]+/?$|^Object [^/]+/content\.xml$"), Code.OFFICE_OBJECTS),
)
ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\|\.\./)", re.IGNORECASE)
SCRIPT = re.compile(r"\s*(vnd\.sun\.star\.script|macro|javascript):", re.IGNORECASE)


def content(mimetype: bytes) -> str:
    """The content by its first entry; empty for one that is not taken."""
    return CONTENTS.get(mimetype.decode("ascii", "replace").strip(), "")


def names(found_names: Iterable[str], found: Collector) -> None:
    """What the names of the parts tell."""
    for name in found_names:
        for pattern, code in BY_NAME:
            if pattern.search(name):
                found.add(code, name)


def is_read(name: str) -> bool:
    """Whether a part is read."""
    return READ.fullmatch(name) is not None


def part(name: str, data: bytes, found: Collector) -> None:
    """Read one part. Raises Damaged."""
    markup.read_data(data, _Parts(found), found)


class _Parts(markup.Reader):
    def __init__(self, found: Collector) -> None:
        super().__init__()
        self.found = found

    def element(self, name: str, attributes: markup.Attributes) -> None:
        if name == "encryption-data":
            self.found.add(Code.OFFICE_ENCRYPTED)
        if name in {"dde-source", "dde-link", "dde-connection-decl"}:
            self.found.add(Code.OFFICE_DDE)
        if name in {"event-listener", "script"}:
            self.found.add(Code.OFFICE_MACROS, name)
        for (_space, key), value in attributes.items():
            if key == "href" and SCRIPT.match(value):
                self.found.add(Code.OFFICE_MACROS, name)
            elif key == "href" and name != "a" and ELSEWHERE.match(value):
                self.found.add(Code.OFFICE_EXTERNAL, name)
