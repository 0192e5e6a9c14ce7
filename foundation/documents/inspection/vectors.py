"""SVG drawings: a browser runs what is in them."""

from __future__ import annotations

import re
from typing import BinaryIO

from foundation.documents.inspection import markup, reading
from foundation.documents.inspection.findings import Code, Collector

SCRIPT_ADDRESS = re.compile(r"\s*(javascript|vbscript|data:text/html|data:image/svg)", re.IGNORECASE)
# Within the drawing, or a picture carried along.
HARMLESS_ADDRESS = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp)[;,]|$)", re.IGNORECASE)
STYLE_ADDRESS = re.compile(r"@import|url\(\s*['\"]?\s*(?!#|data:image/(?:png|jpe?g|gif|webp))", re.IGNORECASE)
FOREIGN = frozenset({"foreignobject", "iframe", "embed", "object", "audio", "video", "html", "body"})
BLANKS = re.compile(r"[\x00-\x20]+")


def _fetches(element: str, key: str, value: str) -> bool:
    """Whether this attribute makes a browser load something, without anybody having clicked."""
    if key in {"href", "src"}:
        return element != "a" and not HARMLESS_ADDRESS.match(value)
    return "url(" in value.lower() and STYLE_ADDRESS.search(value) is not None


class _Drawing(markup.Reader):
    def __init__(self, found: Collector) -> None:
        super().__init__()
        self.found, self.in_style = found, False

    def element(self, name: str, attributes: markup.Attributes) -> None:
        lowered = name.lower()
        self.in_style = lowered == "style"
        if lowered in {"script", "handler", "listener"}:
            self.found.add(Code.SVG_SCRIPT, name)
        if lowered in FOREIGN:
            self.found.add(Code.SVG_FOREIGN, name)
        for (_space, key), value in attributes.items():
            self._attribute(lowered, key.lower(), value)

    def _attribute(self, element: str, key: str, value: str) -> None:
        if key.startswith("on"):
            self.found.add(Code.SVG_SCRIPT, key)
        elif SCRIPT_ADDRESS.match(BLANKS.sub("", value)):
            # Also where an animation writes an address into another element.
            self.found.add(Code.SVG_SCRIPT, key)
        elif _fetches(element, key, value):
            self.found.add(Code.SVG_EXTERNAL, element)

    def characters(self, content: str) -> None:
        """A style sheet may fetch, too."""
        if self.in_style and STYLE_ADDRESS.search(content):
            self.found.add(Code.SVG_EXTERNAL, "style")

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802
        """A style sheet from elsewhere."""
        if target.lower().startswith("xml-stylesheet"):
            self.found.add(Code.SVG_EXTERNAL, target)


def inspect(reader: BinaryIO, found: Collector) -> None:
    """Scripts, pages within the drawing, and what is fetched from elsewhere. Raises Damaged."""
    markup.read(reading.blocks(reader), _Drawing(found), found)
