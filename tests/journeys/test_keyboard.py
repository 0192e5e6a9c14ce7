"""With the keyboard alone: everything that can be used is reached in the order of the page, and one sees where one is."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"
# A group of radio buttons is one stop; what stands in a closed menu is none until it is opened.
STOPS = """() => {
  const usable = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const groups = new Set();
  return usable.filter((one) => {
    if (one.disabled || !one.checkVisibility() || one.closest("details:not([open]) > :not(summary)")) return false;
    if (one.type !== "radio") return true;
    const seen = groups.has(one.name); groups.add(one.name); return !seen;
  }).length;
}"""
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const name = one.outerHTML.slice(0, 120);
  return { name, ring, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 };
}"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["/", "/cases/", "/cases/new/", "/meetings/"])
def test_the_tabulator_reaches_everything_and_shows_where_it_is(site, chromium, path, width):
    with company(site, chromium, Album(f"keyboard-{width}", width=width)) as people:
        tirana = people[TIRANA]
        tirana.open(path, "by keyboard")
        wanted = tirana.page.evaluate(STOPS)

        stops = []
        for _press in range(wanted + 1):
            tirana.page.keyboard.press("Tab")
            stop = tirana.page.evaluate(HERE)
            if stop is None:
                break
            stops.append(stop)

        assert "skip-link" in stops[0]["name"]
        assert [stop["name"] for stop in stops if not stop["ring"]] == []
        assert [stop["name"] for stop in stops if not stop["inside"]] == []
        assert len(stops) == wanted


def test_the_first_link_leads_past_the_head(site, chromium):
    with company(site, chromium, Album("skip")) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/", "cases")

        for key in ("Tab", "Enter", "Tab"):
            tirana.page.keyboard.press(key)

        assert tirana.page.evaluate("document.activeElement.closest('main') !== null")
