"""What a page in the pseudo-locale says outside the brackets: the data of people, or a text that was not marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from zoneinfo import available_timezones

from setup.messages.pseudo import CLOSE, OPEN
from wbcj.settings.languages import LANGUAGES

LANGUAGE = "en-xa"
SPOKEN = ("alt", "aria-label", "aria-description", "aria-valuetext", "label", "placeholder", "summary", "title")
# No words of the product: code, what somebody typed, the Kosovo* footnote (its six languages stand in one place of their own).
SILENT = {"script", "style", "code", "textarea", "template"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
WORD = re.compile(r"[^\W\d_]{2,}")
# The short name of a zone stands behind a time; an address of mail or of the web is one in every language.
NOT_WORDS = re.compile(
    r"\d\d:\d\d\s[A-Z]{2,5}\b|\S+@\S+|https?://\S+|\bH[0-3]\b|\b[A-Z]{1,4}-\d{4}-[A-Z0-9]+\b|\b[A-Z]{2,4}-[A-Z0-9/-]*\d\b"
)
# Names that are the same in every language; the languages name themselves.
NAMES = {"CSV", "XLSX", "EUR", "Eurojust", "UTC", *(word for _code, name in LANGUAGES for word in WORD.findall(name))}
# A zone has one name everywhere.
ZONES = [zone.replace("_", " ") for zone in available_timezones() if "/" in zone]
CODE = re.compile(r"[a-z0-9_.:/-]+")


@dataclass
class Reader(HTMLParser):
    """Reads a page as people do, in order: title, texts, and the attributes that are read out."""

    pieces: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID and (self.silent or self._is_silent(tag, given)):
            self.silent.append(tag)
        if self.silent:
            return
        self.pieces += [given[name] for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.pieces.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)

    @staticmethod
    def _is_silent(tag: str, given: dict[str, str]) -> bool:
        language = given.get("lang", LANGUAGE).lower()
        return tag in SILENT or language != LANGUAGE or "kosovo-footnote" in given.get("class", "")


def outside(pieces: Iterable[str]) -> Iterator[str]:
    """What stands outside all brackets; a sentence may hold tags and other sentences."""
    depth, rest = 0, ""
    for piece in pieces:
        for letter in piece:
            depth += {OPEN: 1, CLOSE: -1}.get(letter, 0)
            if letter in OPEN + CLOSE:
                rest += "\n"
            elif depth == 0:
                rest += letter
        if depth == 0:
            yield from rest.split("\n\n") if rest else ()
            rest = ""
    if depth:
        yield "a bracket that does not close"


def values(data: Iterable[str]) -> list[str]:
    """The words of people among the data, the longest first; a code is no word of theirs."""
    known = {
        tidy(line) for value in [*data, *ZONES] if not CODE.fullmatch(value) for line in (value, *value.splitlines())
    }
    return sorted(filter(WORD.search, known), key=len, reverse=True)


def unmarked(html: str, known: Iterable[str]) -> list[str]:
    """The words of the product that are not marked, each piece by itself; what is in the data is no word of the product."""
    reader = Reader()
    reader.feed(html)
    return unmarked_in(reader.pieces, known)


def unmarked_in(pieces: Iterable[str], known: Iterable[str]) -> list[str]:
    said = {piece for piece in map(tidy, outside(pieces)) if has_words(piece)}
    return sorted(piece for piece in said if has_words(without(piece, known)))


def without(piece: str, known: Iterable[str]) -> str:
    """The piece with every whole value of the data taken out."""
    rest = NOT_WORDS.sub(" ", piece)
    for value in (value for value in known if value in piece):
        rest = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", rest)
    return rest


def has_words(text: str) -> bool:
    return bool(set(WORD.findall(text)) - NAMES)


def tidy(text: str) -> str:
    """One line, without the asterisk of the Kosovo* rule."""
    return " ".join(text.replace("*", "").split())
