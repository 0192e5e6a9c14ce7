"""A page on paper: what was read, with its handling code and reference, and nothing that was to be pressed."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

PRESSED = ".act, .navigation, .header, .breadcrumb, .button, .skip-link, .footer__row, .footer__id, .demo-band"


@pytest.mark.parametrize(
    ("entry", "link", "reference"),
    [
        ("/cases/", "Cocaine in fruit containers", "C-2026-"),
        ("/nominations/", "Common wallets of three partners", "N-2026-"),
        ("/meetings/", "Contact Group, 21st meeting", "M-2026-"),
    ],
    ids=["case", "nomination", "meeting"],
)
def test_a_page_prints_as_a_clean_document(entry, link, reference, site, chromium):
    with company(site, chromium, Album(f"paper-{reference[0].lower()}")) as people:
        page = people["arben.kodra@al.wbcj.example"].page
        page.goto(site.address + entry)
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()
        page.emulate_media(media="print")

        text = page.locator("body").inner_text()
        assert text.lstrip().startswith(reference)
        assert link.partition(",")[0] in text
        assert [one.inner_text() for one in page.locator(PRESSED).all() if one.is_visible()] == []
        codes = page.locator(".page-header .badge")
        assert all(len(code.inner_text().split()) > 3 for code in codes.all())
        assert codes.count() or reference == "M-2026-"
        starred = "Kosovo*" in page.locator("main").inner_text()
        assert page.locator(".kosovo-footnote").is_visible() == starred
        paper = page.pdf(format="A4", prefer_css_page_size=True, path=people.album.folder / f"{reference}.pdf")
        assert paper.startswith(b"%PDF")
