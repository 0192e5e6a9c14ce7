"""Filling in: what is missing or wrong is said in sentences, and what is shown follows the legal basis and the choices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jits.agreement import filling, saying, shipped
from jits.agreement.unable import UnableToFill
from tests.jits.agreement.giving import TEXT, UNION, WEST_BALKANS, told, values


def refusal(drawn_up, **asked):
    with pytest.raises(UnableToFill) as refused:
        drawn_up(**asked)
    return {problem.about: problem.sentence for problem in refused.value.problems}


def test_nothing_filled_in_names_every_parameter_that_is_missing_once(model):
    with pytest.raises(UnableToFill) as refused:
        filling.fill(model, language="en", bases=WEST_BALKANS, chosen=model.recommended(WEST_BALKANS), given={})

    sentences = [problem.sentence for problem in refused.value.problems]
    assert sentences[:2] == ["“Parties” is missing.", "“Acts under investigation” is missing."]
    assert len(sentences) == len(set(sentences))
    assert "“Last day” is missing." not in sentences
    assert "“Participants” is missing." not in sentences


def test_missing_words_are_named_in_the_language_of_the_reader(model):
    with pytest.raises(UnableToFill, match="“Стране” is missing"):
        filling.fill(
            model, language="sq", bases=WEST_BALKANS, chosen=model.recommended(WEST_BALKANS), given={}, labels="sr"
        )


@pytest.mark.parametrize(
    ("parameter", "value", "sentence"),
    [
        ("months", 0, "“Duration in months” must be a whole number of months, from 1 to 120."),
        ("months", "12", "“Duration in months” must be a whole number of months, from 1 to 120."),
        ("months", True, "“Duration in months” must be a whole number of months, from 1 to 120."),
        ("parties", [], "“Parties” is missing."),
        ("parties", values()["parties"][:1], "“Parties” must have 2 to 500 rows."),
        (
            "parties",
            [values()["parties"][0], {"partner": "Albania"}],
            "“Parties” needs every column filled in, and no other. (row 2)",
        ),
        ("leaders", [{**values()["leaders"][0], "name": " "}], "“Leaders” is empty. (row 1)"),
        ("leaders", [{**values()["leaders"][0], "name": "A\nB"}], "“Leaders” must stand on one line. (row 1)"),
        ("aims", ["gold"], "“Objectives” must be among the choices."),
        ("aims", ["assets", "assets"], "“Objectives” names a choice twice."),
        ("applicant", "nobody", "“Who applies for funding” must be one of the choices."),
        ("midterm", "yes", "“Mid-term evaluation” must be answered yes or no."),
        ("acts", 7, "“Acts under investigation” must be a text."),
        ("acts", "x" * 20_001, "“Acts under investigation” has 20001 letters; 20000 are possible."),
        ("acts", "left\u202eright", "“Acts under investigation” holds signs that nobody would see on paper."),
        ("acts", "half \ud800", "“Acts under investigation” holds signs that nobody would see on paper."),
        ("territories", "Albania", "“Territories” must have 1 to 500 entries."),
        ("channel", {"sq": "kanali"}, "“Channel of exchange” is missing in the language en."),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(drawn_up, parameter, value, sentence):
    assert refusal(drawn_up, **{parameter: value}) == {parameter: sentence}


@pytest.mark.parametrize("value", [{"amount": "0", "currency": "EUR"}, {"amount": "1.005", "currency": "EUR"}, {"amount": "1"},
                                   {"amount": "NaN", "currency": "EUR"}, {"amount": 1.5, "currency": "EUR"}, "EUR 5"])  # fmt: skip
def test_an_amount_that_is_none_is_refused(drawn_up, model, value):
    chosen = model.recommended(WEST_BALKANS) - {"costs.own"} | {"costs.joint"}

    found = refusal(drawn_up, chosen=chosen, joint_budget=value)

    assert found == {
        "joint_budget": "“Joint budget” must be an amount above zero with two decimals at most, and its currency."
    }


@pytest.mark.parametrize("value", ["2026-02-30", "3 May", 20260503, None])
def test_a_day_that_is_none_is_refused(drawn_up, model, value):
    chosen = model.recommended(WEST_BALKANS) - {"length.duration"} | {"length.until"}

    assert list(refusal(drawn_up, chosen=chosen, end_date=value)) == ["end_date"]


def test_one_alternative_of_an_option_must_be_picked_and_only_one(drawn_up, model):
    recommended = model.recommended(WEST_BALKANS)
    sentence = "“Costs” needs one of its alternatives, and only one."

    assert refusal(drawn_up, chosen=recommended - {"costs.own"}) == {"costs": sentence}
    assert refusal(drawn_up, chosen=recommended | {"costs.joint"}) == {"costs": sentence}


def test_what_does_not_exist_is_refused(drawn_up):
    assert refusal(drawn_up, bases=["magna_carta"], chosen=()) == {
        "instruments": "There is no legal basis magna_carta."
    }
    assert refusal(drawn_up, bases=[]) == {"instruments": "The agreement needs a legal basis."}
    assert refusal(drawn_up, colour="blue") == {"colour": "There is no parameter colour."}
    assert refusal(drawn_up, chosen=["costs.own", "costs.gold"])["costs.gold"] == "There is no alternative costs.gold."


def test_an_extension_needs_no_legal_basis_of_its_own_and_no_option(drawn_up):
    drawn = drawn_up(document="extension", bases=(), chosen=())

    assert [clause.number for clause in drawn.clauses] == ["1", "2", "3", "4", ""]
    assert "extended by 6 months" in drawn.clause("extension_period").words.replace("\xa0", " ")


def test_rules_on_use_are_recommended_where_no_legal_basis_holds_them(drawn_up, model):
    assert "use.rules" in model.recommended(["ets_182"])
    assert "use.rules" not in model.recommended(UNION)

    assert "use_purpose" in {p.id for p in drawn_up().clause("access").paragraphs}
    assert {p.id for p in drawn_up(bases=UNION).clause("access").paragraphs} >= {"use_instrument"}


def test_a_form_asks_for_what_the_document_may_show_and_nothing_else(model):
    def names(bases, chosen):
        return {p.name for p in filling.asked(model, document="agreement", bases=bases, chosen=chosen)}

    recommended = model.recommended(WEST_BALKANS)
    assert "platform_administrators" not in names(WEST_BALKANS, recommended)
    assert "platform_administrators" in names(UNION, recommended)
    assert "end_date" not in names(WEST_BALKANS, recommended)
    assert "end_date" in names(WEST_BALKANS, recommended | {"length.until"})
    assert {"participants", "europol_persons", "national_provisions", "midterm"} <= names(WEST_BALKANS, recommended)
    assert "extension_months" not in names(WEST_BALKANS, recommended)


def test_a_form_offers_the_options_of_the_document(model):
    assert filling.options(model, document="extension", bases=()) == ()
    assert set(filling.options(model, document="agreement", bases=UNION)) == set(model.options)


def test_what_a_value_holds_is_never_looked_at_again(drawn_up):
    drawn = drawn_up(channel="{acts} and {§period}.")

    assert "channel: {acts} and {§period}." in drawn.clause("access").words


def test_optional_parts_appear_when_they_are_filled_in(drawn_up):
    assert "specific.further" in {clause.id for clause in drawn_up(further_arrangements=TEXT).clauses}
    assert "specific.further" not in {clause.id for clause in drawn_up(further_arrangements=None).clauses}
    without = drawn_up(participants=None)
    assert [clause.id for clause in without.clauses if clause.place == "appendix"] == []
    assert "No body or person other than the Parties" in without.clause("participants").words


def test_an_answer_of_no_shows_the_other_sentence(drawn_up):
    yes, no = (drawn_up(bases=UNION, platform_secretariat=answer).clause("platform").words for answer in (True, False))

    assert "may be given access" in yes
    assert "is not given access" in no


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "1 month"), ("en", 12, "12 months"), ("sq", 1, "1 muaji"), ("sq", 12, "12 muajsh"), ("mk", 21, "21 месец"),
        ("mk", 11, "11 месеци"), ("bs", 24, "24 mjeseca"), ("bs", 12, "12 mjeseci"), ("cnr", 21, "21 mjeseca"),
        ("sr", 3, "3 месеца"), ("sr", 112, "112 месеци"), ("sr-latn", 5, "5 meseci"),
    ],
)  # fmt: skip
def test_months_have_the_form_of_their_number(model, language, count, expected):
    assert saying.months(count, model.words[language]) == expected.replace(" ", "\xa0")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "3 May 2026 EUR 12,500.00"), ("sq", "3 maj 2026 EUR 12.500,00"), ("bs", "3. maja 2026. godine EUR 12.500,00"),
        ("mk", "3 мај 2026 година EUR 12.500,00"), ("sr", "3. маја 2026. године EUR 12.500,00"),
    ],
)  # fmt: skip
def test_days_and_amounts_read_as_the_language_writes_them(model, language, expected):
    words = model.words[language]
    amount = saying.money({"amount": Decimal(12500), "currency": "EUR"}, words)

    assert f"{saying.day('2026-05-03', words)} {amount}" == expected.replace(" ", "\xa0").replace("\xa0EUR", " EUR")


def test_a_list_ends_with_the_word_of_its_language(model, drawn_up):
    three = ["A", "B", "C"]

    assert [saying.joined(three, model.words[code]) for code in ("en", "sq", "mk")] == [
        "A, B and C",
        "A, B dhe C",
        "A, B и C",
    ]
    assert "Albania, Kosovo and North Macedonia." in drawn_up().clause("territories").words


def test_prose_is_taken_in_the_language_of_the_document(drawn_up):
    here = told("one", "një", "jedan", "еден", "jedan", "један")

    found = {
        code: drawn_up(language=code, base=here).clause("organisation.facilities").words for code in shipped.LANGUAGES
    }

    assert all(here[code] in text for code, text in found.items())
