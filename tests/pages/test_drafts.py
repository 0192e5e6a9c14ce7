"""What is typed into a long form is kept for its writer alone, and comes back; nobody else learns anything from it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.pages import drafts
from foundation.pages.models import Draft
from tests.bed.sides import as_owner
from tests.hostile.conftest import browser
from tests.hostile.stage import Stage
from tests.pages.test_conflicts import Desk
from tests.people import Person

pytestmark = pytest.mark.django_db
NEW = "/cases/new/"


@pytest.fixture
def stage() -> Stage:
    return Stage()


def keep(client: Client, path: str = NEW, revision: int = 0, **typed: Any) -> Any:
    fixed = {"draft.path": path, "draft.revision": revision, "submission_key": str(uuid4())}
    return client.post("/drafts/", {**fixed, **typed})


def kept(person: Person) -> list[Draft]:
    with person.acting() as actor:
        return list(Draft.objects.visible_to(actor))


def test_what_was_typed_comes_back_when_the_form_is_opened_again(stage: Stage) -> None:
    hers = browser(stage.tirana)

    answer = keep(hers, title="Half a title", summary="Half a story", partners=[str(stage.house.partner("MK").pk)])

    page = hers.get(NEW).content.decode()
    assert answer.json()["revision"] == 1
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["at"])
    assert 'value="Half a title"' in page
    assert "Half a story</textarea>" in page
    assert "Restored what you typed" in page


def test_a_saving_whose_answer_was_lost_is_no_other_window(stage: Stage) -> None:
    hers = browser(stage.tirana)
    keep(hers, title="Half a title")

    again, other = keep(hers, title="Half a title"), keep(hers, title="Another window's title")

    assert (again.status_code, again.json()["revision"]) == (200, 1)
    assert other.status_code == 409
    assert [draft.typed["title"] for draft in kept(stage.tirana)] == [["Half a title"]]


def test_a_draft_that_reads_as_the_form_opens_is_not_called_restored(stage: Stage) -> None:
    hers = browser(stage.tirana)
    fresh = hers.get(NEW).context["form"]
    as_opened = {name: value for name in fresh.fields if (value := fresh[name].value())} | {"title": "", "summary": ""}

    keep(hers, **as_opened)
    page = hers.get(NEW)
    again = keep(hers, revision=page.context["keeping"].revision, **{**as_opened, "title": "Half a title"})

    assert page.context["keeping"].restored_at is None
    assert again.status_code == 200
    assert hers.get(NEW).context["keeping"].restored_at is not None


def test_neither_another_person_nor_another_membership_sees_it(stage: Stage) -> None:
    keep(browser(stage.tirana), title="Half a title")
    other = stage.house.member(stage.tirana.account, "RS")

    assert "Half a title" not in browser(stage.skopje).get(NEW).content.decode()
    assert kept(stage.skopje) == kept(other) == []
    with stage.skopje.acting():
        assert Draft.objects.count() == 0


def test_a_form_that_was_taken_leaves_no_draft(stage: Stage) -> None:
    desk = Desk(stage, "case_create")
    keep(desk.client, title="Half a title")

    assert desk.send(desk.typed).status_code == 302

    assert kept(stage.tirana) == []


def test_a_saving_that_comes_after_the_form_was_taken_stores_nothing(stage: Stage) -> None:
    desk, key = Desk(stage, "case_create"), str(uuid4())
    desk.send(desk.typed, submission_key=key)

    answer = keep(desk.client, title="Too late", submission_key=key)

    assert (answer.status_code, kept(stage.tirana)) == (204, [])


def test_discarding_leads_to_no_other_site(stage: Stage) -> None:
    hers = browser(stage.tirana)

    answer = hers.post("/drafts/", {"draft.path": f"//elsewhere.example{NEW}", "draft.discard": "yes"})

    assert answer.status_code == 404


def test_a_field_that_a_draft_never_had_keeps_what_stands_in_it() -> None:
    class Wider(forms.Form):
        title = forms.CharField()
        summary = forms.CharField(initial="Stands there")
        urgent = forms.BooleanField(initial=True, required=False)

    form = Wider()

    assert drafts.restore(Draft(typed={"title": ["Half a title"]}, version=None), form)

    assert (form["title"].value(), form["summary"].value()) == ("Half a title", "Stands there")
    # No browser sends a box that is not ticked.
    assert form["urgent"].value() is False


def test_its_writer_discards_it_by_hand(stage: Stage) -> None:
    hers = browser(stage.tirana)
    keep(hers, title="Half a title")

    answer = hers.post("/drafts/", {"draft.path": NEW, "draft.discard": "yes"})

    assert answer.headers["Location"] == NEW
    assert kept(stage.tirana) == []


def test_a_second_window_writes_over_the_first_only_when_asked(stage: Stage) -> None:
    hers = browser(stage.tirana)
    keep(hers, title="First window")

    refused = keep(hers, title="Second window")
    asked = keep(hers, title="Second window", **{"draft.over": "yes"})
    first = keep(hers, revision=1, title="First window again")

    assert (refused.status_code, asked.status_code, first.status_code) == (409, 200, 409)
    assert refused.json()["at"]
    assert [draft.typed["title"] for draft in kept(stage.tirana)] == [["Second window"]]


def test_a_draft_against_an_older_version_leads_to_the_choice_field_by_field(stage: Stage) -> None:
    desk = Desk(stage, "case_edit")
    keep(desk.client, desk.place.address, **{**desk.typed, "summary": "Half a story"})
    desk.send({**desk.typed, "summary": "Theirs"})
    # Sending from this window forgot the draft; the one of the other window is written after it.
    keep(desk.client, desk.place.address, **{**desk.typed, "summary": "Half a story"})

    page = desk.client.get(desk.place.address)
    answer = desk.send(desk.opened())

    assert "The record has changed since then" in page.content.decode()
    assert answer.status_code == 409
    row = next(row for row in answer.context["rows"] if row.field.name == "summary")
    assert row.original == desk.typed["summary"]


def test_a_draft_of_a_record_that_one_does_not_see_any_more_tells_nothing(stage: Stage) -> None:
    case = stage.case("MK")
    path = f"/cases/{case.pk}/notes/add/"
    hers = browser(stage.skopje)

    answers = [keep(hers, path, text="Half a note"), keep(hers, f"/cases/{uuid4()}/notes/add/", text="Half a note")]

    assert len({answer.status_code for answer in answers}) == 1
    assert hers.get(path).status_code == 404
    assert "Half a note" not in hers.get(path).content.decode()


def test_secrets_and_what_a_form_carries_for_us_are_not_stored(stage: Stage) -> None:
    keep(
        browser(stage.tirana), title="Kept", password="correct horse", acting=str(stage.tirana.membership.pk), next="/x"
    )

    assert [set(draft.typed) for draft in kept(stage.tirana)] == [{"title"}]


def test_without_a_session_it_answers_401_and_stores_nothing(client: Client) -> None:
    assert keep(client, title="Nobody").status_code == 401
    assert client.get("/drafts/").status_code == 401
    with as_owner():
        assert Draft.objects.count() == 0


def test_a_form_of_another_membership_is_not_stored(stage: Stage) -> None:
    answer = keep(browser(stage.tirana), title="Half", acting=str(stage.skopje.membership.pk))

    assert (answer.status_code, answer.content, kept(stage.tirana)) == (403, b"", [])


def test_a_stale_token_is_refused_without_an_echo(stage: Stage) -> None:
    answer = keep(browser(stage.tirana, strict=True), title="Half")

    assert (answer.status_code, answer.content) == (403, b"")


def test_the_token_goes_to_whoever_is_signed_in_and_says_for_whom(stage: Stage) -> None:
    answer = browser(stage.tirana).get("/drafts/").json()

    assert answer["acting"] == str(stage.tirana.membership.pk)
    assert answer["token"]


ELSEWHERE = (
    "",
    "cases/new/",
    "//evil.example/",
    "https://evil.example/",
    "/no/such/",
    "/",
    "/acting/",
    "/cases/new/\0",
    "/x" * 400,
    "/inbox/",
)


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.parametrize("more", [{}, {"draft.discard": "yes"}])
def test_only_long_forms_of_ours_have_drafts(path: str, more: dict[str, str], stage: Stage) -> None:
    answer = keep(browser(stage.tirana), path, title="Half", **more)

    assert answer.status_code == 404
    assert kept(stage.tirana) == []


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"draft.revision": "-1"}, 400),
        ({"draft.revision": "9" * 40}, 400),
        ({"draft.revision": "٣"}, 400),
        ({"submission_key": "nonsense"}, 400),
        ({"title": "a\0b"}, 413),
        ({"title": "x" * 300_000}, 413),
        ({f"field{n}": "x" for n in range(300)}, 413),
        ({"version": "9" * 400}, 200),
        ({"original": "forged"}, 200),
        ({"a.b": "x", "choice.title": "mine"}, 200),
    ],
)
def test_hostile_drafts_are_bounded(more: dict[str, str], status: int, stage: Stage) -> None:
    hers = browser(stage.tirana)

    assert keep(hers, **more).status_code == status
    assert hers.get(NEW).status_code == 200


def test_nobody_keeps_more_than_fifty(stage: Stage) -> None:
    hers = browser(stage.tirana)
    for number in range(drafts.DRAFTS_LIMIT + 3):
        assert keep(hers, f"{NEW}?n={number}", title="Half").status_code == 200

    assert len(kept(stage.tirana)) == drafts.DRAFTS_LIMIT


def test_what_was_not_touched_for_long_is_neither_shown_nor_kept(stage: Stage, settings: Any) -> None:
    hers = browser(stage.tirana)
    keep(hers, title="Long ago")
    keep(hers, f"{NEW}?fresh", title="Just now")
    long_ago = timezone.now() - timedelta(days=settings.WBCJ_DRAFT_DAYS, minutes=1)
    with as_owner():
        Draft.objects.filter(path=NEW).update(saved_at=long_ago)

    shown = hers.get(NEW).content.decode()
    gone = drafts.forget_old(at=timezone.now())

    assert "Long ago" not in shown
    assert gone == 1
    assert [draft.typed["title"] for draft in kept(stage.tirana)] == [["Just now"]]


def test_the_runtime_role_cannot_make_everything_be_forgotten(stage: Stage) -> None:
    keep(browser(stage.tirana), title="Just now")

    with connection.cursor() as cursor:
        cursor.execute("SELECT pages_forget_drafts('infinity')")

    assert len(kept(stage.tirana)) == 1
