"""The Kosovo* rule: every naming is starred, the footnote stands once, and nothing else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.components import kosovo

LANGUAGES = ("en", "sq", "bs", "mk", "cnr", "sr", "sr-latn")
NAMINGS: tuple[str, ...] = (
    "Kosovo",
    "KOSOVO",
    "Kosova",
    "Kosovu",
    "Kosovom",
    "Kosovë",
    "Kosovës",
    "Kosovën",
    "Kosoves",
    "Kosove\u0308s",
)
NAMINGS += ("Косово", "Косова", "Косову", "Косовом", "КОСОВО")
OTHER_WORDS = (
    "Kosovar",
    "Kosovare",
    "kosovski",
    "kosovska",
    "косовски",
    "Косовска",
    "Kosovan",
    "kosovo_partner",
    "Skosovo",
)

words = st.sampled_from(NAMINGS + OTHER_WORDS) | st.text(alphabet="aëшKosv*<>&\"'/@. \n", max_size=8)
texts = st.lists(words, max_size=8).map(" ".join)


@pytest.mark.parametrize("naming", NAMINGS)
def test_every_naming_is_starred_in_the_middle_of_a_sentence(naming: str) -> None:
    assert kosovo.mark_text(f"Albania, {naming}, Serbia") == f"Albania, {naming}*, Serbia"


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_adjectives_and_identifiers_are_left_alone(word: str) -> None:
    assert kosovo.mark_text(f"a {word} b") == f"a {word} b"
    assert not kosovo.names_kosovo(word)


@pytest.mark.parametrize(
    "address",
    [
        "https://kosovo.example/Kosovo/",
        "www.kosovo.example",
        "desk@kosovo.example",
        "/partners/kosovo/",
        "kosovo.example",
    ],
)
def test_an_address_is_not_a_naming(address: str) -> None:
    assert kosovo.mark_text(f"see {address} now") == f"see {address} now"


def test_a_naming_beside_a_slash_a_hyphen_or_an_apostrophe_is_starred() -> None:
    assert kosovo.mark_text("Serbia/Kosovo, FIU-Kosovo, Kosovo's.") == "Serbia/Kosovo*, FIU-Kosovo*, Kosovo*'s."


@given(texts)
def test_marking_twice_changes_nothing_more(text: str) -> None:
    assert kosovo.mark_text(kosovo.mark_text(text)) == kosovo.mark_text(text)


@given(texts)
def test_marking_adds_stars_and_nothing_else(text: str) -> None:
    assert kosovo.mark_text(text).replace("*", "") == text.replace("*", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_footnote_with_both_sources(language: str) -> None:
    note = kosovo.footnote(language)

    assert "1244/1999" in note
    assert note.startswith("* ")
    assert language == "en" or note != kosovo.footnote("en")


def test_an_unknown_language_gets_the_english_footnote() -> None:
    assert kosovo.footnote("de") == kosovo.footnote("en")
    assert kosovo.footnote("sr-cyrl") == kosovo.footnote("sr")


PAGE = f"<html><head><title>%s</title></head><body><p>%s</p><footer>{kosovo.SLOT}</footer></body></html>"


def test_a_page_that_names_kosovo_gets_stars_and_one_footnote_in_its_language() -> None:
    page = kosovo.mark_html(PAGE % ("Kosova", "Kosovo and Kosovo*"), "sq")

    assert "<title>Kosova*</title>" in page
    assert "<p>Kosovo* and Kosovo*</p>" in page
    assert page.count(kosovo.footnote("sq")) == 1
    assert kosovo.SLOT not in page


def test_a_page_that_names_it_nowhere_loses_the_slot_and_nothing_else() -> None:
    page = PAGE % ("Cases", "Kosovar partners; desk@kosovo.example")

    assert kosovo.mark_html(page, "en") == page.replace(kosovo.SLOT, "")


def test_a_name_already_starred_by_its_author_still_brings_the_footnote() -> None:
    assert kosovo.footnote("en") in kosovo.mark_html(PAGE % ("x", "Kosovo*"), "en")


def test_a_whole_page_without_a_slot_gets_the_footnote_at_its_end() -> None:
    assert kosovo.mark_html("<body><p>Kosovo</p></body>", "en").endswith(f"{kosovo.footnote('en')}</p></body>")


def test_a_fragment_gets_stars_but_no_footnote() -> None:
    assert kosovo.mark_html("<li>Kosovo</li>", "en") == "<li>Kosovo*</li>"


@pytest.mark.parametrize(
    "attribute", ["aria-label", "title", "alt", "placeholder", "label", "data-label", "aria-description", "ARIA-LABEL"]
)
def test_attributes_that_people_read_are_marked(attribute: str) -> None:
    assert (
        kosovo.mark_html(f'<a href="/kosovo/" {attribute}="To Kosovo">', "en")
        == f'<a href="/kosovo/" {attribute}="To Kosovo*">'
    )


@pytest.mark.parametrize(
    "markup",
    [
        '<input value="Kosovo">',
        "<input name=x value='Kosovo'>",
        "<textarea>\nKosovo <b>Kosovo</b></textarea>",
        "<TEXTAREA>Kosovo</TEXTAREA>",
        '<script nonce="x">const a = "<p>Kosovo</p>";</script>',
        "<style>/* Kosovo */</style>",
        "<!-- Kosovo <p>Kosovo</p> -->",
        '<a href="https://x.example/Kosovo">link</a>',
        '<option value="Kosovo">other</option>',
        '<div data-title="Kosovo"></div>',
        '<input type="hidden" name="title" value="title=&quot;Kosovo&quot;">',
        "<textarea>Kosovo",
    ],
)
def test_code_typed_text_and_addresses_are_never_touched(markup: str) -> None:
    assert kosovo.mark_html(markup, "en") == markup
    assert kosovo.footnote("en") not in kosovo.mark_html(f"<body>{markup}</body>", "en")


def test_option_text_and_the_placeholder_of_a_textarea_are_marked() -> None:
    markup = '<option value="xk">Kosovo</option><textarea placeholder="Kosovo">Kosovo</textarea>'

    assert kosovo.mark_html(markup, "en") == (
        '<option value="xk">Kosovo*</option><textarea placeholder="Kosovo*">Kosovo</textarea>'
    )


def escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )


@given(texts.map(escaped), texts.map(escaped), texts.map(escaped))
def test_a_page_is_changed_by_stars_and_footnote_only(shown: str, typed: str, label: str) -> None:
    page = (
        f'<body><p title="{label}">{shown}</p><textarea>{typed}</textarea><input value="{typed}">{kosovo.SLOT}</body>'
    )

    marked = kosovo.mark_html(page, "en")

    assert f'<textarea>{typed}</textarea><input value="{typed}">' in marked
    without_note = re.sub(r'<p id="kosovo-footnote".*?</p>', "", marked)
    assert without_note.replace("*", "") == page.replace(kosovo.SLOT, "").replace("*", "")
    assert kosovo.mark_html(marked, "en") == marked
    assert (kosovo.footnote("en") in marked) == (kosovo.names_kosovo(shown) or kosovo.names_kosovo(label))
