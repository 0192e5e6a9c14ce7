"""Numbers are computed: an inserted clause shifts those after it, and references follow."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jits.agreement import placeholders, shipped
from jits.agreement.numbering import numbers
from tests.jits.agreement.giving import UNION, WEST_BALKANS, values

MODEL = shipped.template("2026")
ALTERNATIVES = [f"{option.name}.{name}" for option in MODEL.options.values() for name in option.alternatives]
BASES = [names for count in (1, 2) for names in combinations(MODEL.instruments, count)]


def number_of(document, clause):
    return document.clause(clause).number


def test_the_platform_clause_of_2026_is_the_twelfth_and_shifts_the_rest(drawn_up):
    before, after = (drawn_up(version=version, bases=UNION) for version in ("2022", "2026"))

    assert number_of(after, "platform") == "12"
    assert (number_of(before, "outside_evidence"), number_of(after, "outside_evidence")) == ("11", "11")
    assert (number_of(before, "secondment"), number_of(after, "secondment")) == ("12", "13")
    assert (number_of(before, "organisation"), number_of(after, "organisation")) == ("18", "19")
    assert (number_of(before, "specific.liability"), number_of(after, "specific.liability")) == ("17.3", "18.3")


def test_without_a_legal_basis_of_the_union_there_is_no_platform_clause(drawn_up):
    before, after = (drawn_up(version=version, bases=WEST_BALKANS) for version in ("2022", "2026"))

    assert "platform" not in {clause.id for clause in after.clauses}
    assert [(each.id, each.number) for each in before.clauses] == [(each.id, each.number) for each in after.clauses]


def test_both_versions_say_the_same_in_every_clause_that_they_share(drawn_up):
    before, after = (drawn_up(version=version, bases=WEST_BALKANS) for version in ("2022", "2026"))

    assert before.clauses == after.clauses


def test_references_follow_the_numbers(drawn_up):
    before, after = (drawn_up(version=version, bases=UNION) for version in ("2022", "2026"))

    assert "by an amendment under clause 13." in before.clause("parties").words
    assert "by an amendment under clause 14." in after.clause("parties").words
    assert "duty of confidentiality in clause 17.5" in before.clause("participants").words
    assert "duty of confidentiality in clause 18.5" in after.clause("participants").words
    assert "Appendix I:" in after.clause("participants").words


def test_a_reference_names_its_clause_in_every_language(drawn_up):
    for language in shipped.LANGUAGES:
        drawn = drawn_up(language=language, bases=UNION)
        assert "14" in re.findall(r"\d+(?:\.\d+)?", drawn.clause("parties").words), language


def test_parts_and_paragraphs_are_numbered_below_their_clause(drawn_up):
    drawn = drawn_up()

    assert [p.number for p in drawn.clause("period").paragraphs] == ["3.1", "3.2", "3.3", "3.4"]
    assert [p.number for p in drawn.clause("purpose").paragraphs if p.form != "text"] == ["", ""]
    assert number_of(drawn, "participation.europol") == "I.2"
    assert [p.number for p in drawn.clause("participation.europol").paragraphs][:2] == ["I.2.1", "I.2.2"]
    assert [p.number for p in drawn.clause("preamble").paragraphs] == ["", "", "", ""]


def test_a_clause_with_a_single_paragraph_does_not_number_it(drawn_up):
    (only,) = drawn_up(document="extension").clause("extension_rest").paragraphs

    assert only.number == ""


def test_participants_that_do_not_take_part_shift_the_appendix(drawn_up):
    drawn = drawn_up(participants=["europol"])

    assert [clause.id for clause in drawn.clauses if clause.place == "appendix"] == ["participation"]
    assert number_of(drawn, "participation.europol") == "I.1"
    assert "participation.olaf" not in {clause.id for clause in drawn.clauses}


def whole(found):
    return [int(number) for number in found if number.isdigit()]


@settings(deadline=None)
@given(bases=st.sampled_from(BASES), chosen=st.sets(st.sampled_from(ALTERNATIVES)), version=st.sampled_from(shipped.versions()),
       participants=st.sets(st.sampled_from(["eurojust", "europol", "olaf"])), further=st.booleans())  # fmt: skip
def test_numbers_run_from_one_without_a_gap_and_every_reference_has_one(bases, chosen, version, participants, further):
    template = shipped.template(version)
    given_values = values(participants=sorted(participants) or None, further_arrangements="x" if further else None)
    facts = template.facts(bases=bases, chosen=chosen, values=given_values)

    for document in template.documents:
        found = numbers(template.documents[document], facts)
        assert whole(found.values()) == list(range(1, len(whole(found.values())) + 1))
        for clause in template.documents[document]:
            parts = [found[part.id] for part in clause.parts if part.id in found]
            assert parts == [f"{found[clause.id]}.{n}" for n in range(1, len(parts) + 1)]
        assert [name for name in referred(template, document, facts) if name not in found] == []


def referred(template, document, facts):
    """The clauses to which the paragraphs that are shown refer."""
    for whole_clause in template.documents[document]:
        for clause in (whole_clause, *whole_clause.parts):
            if whole_clause.shown(facts) and clause.shown(facts):
                for paragraph in clause.paragraphs:
                    if paragraph.form == "text" and paragraph.condition.holds(facts):
                        yield from placeholders.references(template.words["en"].paragraph(clause.id, paragraph.id))


@pytest.mark.parametrize("bases", BASES)
def test_the_platform_stands_where_an_instrument_of_the_union_does(bases):
    shown = numbers(MODEL.documents["agreement"], MODEL.facts(bases=bases, values=values()))

    assert ("platform" in shown) == any(MODEL.instruments[name].union for name in bases)
