"""Pages of one build are judged once, and nothing that a rule could find is taken for the same build."""

import pytest

from tests.journeys.rules import Rules

PAGE = (
    '<!doctype html><html lang="en"><head><title>{title}</title></head><body><main><h1>{title}</h1>'
    '<label for="id_{key}">{label}</label><input id="id_{key}" aria-label="{spoken}"><ul>{rows}</ul></main></body></html>'
)
GOOD = {"title": "Case", "key": "1", "label": "Name", "spoken": "Name", "rows": "<li>one</li>"}


@pytest.fixture
def page(chromium):
    window = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield window.new_page()
    window.close()


@pytest.fixture
def rules(page):
    rules = Rules()
    page.set_content(PAGE.format(**GOOD))
    assert rules.broken(page) == []
    return rules


@pytest.mark.parametrize(
    "other",
    [{"title": "Nomination", "label": "Reason"}, {"key": "27"}, {"rows": "<li>one</li><li>two</li><li>three</li>"}],
    ids=["words", "keys", "rows"],
)
def test_other_words_keys_and_more_rows_are_the_same_build(page, rules, other):
    page.set_content(PAGE.format(**(GOOD | other)))

    assert rules.broken(page) == []
    assert rules.asked == 1


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"label": "", "spoken": ""}, "label"),
        ({"title": ""}, "document-title"),
        ({"rows": "<p>one</p>"}, "list"),
        ({"rows": "<li>one</li><li style='color:#eee;background:#fff'>two</li>"}, "color-contrast"),
    ],
    ids=["no name", "no title", "no list", "no contrast"],
)
def test_what_a_rule_finds_is_another_build(page, rules, other, rule):
    page.set_content(PAGE.format(**(GOOD | other)))

    assert any(line.startswith(rule) for line in rules.broken(page))
    assert rules.asked == 2


def test_another_width_is_judged_anew(page, rules):
    page.set_viewport_size({"width": 360, "height": 800})

    assert rules.broken(page) == []
    assert rules.asked == 2
