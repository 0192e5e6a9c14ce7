"""One press and a few printed papers for all tests of this folder, since laying out a page takes time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from foundation.documents.rendering.press import Press, Printed

FONTS = Path(__file__).resolve().parents[2] / "var" / "fonts"


def page(body: str, *, language: str = "en", title: str = "A paper", classes: str = "") -> str:
    return f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title></head><body class="{classes}">{body}</body></html>'


def text_of(pdf: bytes) -> str:
    """The text as a reader copies it. Where a paper holds a sign without a shape, this reader puts zeros between the letters."""
    return "\n".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages).replace("\0", "")


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    press = Press(FONTS)
    yield press
    press.close()


@pytest.fixture(scope="session")
def printed(press: Press) -> Callable[[str], Printed]:
    """Print HTML; the same HTML is printed once."""
    known: dict[str, Printed] = {}

    def print_once(html: str) -> Printed:
        if html not in known:
            known[html] = press.printed(html, seconds=60)
        return known[html]

    return print_once
