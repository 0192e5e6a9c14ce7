"""Every form that edits a record: sent stale, it shows original, mine and theirs for each field that differs, and nothing is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from foundation.access import Level, Reason, grant, revoke
from foundation.access.models import Share
from tests.architecture.test_nothing_lost import MOVES, PAGES
from tests.hostile import attacks
from tests.hostile.conftest import browser
from tests.hostile.places import PLACES
from tests.hostile.stage import Place, Stage

pytestmark = pytest.mark.django_db

# A field of words in each, and a second field that somebody else changes.
WORDS = {
    "case_edit": "summary",
    "note_edit": "text",
    "proceeding_edit": "state_of_play",
    "meeting_change": "place",
    "nomination_revise": "why",
    "jit_revise": "facts",
    "jit_check": "comment",
    "jit_fill": "leaders__0__name",
    "jit_own_note_edit": "text",
    "jit_approval_edit": "words",
    "jit_phase": "title",
    "jit_task": "text",
    "jit_text": "p__joint",
}
OTHER = {
    "case_edit": {"urgency": "low"},
    "proceeding_edit": {"stage": "trial"},
    "meeting_change": {"title": "Another title"},
    "nomination_revise": {"support": "Maps"},
    "jit_revise": {"title": "Another title"},
    "jit_fill": {"leaders__0__position__en": "Prosecutor"},
    "jit_approval_edit": {"subject": "Another consent"},
    "jit_task": {"title": "Another measure"},
    "jit_text": {"p__binding": "It binds all."},
}


@pytest.fixture
def stage() -> Stage:
    return Stage()


class Desk:
    """A form open in one window, with what an honest browser would send from it."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage, self.name = stage, name
        self.place: Place = PLACES[name](stage, name)
        self.client: Client = browser(self.place.person)
        self.typed = self.opened()

    def opened(self) -> dict[str, Any]:
        page = self.client.get(self.place.address)
        form = page.context["form"]
        left_out = [bound for bound in form if not bound.field.required and bound.value() in (None, "", [])]
        empty = {bound.html_name for bound in left_out} if self.name in WORDS else set()
        honest = {name: value for name, value in attacks.honest(form).items() if name not in empty}
        return {**honest, **self.place.typed, "original": page.context["original"]}

    def send(self, typed: dict[str, Any], **more: Any) -> Any:
        return self.client.post(self.place.address, {"submission_key": str(uuid4()), **typed, **more})

    def stale(self, mine: str, theirs: str, **other: Any) -> Any:
        """Theirs is saved from another window; then mine is sent."""
        word = WORDS[self.name]
        assert self.send(self.typed, **{word: theirs}, **other).status_code == 302
        return self.send(self.typed, **{word: mine})


def carried(answer: Any) -> dict[str, Any]:
    """What the conflict page sends when nothing more is pressed."""
    context = answer.context
    rows = context["rows"]
    fields = {"version": context["version"], "original": context["original"], "before": context["before"]}
    fields |= {name: values for name, values in context["rest"] if values}
    fields["differs"] = [row.field.html_name for row in rows]
    for row in rows:
        fields[f"mine.{row.field.html_name}"] = list(row.typed)
        if row.editable:
            fields[row.field.html_name] = list(row.typed)
        if row.choice:
            fields[f"choice.{row.field.html_name}"] = row.choice
    return fields


ELSEWHERE = {
    "console_reference_change": "tests/console/test_reference_rows.py, since staff stand on another stage",
    "console_reference_end": "the same",
    "jit_terms": "tests/jits/drafting/test_taking.py, since nothing is written there",
}


def test_every_form_that_edits_is_tried_here() -> None:
    edits = {n for n, page in PAGES.items() if n not in MOVES and "version" in _fields(page)}
    assert edits == {*WORDS, *ELSEWHERE}


def _fields(page: Any) -> Any:
    return page().get_form_class().base_fields


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_field_that_both_changed_waits_for_a_choice_and_shows_three_sides(stage: Stage, name: str) -> None:
    desk = Desk(stage, name)

    answer = desk.stale("What I wrote at length", "What they put there")

    body = answer.content.decode()
    assert answer.status_code == 409
    row = next(row for row in answer.context["rows"] if row.field.name == WORDS[name])
    assert row.must_choose
    assert row.original == str(desk.typed.get(WORDS[name], ""))
    assert "".join(piece.text for piece in row.mine if piece.kind != "taken") == "What I wrote at length"
    assert "".join(piece.text for piece in row.theirs if piece.kind != "taken") == "What they put there"
    assert "<ins>" in body
    assert answer.context["change"] is not None


