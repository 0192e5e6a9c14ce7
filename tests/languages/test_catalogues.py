"""The marked strings: all of them found, placeholders untouched, catalogues the same on every machine."""

from __future__ import annotations

import gettext
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setup.messages import catalogs, extraction, pseudo
from tests.languages import reading
from wbcj.settings.languages import LANGUAGES

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^<>]+>|\{\w*\}|&\w+;")


@pytest.fixture(scope="module")
def source():
    return extraction.ours()


def test_strings_of_python_templates_and_components_are_found(source):
    assert source.get("Close case") is not None or source.get("Close the case") is not None
    assert source.get("Skip to the content") is not None, "a template"
    assert source.get(("in %(count)d day", "in %(count)d days")) is not None, "a plural"
    assert source.get("tomorrow", context="deadline") is not None, "a context"
    assert source.get("What will happen") is not None, "an attribute of a component"


def test_every_placeholder_of_every_string_stays_as_it_is(source):
    for message in (m for catalog in (source, extraction.libraries()) for m in catalog if m.id):
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            assert sorted(PLACEHOLDER.findall(pseudo.pseudo(text))) == sorted(PLACEHOLDER.findall(text))


def test_every_string_comes_back_and_is_longer(source):
    texts = [m.id if isinstance(m.id, str) else m.id[0] for m in source if m.id]
    assert [text for text in texts if pseudo.plain(pseudo.pseudo(text)) != text] == []
    assert sum(len(pseudo.pseudo(text)) for text in texts) >= 1.35 * sum(map(len, texts))


@given(st.text())
def test_no_text_is_lost_in_the_brackets(text):
    assert (pseudo.pseudo(text) == text) == (not text.strip())


def test_a_bare_word_is_named_and_data_and_translated_words_are_not():
    page = (
        '<html lang="en-xa"><title>⟦Ñēēŵ⟧</title><p>⟦Ōōpēēñ <b>Ann Bo</b> ñōōŵ⟧ Bare words</p><p>Ann Bo, 3 <b>⟦Māāȳȳ⟧</b> 2026, '
        '14:05 CEST</p><input placeholder="Also bare"><script>not read</script><button lang="sq">shqip</button></html>'
    )
    assert reading.unmarked(page, reading.values({"Ann Bo", "open"})) == ["Also bare", "Bare words"]


def test_a_bracket_that_does_not_close_is_told():
    assert reading.unmarked("<p>⟦Ōōpēēñ", []) == ["a bracket that does not close"]


@pytest.mark.parametrize("language", sorted(catalogs.PLURALS))
def test_a_catalogue_keeps_what_was_translated_and_is_written_the_same_twice(language, source, tmp_path):
    path = catalogs.path_of(language, tmp_path)
    catalogs.update(source, language, tmp_path)
    path.write_text(path.read_text().replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "SAVED"'))

    missing = catalogs.update(source, language, tmp_path)
    first = (path.read_bytes(), path.with_suffix(".mo").read_bytes())
    catalogs.update(source, language, tmp_path)

    assert missing == len(source) - 1
    assert (path.read_bytes(), path.with_suffix(".mo").read_bytes()) == first
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Save") == "SAVED"
    assert str(tmp_path) not in path.read_text()


def test_every_language_but_english_has_a_way_to_count():
    assert catalogs.PLURALS.keys() == {code for code, _name in LANGUAGES} - {"en"}


def test_a_language_that_the_product_does_not_speak_is_refused(tmp_path):
    with pytest.raises(catalogs.NoSuchLanguage, match="xx"):
        catalogs.wanted(tmp_path, ["xx"])
