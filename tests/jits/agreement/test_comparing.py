"""Differences: whole words, both sides can be put together again, and clauses are told apart by their ids."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jits.agreement import comparing
from jits.agreement.comparing import INSERTED, KEPT, REMOVED, compare, differences
from jits.agreement.content import Clause, Document
from tests.jits.agreement.giving import UNION

WORDS = st.sampled_from(
    ["the", "team", "Parties", ",", ".", " ", "  ", "\n", "члан", "се", "ѝ", "Ekipi", "e\u0308", "12", "t’i", "-"]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map("".join), st.text(max_size=30))


def side(spans, kind):
    return "".join(span.text for span in spans if span.kind in {KEPT, kind})


def told(old, new):
    return [(span.kind, span.text) for span in differences(old, new)]


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_both_sides_can_be_put_together_again(old, new):
    spans = differences(old, new)

    assert side(spans, REMOVED) == old
    assert side(spans, INSERTED) == new
    assert all(span.text for span in spans)
    assert all(one.kind != other.kind for one, other in pairwise(spans))


@settings(deadline=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert {span.kind for span in differences(text, text)} <= {KEPT}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "The team has a leader.",
            "The team has two leaders.",
            [("kept", "The team has"), ("removed", " a leader"), ("inserted", " two leaders"), ("kept", ".")],
        ),
        (
            "Стране потписују споразум.",
            "Стране мењају и потписују споразум.",
            [("kept", "Стране"), ("inserted", " мењају и"), ("kept", " потписују споразум.")],
        ),
        (
            "Ekipi, Palët dhe t’i japin",
            "Ekipi dhe t’u japin",
            [
                ("kept", "Ekipi"), ("removed", ", Palët"), ("kept", " dhe"), ("removed", " t’i"), ("inserted", " t’u"),
                ("kept", " japin"),
            ],
        ),
        ("12 months", "24 months", [("removed", "12"), ("inserted", "24"), ("kept", " months")]),
        ("one two", "one\ntwo", [("kept", "one"), ("removed", " "), ("inserted", "\n"), ("kept", "two")]),
        ("", "all new", [("inserted", "all new")]),
        ("all gone", "", [("removed", "all gone")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_whole_words_differ_and_punctuation_stands_apart(old, new, expected):
    assert told(old, new) == expected


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_no_word_is_cut(old, new):
    words = {*comparing._Text(old).words, *comparing._Text(new).words}

    assert {word for span in differences(old, new) for word in comparing._Text(span.text).words} <= words


class Counted(str):
    """A word that counts how often it was compared or looked up."""

    __slots__ = ()
    looks = 0

    def __eq__(self, other):
        Counted.looks += 1
        return str.__eq__(self, other)

    def __hash__(self):
        Counted.looks += 1
        return str.__hash__(self)


def long_clause(seed, vocabulary):
    chance = random.Random(seed)
    return [Counted(f"w{chance.randrange(vocabulary)}") for _ in range(5_000)]


def edited(words):
    """A word changed here and there, a stretch moved, a stretch gone."""
    changed = [Counted("new") if at % 97 == 0 else word for at, word in enumerate(words)]
    return changed[:1000] + changed[1300:3000] + changed[4000:4500] + changed[3000:4000] + changed[4500:]


@pytest.mark.parametrize("vocabulary", [2, 50, 1_000, 100_000])
@pytest.mark.parametrize("other", ["edited", "foreign", "turned round"])
def test_a_clause_of_five_thousand_words_is_compared_in_steps_that_grow_with_its_length(vocabulary, other):
    old = long_clause(1, vocabulary)
    new = {"edited": edited(old), "foreign": long_clause(2, vocabulary), "turned round": old[::-1]}[other]
    Counted.looks = 0

    runs = list(comparing.matches(old, new))

    assert Counted.looks < 200 * (len(old) + len(new)), "the product of the lengths would be 25 million"
    assert all(old[a : a + n] == new[b : b + n] for a, b, n in runs)
    assert all(a + n <= c and b + n <= d for (a, b, n), (c, d, _n) in pairwise(runs))


def test_an_edited_long_clause_keeps_what_was_not_edited():
    old = long_clause(3, 100_000)

    kept = sum(length for _old, _new, length in comparing.matches(old, edited(old)))

    assert kept > 4_000


def kinds(differences_found):
    return {each.id: each.kind for each in differences_found if each.kind != "kept"}


def test_two_versions_of_the_model_differ_in_the_inserted_clause_and_in_references_to_what_it_shifts(drawn_up):
    before, after = (drawn_up(version=version, bases=UNION) for version in ("2022", "2026"))

    found = compare(before, after)

    changed = {
        each.id: [(s.kind, s.text) for s in each.words if s.kind != KEPT] for each in found if each.kind == "changed"
    }
    assert kinds(found)["platform"] == "added"
    assert changed["parties"] == [("removed", " 13"), ("inserted", " 14")]
    assert set(changed) == {"parties", "purpose", "participants"}
    assert [each.id for each in found if each.moved] == []
    assert [each.id for each in found] == [clause.id for clause in after.clauses]


def test_added_removed_moved_and_changed_clauses_are_told_apart(drawn_up):
    before = drawn_up()
    clauses = [each for each in before.clauses if each.id != "media"]
    leaders = next(each for each in clauses if each.id == "leaders")
    clauses.remove(leaders)
    clauses.insert(2, leaders)
    clauses[0] = replace(clauses[0], heading="Basis in law")
    clauses.append(replace(leaders, id="own"))

    found = compare(before, replace(before, clauses=tuple(clauses)))

    assert kinds(found) == {"preamble": "changed", "media": "removed", "own": "added"}
    assert [each.id for each in found if each.moved] == ["leaders"]
    assert [each.id for each in found][-1] == "own"
    order = [each.id for each in found]
    assert order.index("media") == order.index("consultation") + 1
    assert [(s.kind, s.text) for s in found[0].heading] == [("removed", "Legal basis"), ("inserted", "Basis in law")]


def test_a_document_does_not_differ_from_itself(drawn_up):
    assert kinds(compare(drawn_up(), drawn_up())) == {}


@settings(deadline=None)
@given(st.permutations(range(7)), st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_every_clause_of_both_documents_is_found_once(order, gone, fresh):
    base = SEVEN
    old = replace(base, clauses=tuple(c for at, c in enumerate(base.clauses) if at not in fresh))
    new = replace(base, clauses=tuple(base.clauses[at] for at in order if at not in gone))

    found = compare(old, new)

    ids = {each.id for each in (*old.clauses, *new.clauses)}
    assert sorted(each.id for each in found) == sorted(ids)
    assert [each.id for each in found if each.new] == [each.id for each in new.clauses]
    stayed = [each.id for each in found if each.kind == "kept" and not each.moved]
    assert stayed == [each.id for each in old.clauses if each.id in stayed]


SEVEN = Document(
    template="t",
    version="1",
    document="agreement",
    language="en",
    title="T",
    clauses=tuple(Clause(id=f"c{n}", heading=f"H{n}", paragraphs=()) for n in range(7)),
)