@pytest.mark.parametrize("name", sorted(WORDS))
@pytest.mark.parametrize("choice", ["mine", "theirs", "own"])
def test_what_is_chosen_is_saved_over_the_version_of_now(stage: Stage, name: str, choice: str) -> None:
    desk, word = Desk(stage, name), WORDS[name]
    page = desk.stale("Mine", "Theirs")
    typed = {**carried(page), f"choice.{word}": choice}
    if choice == "own":
        typed[word] = "Both together"

    answer = desk.send(typed)

    assert answer.status_code == 302, answer.context["form"].errors
    assert desk.opened()[word] == {"mine": "Mine", "theirs": "Theirs", "own": "Both together"}[choice]


@pytest.mark.parametrize("name", sorted(OTHER))
def test_what_one_side_alone_changed_is_chosen_already(stage: Stage, name: str) -> None:
    desk, word = Desk(stage, name), WORDS[name]
    desk.send(desk.typed, **OTHER[name])

    page = desk.send(desk.typed, **{word: "Mine alone"})
    answer = desk.send(carried(page))

    assert {row.field.name: row.choice for row in page.context["rows"]} == {
        word: "mine",
        **dict.fromkeys(OTHER[name], "theirs"),
    }
    now = desk.opened()
    assert answer.status_code == 302
    assert now[word] == "Mine alone"
    assert {field: now[field] for field in OTHER[name]} == OTHER[name]


@pytest.mark.parametrize("name", sorted(WORDS))
def test_without_a_choice_nothing_is_saved_and_the_page_comes_again(stage: Stage, name: str) -> None:
    desk = Desk(stage, name)
    page = desk.stale("Mine", "Theirs")

    answer = desk.send(carried(page))

    assert answer.status_code == 422
    assert [row.field.name for row in answer.context["undecided"]] == [WORDS[name]]
    assert answer.context["rows"][0].original == page.context["rows"][0].original
    assert desk.opened()[WORDS[name]] == "Theirs"


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_third_text_beside_another_choice_is_not_dropped(stage: Stage, choice: str) -> None:
    desk = Desk(stage, "case_edit")
    typed = carried(desk.stale("Mine", "Theirs"))

    answer = desk.send({**typed, "choice.summary": choice, "summary": "A third text"})

    assert answer.status_code == 422
    assert "A third text</textarea>" in answer.content.decode()
    assert desk.opened()["summary"] == "Theirs"


def test_stale_once_more_comes_again_on_what_stands_there_then(stage: Stage) -> None:
    desk = Desk(stage, "case_edit")
    typed = carried(desk.stale("Mine", "Theirs"))
    later = desk.opened()
    desk.send(later, summary="Theirs again")

    answer = desk.send({**typed, "choice.summary": "mine"})

    row = answer.context["rows"][0]
    assert answer.status_code == 409
    assert (row.original, row.must_choose) == ("Theirs", True)
    assert "Mine" in answer.content.decode()


@pytest.mark.parametrize("original", ["", "forged", "a:b:c", "ё" * 50])
def test_an_original_that_is_not_ours_is_not_shown(stage: Stage, original: str) -> None:
    desk = Desk(stage, "case_edit")
    desk.send(desk.typed, summary="Theirs")

    answer = desk.send(desk.typed, summary="Mine", original=original)

    assert answer.status_code == 409
    assert [row.original for row in answer.context["rows"]] == [None]
    assert answer.context["rows"][0].must_choose


def test_the_original_of_another_page_is_not_taken(stage: Stage) -> None:
    desk = Desk(stage, "case_edit")
    note = Desk(stage, "note_edit")
    desk.send(desk.typed, summary="Theirs")

    answer = desk.send(desk.typed, summary="Mine", original=note.typed["original"])

    assert answer.context["rows"][0].original is None


def test_after_the_sight_has_ended_a_stale_form_tells_nothing(stage: Stage) -> None:
    case, _share = stage.shared()
    with stage.tirana.acting() as by:
        share = Share.objects.visible_to(by).live().get(root=case.pk, principal=stage.skopje.membership.group_id)
    client = browser(stage.skopje)
    address = f"/cases/{case.pk}/edit/"
    page = client.get(address)
    typed = {**attacks.honest(page.context["form"]), "original": page.context["original"]}
    with stage.tirana.acting() as by:
        revoke(by=by, share_id=share.pk)
        grant(
            by=by, root_id=case.pk, principal=stage.skopje.membership.group_id, level=Level.VIEW,
            reason=Reason.SHARE, purpose="lowered",
        )  # fmt: skip

    answer = client.post(address, {**typed, "submission_key": str(uuid4()), "summary": "Mine", "version": "1"})

    assert answer.status_code == 403
    assert page.context["form"].initial["summary"] not in answer.content.decode()
