"""Lists narrowed, sorted, searched and taken along: wide with the keyboard alone, narrow, and without scripts."""

from __future__ import annotations

import re

import pytest

from tests.journeys.visitor import Album, Visitor, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"


def rows(visitor: Visitor) -> list[str]:
    return [row.inner_text() for row in visitor.page.locator("main table tbody tr").all()]


def titles(visitor: Visitor) -> list[str]:
    return visitor.page.locator("main table tbody tr :is(th, td) a").all_inner_texts()


def counted(visitor: Visitor) -> int:
    """What the page says of how many fit."""
    said = re.search(r"^(\d+) fits?$", visitor.page.locator("main").inner_text(), re.MULTILINE)
    assert said is not None
    return int(said.group(1))


def chosen(visitor: Visitor) -> list[str]:
    return visitor.page.locator(".chosen li a").all_inner_texts()


def press_key(visitor: Visitor, key: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)


def test_a_list_is_narrowed_and_sorted_by_the_keyboard_alone(site, chromium):
    with company(site, chromium, Album("lists-1280")) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/", "cases")
        keyboard = tirana.page.keyboard
        everything = titles(tirana)
        tirana.page.get_by_label("Words in title or reference").focus()
        keyboard.type("kokain")
        press_key(tirana, "Enter")
        tirana.look("nothing fits")
        tirana.reads("Nothing here fits")

        tirana.page.get_by_label("Words in title or reference").focus()
        keyboard.press("Control+a")
        keyboard.press("Delete")
        keyboard.press("Tab")
        keyboard.press("ArrowDown")
        assert tirana.page.evaluate("document.activeElement.name") == "sort"
        tirana.page.locator("summary", has_text="More filters").focus()
        keyboard.press("Enter")
        keyboard.press("Tab")
        assert tirana.page.evaluate("document.activeElement.name") == "status"
        keyboard.press("Space")
        press_key(tirana, "Enter")
        tirana.look("narrowed and sorted")
        assert "sort=opened" in tirana.page.url
        assert len(rows(tirana)) == counted(tirana) < len(everything)
        assert len(chosen(tirana)) == 1

        tirana.page.locator(".chosen li a").focus()
        press_key(tirana, "Enter")
        tirana.look("the filter is removed")
        assert sorted(titles(tirana)) == sorted(everything)

        tirana.open("/cases/?sort=due", "by due date")
        tirana.reads("In this order stand the cases on which you have an unfinished task.")


@pytest.mark.parametrize("scripts", [True, False], ids=["telephone", "plain"])
def test_on_a_telephone_one_searches_narrows_and_takes_along(site, chromium, scripts):
    with company(site, chromium, Album(f"lists-360-{scripts}", width=360, scripts=scripts)) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/", "cases")
        tirana.page.locator("summary", has_text="More filters").click()
        tirana.choose(urgency="High")
        tirana.go("Show", "high urgency")
        assert all("High" in row for row in rows(tirana))
        assert len(rows(tirana)) == counted(tirana) > 0
        with tirana.page.expect_download() as file:
            tirana.page.get_by_role("link", name="CSV").click()
        lines = file.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert [title for title in titles(tirana) if not any(f'"{title}"' in line for line in lines)] == []

        box = tirana.page.locator("header [role=search], [role=search]").first
        box.locator("input[type=search]").fill("кокаин fruit")
        with tirana.page.expect_navigation():
            box.locator("[type=submit]").click()
        tirana.look("found in another script")
        tirana.reads("Nothing found")
        tirana.page.locator("main [name=text]").fill("cocaine")
        tirana.go("Search", "found")
        assert any(title.startswith("Cocaine in fruit containers") for title in titles(tirana))
        assert len(rows(tirana)) == counted(tirana)
        with tirana.page.expect_download() as file:
            tirana.page.get_by_role("link", name="XLSX").click()
        assert file.value.suggested_filename.startswith("search-2")

        tirana.open("/nominations/?own=on", "own nominations")
        assert len(rows(tirana)) == counted(tirana)
        tirana.open("/meetings/?when=coming", "meetings to come")
