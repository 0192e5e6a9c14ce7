"""Languages of a clause are in step, or stale until somebody confirms them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jits.agreement import binding, content, shipped
from jits.agreement.binding import Bound, UnableToConfirm

LANGUAGES = ("en", "sq", "mk")


@pytest.fixture
def clause() -> Bound:
    return binding.shipped("en", {"en": "e1", "sq": "s1", "mk": "m1"})


def test_the_shipped_model_is_in_step_in_all_languages(drawn_up):
    drawn = {code: drawn_up(language=code) for code in shipped.LANGUAGES}
    bound = {
        clause.id: binding.shipped(
            "en", {code: content.fingerprint(each.clause(clause.id)) for code, each in drawn.items()}
        )
        for clause in drawn["en"].clauses
    }

    assert binding.stale(bound) == {}
    assert binding.in_step(bound.values())


def test_a_change_in_one_language_makes_all_others_stale_until_they_are_confirmed(clause):
    changed = clause.changed("en", "e2")
    assert changed.stale() == ("sq", "mk")

    confirmed = changed.translated("sq", "s2").confirm("sq")
    assert confirmed.stale() == ("mk",)
    assert confirmed.confirm("mk").stale() == ()


def test_a_change_in_a_translation_makes_it_the_source_and_the_first_language_stale(clause):
    changed = clause.changed("mk", "m2")

    assert changed.source == "mk"
    assert changed.stale() == ("en", "sq")


def test_a_translation_is_not_in_step_because_somebody_wrote_it(clause):
    assert clause.changed("en", "e2").translated("sq", "s2").stale() == ("sq", "mk")


def test_a_confirmed_translation_that_is_written_anew_must_be_confirmed_again(clause):
    assert clause.translated("sq", "s2").stale() == ("sq",)
    assert clause.translated("sq", "s2").confirm("sq").stale() == ()


def test_a_change_that_is_taken_back_finds_its_translations_confirmed(clause):
    assert clause.changed("en", "e2").changed("en", "e1").stale() == ()


def test_an_equal_text_changes_nothing(clause):
    assert clause.changed("mk", "m1") is clause


def test_a_new_language_is_stale_until_it_is_confirmed(clause):
    added = clause.translated("sr", "x1")

    assert added.stale() == ("sr",)
    assert added.confirm("sr").stale() == ()


@pytest.mark.parametrize("language", ["en", "hu"])
def test_neither_the_source_nor_a_missing_language_is_confirmed(clause, language):
    with pytest.raises(UnableToConfirm):
        clause.confirm(language)


def test_clauses_are_told_with_the_languages_that_lag_behind(clause):
    assert binding.stale({"period": clause, "media": clause.changed("sq", "s2")}) == {"media": ("en", "mk")}


ACTS = st.tuples(
    st.sampled_from(["changed", "translated", "confirm"]), st.sampled_from(LANGUAGES), st.sampled_from("abc")
)


@settings(deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_a_language_is_in_step_only_if_it_was_confirmed_against_the_text_that_the_source_has_now(acts):
    bound = binding.shipped("en", dict.fromkeys(LANGUAGES, "a"))
    seen = {("en", "a", language, "a") for language in LANGUAGES}
    for act, language, text in acts:
        if act == "confirm":
            if language == bound.source:
                continue
            bound = bound.confirm(language)
            seen.add((bound.source, bound.texts[bound.source], language, bound.texts[language]))
        elif act == "changed" or language != bound.source:
            bound = getattr(bound, act)(language, text)

        behind = bound.stale()
        assert bound.source not in behind
        for each in LANGUAGES:
            pair = (bound.source, bound.texts[bound.source], each, bound.texts[each])
            assert each == bound.source or each in behind or pair in seen
