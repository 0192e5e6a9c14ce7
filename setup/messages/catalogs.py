"""The catalogues of translators: `locale/<language>/LC_MESSAGES/django.po` with its compiled form, written the same on every machine.

No host, date, tool or line number stands in them: a catalogue changes when a text changes, and else never.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale

from wbcj.settings.languages import LANGUAGES

_TWO: Final = "nplurals=2; plural=(n != 1);"
_SLAVIC: Final = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
# How each language counts; our own table, for Montenegrin is in no other.
PLURALS: Final = {
    "sq": _TWO,
    "bs": _SLAVIC,
    "mk": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    "cnr": _SLAVIC,
    "sr": _SLAVIC,
    "sr-latn": _SLAVIC,
}
_CHURN: Final = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To)[^\n]*\n',
    re.MULTILINE,
)
# The compiled form wants a date in any case.
_NEVER: Final = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER: Final = "WBCJ Coordination. Licence: EUPL-1.2."


class NoSuchLanguage(Exception):
    """The product does not speak that language; the message names those that it does."""


def write_template(source: Catalog, folder: Path) -> None:
    """`django.pot`: every text, not translated."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "django.pot").write_bytes(text_of(source))


def wanted(folder: Path, named: Iterable[str]) -> list[str]:
    """The languages that have a catalogue, and the named ones."""
    strangers = sorted(set(named) - PLURALS.keys())
    if strangers:
        raise NoSuchLanguage(f"{', '.join(strangers)}: choose among {', '.join(PLURALS)}.")
    return [code for code, _name in LANGUAGES if code in PLURALS and (code in named or path_of(code, folder).exists())]


def update(source: Catalog, language: str, folder: Path) -> int:
    """Bring the catalogue of a language up to the source and compile it; how many texts are not translated.

    What was translated stays; a text that is no more goes; nothing is guessed from a similar one.
    """
    path = path_of(language, folder)
    catalog = Catalog(project="WBCJ Coordination", version="1", charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file)
    catalog.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Language", to_locale(language)),
        ("Plural-Forms", PLURALS[language]),
    ]
    catalog.update(copy.deepcopy(source), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = _NEVER
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text_of(catalog, language))
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    return sum(1 for message in catalog if message.id and not all(_strings(message.string)))


def text_of(catalog: Catalog, language: str = "") -> bytes:
    """The catalogue as a file, in the order of its texts."""
    catalog.header_comment = f"# {_HEADER}"
    out = io.BytesIO()
    write_po(out, catalog, width=120, include_lineno=False, sort_output=True)
    text = _CHURN.sub(b"", out.getvalue())
    if not language:
        return text
    headers = f'"Language: {to_locale(language)}\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n'.encode()
    text = re.sub(rb'^"(Language|Plural-Forms):[^\n]*\n(?:"[^\n"]*"\n)?(?=")', b"", text, flags=re.MULTILINE)
    return text.replace(b'"MIME-Version', headers + b'"MIME-Version', 1)


def path_of(language: str, folder: Path) -> Path:
    """Where the catalogue of a language stands."""
    return folder / to_locale(language) / "LC_MESSAGES" / "django.po"


def _strings(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string or ""),)
