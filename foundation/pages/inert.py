"""The main part of a page, to be read and not to be used: links lead nowhere, forms are none, controls are off, keys are gone."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

CONTROLS = frozenset({"button", "input", "select", "textarea"})
# What a browser would follow or send to, and what scripts look for.
_LEADING = frozenset({"href", "action", "formaction", "name", "id", "for"})
_LEADING_BY_BEGINNING = ("data-", "hx-")
Attributes = list[tuple[str, str | None]]
_EMPTY = frozenset({"br", "hr", "img", "input", "wbr", "col"})


class NoMainPart(Exception):
    """The page has no <main>: nothing can be shown of it."""


def main_of(page: str) -> str:
    """What stands in the page's <main>, made inert."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if not reader.kept:
        raise NoMainPart
    return "".join(reader.kept)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Keep it, without what would work."""
        self.inside = self.inside or tag == "main"
        if not self.inside or tag == "script":
            return
        if tag == "form":
            self.kept.append("<div>")
        elif tag in CONTROLS:
            if dict(attrs).get("type") != "hidden":
                self.kept.append(_tag(tag, [("disabled", None), *_quiet(attrs)]))
        else:
            self.kept.append(_tag(tag, _quiet(attrs) if tag == "a" else attrs))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """A tag that closes itself: the same, and its end where it needs one."""
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """A form was made a plain box."""
        if self.inside and tag != "script":
            self.kept.append(f"</{'div' if tag == 'form' else tag}>")
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        """Text stays as it is; a script is no text."""
        if self.inside and not self.cdata_elem:
            self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        """An escaped letter stays escaped."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """An escaped letter stays escaped."""
        self.handle_data(f"&#{name};")


def _quiet(attributes: Attributes) -> Attributes:
    return [(key, value) for key, value in attributes if not (key in _LEADING or key.startswith(_LEADING_BY_BEGINNING))]


def _tag(name: str, attributes: Attributes) -> str:
    """The tag written anew: what somebody typed into an attribute stays inside it."""
    written = [key if value is None else f'{key}="{escape(value)}"' for key, value in attributes]
    return f"<{' '.join([name, *written])}>"
