"""One press and a few printed papers for all tests of this folder, since laying out a page takes time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.test import Client
from pypdf import PdfReader

from foundation.audit.models import Event
from foundation.documents.printing import working
from foundation.documents.rendering.press import Press, PressFailed, Printed
from tests.bed.sides import as_owner
from tests.cases.cast import CaseWorld
from tests.cases.sending import Browser
from tests.people import Person

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


@pytest.fixture(scope="session")
def printed_blank(press: Press) -> bytes:
    """A paper that was laid out, for tests that are about something else."""
    return press.printed(page("<p>blank</p>"), seconds=60).pdf


@pytest.fixture
def world(db: None) -> CaseWorld:
    """People and cases."""
    return CaseWorld()


@pytest.fixture
def browser(db: None) -> Browser:
    """A signed-in browser of somebody."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in


@pytest.fixture
def audit_verbs(db: None) -> Callable[[UUID], list[str]]:
    """What the record says of a root, read as its owner."""

    def verbs(root_id: UUID) -> list[str]:
        with as_owner():
            return list(Event.objects.filter(root=root_id).values_list("verb", flat=True))

    return verbs


@pytest.fixture(autouse=True)
def shelf(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of the test's own for what is kept."""
    folder = tmp_path / "documents"
    options = {"location": str(folder)}
    documents = {"BACKEND": "foundation.documents.storage.DurableFiles", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    return folder


@pytest.fixture
def quick_press(monkeypatch, printed_blank):
    """The seal, the vault and the walls are real; laying out is replaced by one paper that was laid out before."""
    state: dict[str, Any] = {"papers": [], "fails": ""}

    class Quick:
        def printed(self, html, *, seconds):
            if state["fails"]:
                raise PressFailed(state["fails"])
            state["papers"].append(html)
            return Printed(pdf=printed_blank, pages=1, refused=0)

    monkeypatch.setattr(working, "_press", Quick())
    return state
