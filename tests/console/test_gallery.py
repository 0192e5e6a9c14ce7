"""The gallery is whole: every component, every attribute and value that is declared, every text that tries a layout out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.cache import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from wbcj.console import gallery
from wbcj.console.specimens import GALLERY, WORDS

COTTON = Path(settings.BASE_DIR) / "templates" / "cotton"
COMPONENTS = sorted(path.stem for path in COTTON.glob("*.html"))
SHOWN = {component.name: component for component in GALLERY}
# Components whose words are their own or stand in another component that is shown with every text.
WORDLESS = {
    "cell": "in <c-table>",
    "deadline": "its words are dates",
    "fact": "in <c-facts>",
    "field": "its words are Django's",
    "filter": "its words are those of the field",
    "form": "in <c-field>",
    "form_errors": "in <c-field>",
    "handling_code": "four fixed meanings",
    "pagination": "its words are its own",
    "timeline_item": "in <c-timeline>",
    "transition_button": "as <c-button>",
}
# Blocks of the stylesheet that belong to a component, where the names differ.
BLOCKS = {"button": "button", "status_pill": "pill", "handling_code": "badge", "urgency": "urgency", "notice": "notice",
          "panel": "panel", "form": "form", "field": "field", "deadline": "deadline", "table": "table"}  # fmt: skip


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_is_in_the_gallery(component):
    assert component in SHOWN, f"add Component({component!r}, ...) to wbcj/console/specimens.py"


def test_nothing_is_shown_that_is_no_component():
    assert set(SHOWN) <= set(COMPONENTS)


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_with_words_is_shown_with_every_text(component):
    assert bool(SHOWN[component].worded) != (component in WORDLESS)


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_attribute_that_a_component_takes_is_tried_out(component):
    """Attributes are those that the component gives a value of its own when they are left out."""
    declared = re.search(r"<c-vars ([^>]*)/>", (COTTON / f"{component}.html").read_text())
    names = re.findall(r":?([a-z_]+)=", declared.group(1)) if declared else []
    everything = " ".join(s.markup for c in GALLERY for s in c.specimens() if f"<{SHOWN[component].tag}" in s.markup)
    tried = set(re.findall(r"[\s:]([a-z_]+)(?==|[\s/>])", everything)) | set(
        re.findall(r'c-slot name="(\w+)"', everything)
    )

    assert [name for name in names if name not in tried] == []


@pytest.mark.parametrize(("component", "block"), BLOCKS.items(), ids=BLOCKS)
def test_every_variant_that_the_stylesheet_knows_is_shown(component, block, rf):
    css = (Path(settings.BASE_DIR) / "static" / "wbcj" / "components.css").read_text()
    variants = {f"{block}--{name}" for name in re.findall(rf"\.{block}--([a-z0-9]+)", css)}
    page = _page(rf)

    missing = sorted(one for one in variants if not re.search(rf'class="[^"]*\b{one}[ "]', page))
    assert missing == [], f"show them in wbcj/console/specimens.py: {component}"


def test_every_text_stands_in_the_page_and_no_id_twice(rf):
    page = _page(rf)

    assert [name for name, words in WORDS.items() if words not in page] == []
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(one for one in set(ids) if ids.count(one) > 1) == []


def test_no_stale_exceptions():
    assert set(WORDLESS) <= set(COMPONENTS)
    assert set(BLOCKS) <= set(COMPONENTS)


def _page(rf: RequestFactory) -> str:
    request = rf.get("/")
    request.session = SessionStore()
    return " ".join(str(one.html) for room in gallery.rooms(request, now=timezone.now()) for one in room.shown)
