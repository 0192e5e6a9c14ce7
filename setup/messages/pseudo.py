"""The pseudo-locale: English that shows that it was translated, and takes the room that other languages take.

Every text is in brackets, every letter that can carry one has an accent, every vowel stands twice. What a program puts
in or a browser reads (placeholders, tags, entities) stays as it is. No real language is called en-XA.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

OPEN, CLOSE = "⟦", "⟧"
# No letter of ours is one of a language of the region, so that a name never looks translated.
_ACCENTED: Final = str.maketrans("aeiouyAEIOUYnrswNRSW", "āēīōūȳĀĒĪŌŪȲñŕşŵÑŔŞŴ")
_PLAIN: Final = {accented: plain for plain, accented in _ACCENTED.items()}
_LONG: Final = re.compile("([āēīōūȳĀĒĪŌŪȲ])")
_TWICE: Final = re.compile(r"([āēīōūȳĀĒĪŌŪȲ])\1")
_KEPT: Final = re.compile(
    r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%%[sd]?|%[sdrfi]|\{[^{}]*\}|<[^<>]+>|&\w+;|&#\d+;|https?://\S+", re.ASCII
)
_EDGES: Final = re.compile(r"\A(\s*)(.*?)(\s*)\Z", re.DOTALL)


def pseudo(text: str) -> str:
    """The text in the pseudo-locale."""
    match = _EDGES.match(text)
    assert match is not None
    before, inside, after = match.groups()
    return f"{before}{OPEN}{_written(inside)}{CLOSE}{after}" if inside else text


def plain(text: str) -> str:
    """The text as it was in English; a text that never was in the pseudo-locale stays as it is."""
    return _TWICE.sub(r"\1", text).translate(_PLAIN).replace(OPEN, "").replace(CLOSE, "")


def translated(*catalogs: Catalog) -> Catalog:
    """Everything in these catalogues, translated."""
    result = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for catalog in catalogs:
        for message in catalog:
            if message.id:
                result.add(message.id, _translation(message), context=message.context)
    return result


def write(catalog: Catalog, folder: Path) -> None:
    """Write it where Django looks for the compiled catalogue of a language; whole or not at all."""
    target = folder / "en_XA" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(target)


def _translation(message: Message) -> str | tuple[str, ...]:
    return tuple(map(pseudo, message.id)) if isinstance(message.id, (tuple, list)) else pseudo(message.id)


def _written(text: str) -> str:
    pieces, done = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [_accented(text[done : kept.start()]), kept[0]]
        done = kept.end()
    return "".join([*pieces, _accented(text[done:])])


def _accented(text: str) -> str:
    return _LONG.sub(r"\1\1", text.translate(_ACCENTED))
