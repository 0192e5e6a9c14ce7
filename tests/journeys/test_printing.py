"""A prosecutor prints a case sheet, waits, takes it along, and a stranger has it verified."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.visitor import Album, Visitor, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"
WAITS = 40_000


def wait_for_the_paper(visitor: Visitor) -> None:
    """With scripts the page changes by itself; without, one looks again."""
    ready = visitor.page.get_by_role("link", name="Download the PDF")
    if visitor.album.scripts:
        ready.wait_for(timeout=WAITS)
        return
    for _look in range(WAITS // 500):
        if ready.count():
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.goto(visitor.page.url)
    raise TimeoutError


def take_along(visitor: Visitor, folder: Path) -> Path:
    with visitor.page.expect_download() as began:
        visitor.page.get_by_role("link", name="Download the PDF").click()
    path = folder / began.value.suggested_filename
    began.value.save_as(path)
    return path


def verified(visitor: Visitor, path: Path) -> str:
    visitor.page.goto(f"{visitor.site.address}/verify/")
    visitor.page.locator("main input[type=file]").set_input_files(path)
    visitor.press("Verify")
    return visitor.page.locator("#answer").inner_text()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "telephone without scripts"])
def test_a_case_sheet_is_printed_taken_along_and_verified_by_a_stranger(site, chromium, tmp_path, width, scripts):
    with company(site, chromium, Album(f"printing-{width}", width=width, scripts=scripts)) as people:
        visitor = people[TIRANA]
        visitor.open("/cases/", "cases")
        visitor.page.locator("main table a").first.click()
        visitor.go("Print", "choose the language")
        visitor.choose(language="srpski (latinica)" if width == 360 else "македонски")
        visitor.press("Print")
        wait_for_the_paper(visitor)
        visitor.look("ready")
        path = take_along(visitor, tmp_path)
        code = path.name.removesuffix(".pdf").split()[-1]
        changed = tmp_path / "changed.pdf"
        changed.write_bytes(path.read_bytes() + b"\n")

        assert code in PdfReader(path).pages[0].extract_text()
        stranger = chromium.new_context(java_script_enabled=scripts)
        try:
            other = Visitor(site, visitor.album, stranger.new_page(), "stranger")
            original = verified(other, path)
            assert "This is the sealed original" in original
            assert code in original
            assert "Changed after it was sealed" in verified(other, changed)
            expect(other.page.locator("main")).not_to_contain_text("Laundering")
            assert other.complaints == []
        finally:
            stranger.close()
