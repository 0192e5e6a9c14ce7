"""The main part of a page, to be read and not to be used: links lead nowhere, forms are none, controls are off, keys are gone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

CONTROLS = frozenset({"button", "input", "select", "textarea"})
# Addresses that a browser would follow or send to.
_LEADING = re.compile(r"""\s(?:href|action|formaction|name|id|for|data-[\w-]+|hx-[\w-]+)=(?:"[^"]*"|'[^']*'|[^\s>]+)""")


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it as it was written, without what would work."""
        self.inside = self.inside or tag == "main"
        if not self.inside or tag == "script":
            return
        written = self.get_starttag_text() or ""
        if tag == "form":
            self.kept.append("<div>")
        elif tag == "a":
            self.kept.append(_LEADING.sub("", written))
        elif tag in CONTROLS:
            if dict(attrs).get("type") != "hidden":
                self.kept.append(f"<{tag} disabled{_LEADING.sub('', written)[len(tag) + 1 :]}")
        else:
            self.kept.append(written)

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
