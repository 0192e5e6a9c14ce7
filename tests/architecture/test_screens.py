"""docs/screens.md has a line for every screen, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.pages import screens

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "screens.md"
LINE = re.compile(r"^\| `(?P<name>\w+)` \|(?P<cells>.+)\|$", re.MULTILINE)
CELLS = 4
ROUTES = sorted({route.name for route in screens()})


def lines() -> dict[str, list[str]]:
    found = LINE.finditer(DOCUMENT.read_text(encoding="utf-8"))
    return {one["name"]: [cell.strip() for cell in one["cells"].split("|")] for one in found}


@pytest.mark.parametrize("name", ROUTES)
def test_every_screen_has_its_line(name):
    assert name in lines(), (
        f"add to docs/screens.md: | `{name}` | whose it is | its one question | its one main button, or none: why | "
        "what is above the fold at 360 px |"
    )


@pytest.mark.parametrize("name", sorted(lines()))
def test_every_line_is_about_a_screen_and_says_everything(name):
    assert name in ROUTES, f"docs/screens.md: take out the line of {name}; no page has that name"
    cells = lines()[name]
    assert len(cells) == CELLS, f"docs/screens.md: {name} needs whose, question, main button, above the fold"
    assert all(cells), f"docs/screens.md: {name} has an empty cell"
    assert cells[1].endswith("?"), f"docs/screens.md: the question of {name} is none"
