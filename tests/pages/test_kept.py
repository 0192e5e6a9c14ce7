"""The page of a form that was not taken: what was typed under its labels, what goes along, and one way on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.html import escape

from tests.bed import sessions
from tests.hostile.conftest import browser
from tests.hostile.stage import Stage
from tests.pages.test_conflicts import Desk, carried
from tests.people import Person

NEW = "/cases/new/"


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


def sent(stage: Stage, **more: Any) -> dict[str, Any]:
    chosen = {"partners": [str(stage.house.partner("MK").pk)], "handling": "H0", "crime_types": ["drugs"]}
    return {"title": "Half a title", "summary": "First line\nsecond", "submission_key": str(uuid4()), **chosen, **more}


def other_office(stage: Stage) -> Person:
    return stage.house.member(stage.tirana.account, "RS")


def test_texts_stand_under_their_labels_and_choices_go_along_unseen(stage: Stage) -> None:
    form = sent(stage)

    page = Client().post(NEW, form)

    assert page.status_code == 403
    assert [(text.label, text.value) for text in page.context["typed"]] == [
        ("Title", "Half a title"),
        ("Summary", "First line\nsecond"),
    ]
    along = dict(page.context["along"])
    assert {name: along[name] for name in ("partners", "handling", "crime_types")} == {
        "partners": form["partners"],
        "handling": ["H0"],
        "crime_types": ["drugs"],
    }


def test_a_field_that_the_record_brings_along_is_called_by_its_name(stage: Stage) -> None:
    page = Client().post(NEW, sent(stage, text_MK="For the partner"))

    assert ("Field: text MK", "For the partner") in [(text.label, text.value) for text in page.context["typed"]]


def test_whoever_acts_for_another_office_is_told_to_switch_back_and_to_nothing_else(stage: Stage) -> None:
    hers = browser(stage.tirana)
    hers.post("/acting/", {"membership": str(other_office(stage).membership.pk)})

    page = hers.post(NEW, sent(stage, acting=str(stage.tirana.membership.pk))).content.decode()

    assert "Switch back to the other office" in page
    assert "Sign in again" not in page


def test_a_password_is_asked_for_again_and_the_page_says_so(stage: Stage) -> None:
    answer = Client().post(NEW, sent(stage, password="correct horse"))

    assert "Passwords and codes are not kept" in answer.content.decode()
    assert "correct horse" not in answer.content.decode()
    assert "Passwords and codes" not in Client().post(NEW, sent(stage)).content.decode()


def test_a_form_from_another_site_does_not_say_that_nothing_is_lost_and_cannot_be_sent_again(stage: Stage) -> None:
    hers = browser(stage.tirana, strict=True)

    page = hers.post(NEW, sent(stage), headers={"Origin": "https://evil.example"})

    assert page.status_code == 403
    assert "Nothing you typed is lost" not in page.content.decode()
    assert f'action="{NEW}"' not in page.content.decode()
    assert "Half a title" in page.content.decode()


def test_without_a_second_factor_the_way_on_is_to_set_one_up(stage: Stage) -> None:
    hers = Client()
    sessions.by_account_alone(hers, stage.tirana.account)

    page = hers.post(NEW, sent(stage, acting=str(stage.tirana.membership.pk))).content.decode()

    assert "Set up a second factor" in page
    assert "Sign in again" not in page


def test_what_a_conflict_page_carries_goes_along_and_is_not_shown(stage: Stage) -> None:
    conflict = {"differs": "summary", "choice.summary": "mine", "mine.summary": "Mine", "draft.version": "3"}

    page = Client().post(NEW, sent(stage, **conflict))

    assert set(conflict) <= dict(page.context["along"]).keys()
    assert {text.value for text in page.context["typed"]} == {"Half a title", "First line\nsecond"}


def test_the_browser_learns_whether_a_form_was_taken_and_nobody_else_does(stage: Stage) -> None:
    desk, key = Desk(stage, "case_create"), str(uuid4())
    before = desk.client.get("/drafts/", {"sent": key}).json()["taken"]

    desk.send(desk.typed, submission_key=key)

    asked = [who.get("/drafts/", {"sent": key}).json()["taken"] for who in (desk.client, browser(stage.skopje))]
    assert (before, asked) == (False, [True, False])
    assert desk.client.get("/drafts/", {"sent": "nonsense"}).json()["taken"] is False


def test_the_conflict_page_says_who_it_was_or_that_it_was_oneself(stage: Stage) -> None:
    desk = Desk(stage, "case_edit")
    page = desk.stale("Mine", "Theirs").content.decode()
    assert "Changed in another window of yours" in page
    assert "Keep what you wrote here" in page

    registrar = stage.house.person("Rea", "AL", role="registrar", offices=("case_registry",))
    other = Desk(stage, "case_edit")
    hers = browser(registrar)
    form = {**other.typed, "submission_key": str(uuid4()), "summary": "The registry's"}
    assert hers.post(other.place.address, form).status_code == 302

    page = other.send(other.typed, summary="Mine").content.decode()
    assert f"Changed by Rea, {escape(registrar.membership.authority.name)}" in page
    assert "Keep yours" in page


def test_the_conflict_page_keeps_a_draft_on_what_it_stood_on(stage: Stage) -> None:
    desk = Desk(stage, "case_edit")
    version = desk.typed["version"]

    page = desk.stale("Mine", "Theirs")
    again = desk.send({**carried(page), "draft.version": page.context["stood_on"]})

    for answer in (page, again):
        body = answer.content.decode()
        assert f'name="draft.version" value="{version}"' in body
        assert f'data-path="{desk.place.address}"' in body
