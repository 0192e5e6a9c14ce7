"""Documents are handed on: out of the product as an archive, into another case as a copy; and partner systems are looked after."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest

from tests.journeys.test_documents import describe, draft, send, until
from tests.journeys.visitor import Album, Visitor, company

pytestmark = pytest.mark.journey

ALBUMS = [("handing-on-1280", 1280, True), ("handing-on-360", 360, True), ("handing-on-no-script", 360, False)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short one."""
    path = tmp_path_factory.mktemp("films") / "Film e kamerës.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + random.Random(8).randbytes(100_000))
    return path


def wait_for(visitor: Visitor, gone: str) -> None:
    """Press the button of a page without scripts, until what goes on in the background is over."""
    for _again in range(60):
        if gone not in visitor.page.locator("main").inner_text():
            return
        visitor.page.wait_for_timeout(500)
        if not visitor.album.scripts:
            visitor.press(gone)


@pytest.mark.parametrize(("album", "width", "scripts"), ALBUMS, ids=[name for name, _width, _scripts in ALBUMS])
def test_a_document_goes_into_an_archive_and_into_another_case(site, chromium, film, tmp_path, album, width, scripts):
    with company(site, chromium, Album(album, width=width, scripts=scripts)) as people:
        draft(people, f"Second case of {album}")
        tirana = draft(people, f"First case of {album}")
        describe(tirana, film, "Film of the crossing")
        if scripts:
            send(tirana)
            until(tirana, "Open the document")
        else:
            tirana.press("File the document")
            wait_for(tirana, "Look again")
        tirana.go("Open the document", "the document")

        tirana.go("File a copy in another case", "in which case")
        tirana.page.locator("main").get_by_role("link", name=f"Second case of {album}").click()
        tirana.page.wait_for_load_state()
        tirana.look("what it is there")
        tirana.fill(why="For the hearing in May")
        tirana.press("File the copy")
        tirana.look("on its way")
        wait_for(tirana, "Look again")
        tirana.look("filed")
        tirana.go("Open the copy", "the copy")
        tirana.reads("Film of the crossing", "Origin")
        tirana.page.locator("nav").get_by_role("link", name=re.compile("^C-20")).first.click()
        tirana.page.wait_for_load_state()
        tirana.go("All documents", "documents of the case")
        tirana.go("Export", "what to export")
        tirana.press("Export")
        tirana.complaints.clear()
        tirana.look("no purpose was given")
        tirana.fill(why="For the court of Tirana")
        with tirana.page.expect_download() as sent:
            tirana.page.get_by_role("button", name="Export").click()
        archive = tmp_path / "export.zip"
        sent.value.save_as(archive)
        with zipfile.ZipFile(archive) as opened:
            names = opened.namelist()
            assert opened.testzip() is None
        assert any(name.endswith(".mp4") for name in names)
        assert any("SHA256SUMS" in name for name in names)
        tirana.open("/documents/copies/", "my copies")
