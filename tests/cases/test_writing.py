"""A case is written by a form: once, in its state, without personal data, and wrong input comes back with what was typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from cases.models import Case, ConcernedPartner
from tests.cases.cast import CaseWorld
from tests.cases.sending import Browser, address, case_form, filled


def test_a_prosecutor_writes_a_case_and_opens_it(world: CaseWorld, browser: Browser) -> None:
    ann = browser(world.ann)
    partner = world.house.partner("MK")

    written = ann.post(address("case_create"), case_form(partners=[str(partner.pk)]))
    page = ann.get(written["Location"]).content.decode()

    assert "Cigarettes over the lake" in page
    assert "Draft" in page
    with world.ann.acting() as actor:
        case = Case.objects.visible_to(actor).get()
        assert ConcernedPartner.objects.visible_to(actor).get().partner == partner
    opened = ann.post(address("case_submit", case), filled(version=1))
    assert opened.status_code == 302
    assert "Open" in ann.get(opened["Location"]).content.decode()


def test_the_same_form_sent_twice_makes_one_case(world: CaseWorld, browser: Browser) -> None:
    ann = browser(world.ann)
    form = case_form()

    first, second = (ann.post(address("case_create"), form) for _again in range(2))

    assert first["Location"] == second["Location"]
    with world.ann.acting() as actor:
        assert Case.objects.visible_to(actor).count() == 1


def test_a_stale_edit_keeps_the_text_and_shows_what_stands_there(world: CaseWorld, browser: Browser) -> None:
    case = world.open(title="As it was")
    with world.ann.acting() as actor:
        fresh = Case.objects.visible_to(actor).get(pk=case.pk)
    first = case_form(title="Theirs", urgency="critical", version=fresh.version)
    second = case_form(title="Mine", summary="My words.", version=fresh.version)

    assert browser(world.ann).post(address("case_edit", case), first).status_code == 302
    answer = browser(world.ann).post(address("case_edit", case), second)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Critical" in page
    assert "Mine" in page
    assert "My words." in page
    assert f'name="version" value="{fresh.version + 1}"' in page


@pytest.mark.parametrize("status", ["draft", "nominated", "closed", "archived"])
def test_a_move_out_of_state_is_refused_in_words(world: CaseWorld, browser: Browser, status: str) -> None:
    case = world.in_status(status)

    answer = browser(world.ann).post(address("case_close", case), filled(reason="Enough.", version=case.version))

    assert answer.status_code == 409
    assert "Enough." in answer.content.decode()
    assert "not possible in the present state" in answer.content.decode()


def test_a_closed_case_offers_no_writing(world: CaseWorld, browser: Browser) -> None:
    page = browser(world.ann).get(address("case", world.closed())).content.decode()

    for words in ("Write a note", "Give a task", "Add a proceeding", "Close case"):
        assert words not in page
    assert "Reopen case" in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ case }}", "'; DROP TABLE cases_case; --", "\u202eevil", "Ќ" * 4000]
)
def test_hostile_text_is_shown_as_text(world: CaseWorld, browser: Browser, text: str) -> None:
    ann = browser(world.ann)

    answer = ann.post(address("case_create"), case_form(summary=text))

    assert answer.status_code == 302
    page = ann.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert text[:7].replace("<", "&lt;").replace("'", "&#x27;") in page


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 201},
        {"summary": "x" * 4001},
        {"summary": "nul\x00byte"},
        {"title": ""},
        {"stage": "forged"},
        {"urgency": ""},
        {"handling": ["H0", "H1"]},
        {"handling": ["H3"]},
        {"handling": ["H9"]},
        {"crime_types": [str(UUID(int=7))]},
        {"crime_types": []},
        {"partners": ["forged"]},
        {"partners": [str(UUID(int=7))]},
    ],
    ids=str,
)
def test_a_wrong_form_is_answered_with_what_was_typed(
    world: CaseWorld, browser: Browser, changes: dict[str, Any]
) -> None:
    answer = browser(world.ann).post(address("case_create"), case_form(**{"summary": "Kept words."} | changes))

    assert answer.status_code == 422
    assert ("Kept words." in answer.content.decode()) == ("summary" not in changes)
    with world.ann.acting() as actor:
        assert not Case.objects.visible_to(actor).exists()


@pytest.mark.parametrize(
    "text",
    [
        "Account AL47 2121 1009 0000 0002 3569 8741",
        "Call +355 69 212 3456",
        "Born 1234567890123",
        "mail a.b@example.org",
    ],
)
def test_what_looks_like_personal_data_is_asked_about_once(world: CaseWorld, browser: Browser, text: str) -> None:
    ann = browser(world.ann)

    asked = ann.post(address("case_create"), case_form(summary=text))
    confirmed = ann.post(address("case_create"), case_form(summary=text, personal_data_checked="on"))

    assert asked.status_code == 422
    assert "This looks like" in asked.content.decode()
    assert confirmed.status_code == 302


@pytest.mark.parametrize(
    "text", ["In 2024 and 2025, 300 kg on 12.03.2026.", "EUR 1 500 000 moved", "C-2026-ABCDEF", "Article 12(3)"]
)
def test_plain_numbers_are_no_personal_data(world: CaseWorld, browser: Browser, text: str) -> None:
    assert browser(world.ann).post(address("case_create"), case_form(summary=text)).status_code == 302
