"""Every marked string of the product, and of the libraries whose pages it shows, without a tool outside Python."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation import template

from setup.sources import CHECKOUT

PACKAGES = ("cases", "contactgroup", "foundation", "jits", "meetings", "partners", "wbcj")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# Django keeps a source catalogue for itself and one for each of its apps. Of the sign-in library no word is shown: its pages are ours.
LIBRARIES = ("django",)


def ours() -> Catalog:
    """What our own Python and templates mark, in the order of the texts, so that moved code changes nothing."""
    catalog = Catalog(project="WBCJ Coordination", version="1", charset="utf-8", fuzzy=False)
    for path in _files():
        name = str(path.relative_to(CHECKOUT))
        for _line, message, comments, context in _marked(path):
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def libraries() -> Catalog:
    """What the pages of our libraries say: their own source catalogues."""
    catalog = Catalog(project="WBCJ Coordination", version="1", charset="utf-8", fuzzy=False)
    for library in LIBRARIES:
        for path in sorted(_home(library).rglob("locale/en/LC_MESSAGES/django.po")):
            with path.open("rb") as file:
                for message in read_po(file, ignore_obsolete=True):
                    if message.id:
                        catalog.add(message.id, context=message.context)
    return catalog


def _files() -> Iterator[Path]:
    for folder in (CHECKOUT / name for name in PACKAGES):
        yield from (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)
    yield from sorted(path for path in (CHECKOUT / "templates").rglob("*") if path.is_file())


def _marked(path: Path) -> Iterator[Any]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django's own translation of a template into calls; the rest of it becomes blanks, whose indentation means nothing.
        text = "\n".join(line.lstrip() for line in template.templatize(text, origin=str(path)).split("\n"))
    return extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators",))


def _home(library: str) -> Path:
    spec = find_spec(library)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
