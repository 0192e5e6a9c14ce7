"""HTML becomes PDF/UA or PDF/A. Typefaces and stylesheet are read once; then any number of papers is printed with them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from foundation.documents.rendering import table
from foundation.documents.rendering.cleaning import breakable, cleaned
from foundation.documents.rendering.fetcher import Fetcher

_BLANK: Final = (
    "<!DOCTYPE html><html lang=en><title>.</title><table><tr><th>a<td>b</table><img src=paper:mark.svg alt=''>"
)

# What the library says of a paper could carry its words.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A printed paper, and how many addresses in it were refused."""

    pdf: bytes
    pages: int
    refused: int


class Printer:
    """Prints with one asset table."""

    def __init__(self, font_folder: Path) -> None:
        """Read the asset table. Raises NoLetters."""
        self._assets = table.assets(font_folder)
        self._fonts = FontConfiguration()
        self._sheet = CSS(url=table.SHEET, url_fetcher=Fetcher(self._assets), font_config=self._fonts)

    def warm(self) -> None:
        """Print a blank paper, so that whatever is loaded on first use has been loaded."""
        self.printed(_BLANK)

    def printed(self, html: str, variant: str = table.READABLE) -> Printed:
        """Print one paper: tagged, with its language and its title."""
        fetcher = Fetcher(self._assets)
        source = HTML(string=cleaned(html), base_url=table.SCHEME, url_fetcher=fetcher)
        for element in source.etree_element.iter():
            element.text, element.tail = breakable(element.text or ""), breakable(element.tail or "")
        document = source.render(font_config=self._fonts, stylesheets=[self._sheet], pdf_variant=variant)
        pdf = document.write_pdf(pdf_variant=variant)
        return Printed(pdf=pdf, pages=len(document.pages), refused=fetcher.refused)
