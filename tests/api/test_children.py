"""One note, task or proceeding of a case: read by its own address as in its list, and by nobody who does not find it there."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from cases import actions
from cases.models import Case, Note
from foundation.audit.models import Event
from tests.api.cast import ApiWorld, Caller
from tests.bed.sides import as_owner

CASES = "/api/v1/cases"
DAY = timedelta(days=1)
KINDS = {"notes": "cases.note.viewed", "tasks": "cases.task.viewed", "proceedings": "cases.proceeding.viewed"}


def child(world: ApiWorld, case: Case, kind: str) -> UUID:
    """One more row of that kind."""
    with world.ann.acting() as by:
        if kind == "notes":
            return actions.write_note(case=case, text="For all", audience="everyone", by=by, at=world.now).pk
        if kind == "tasks":
            group = world.ann.membership.group_id
            return actions.give_task(
                case=case, assignee=group, title="Ask", text="", due_at=world.now + DAY, by=by, at=world.now
            ).pk
        authority = world.ann.membership.authority
        return actions.record_proceeding(
            case=case, authority=authority, stage="trial", opened_date=None, state_of_play="", by=by, at=world.now
        ).pk


@pytest.mark.parametrize("kind", KINDS)
def test_one_reads_as_in_its_list_and_the_look_is_on_record(world: ApiWorld, register: Caller, kind: str) -> None:
    case = world.known()
    key = child(world, case, kind)
    (item,) = register.get(f"{CASES}/{case.pk}/{kind}").json()["items"]
    assert register.get(f"{CASES}/{case.pk}/{kind}/{key}").json() == item
    with as_owner():
        assert Event.objects.get(verb=KINDS[kind]).root == case.pk


@pytest.mark.parametrize("kind", KINDS)
def test_one_is_not_found_for_strangers_nor_under_another_case(
    world: ApiWorld, register: Caller, foreign: Caller, kind: str
) -> None:
    case, other = world.known(), world.known()
    key = child(world, case, kind)
    nothing = register.get(f"{CASES}/{case.pk}/{kind}/{uuid4()}")
    assert nothing.status_code == 404
    for caller, below in ((foreign, case), (register, other)):
        answer = caller.get(f"{CASES}/{below.pk}/{kind}/{key}")
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_a_note_for_another_audience_is_not_there_by_its_key_either(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    with world.ann.acting() as by:
        note = actions.write_note(case=case, text="For Ann", audience="self", by=by, at=world.now)
    hidden = register.get(f"{CASES}/{case.pk}/notes/{note.pk}")
    nothing = register.get(f"{CASES}/{case.pk}/notes/{uuid4()}")
    assert (hidden.status_code, hidden.content) == (404, nothing.content)


def test_an_edit_changes_the_fingerprint_of_a_note(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    address = f"{CASES}/{case.pk}/notes/{child(world, case, 'notes')}"
    first = register.get(address)
    with world.ann.acting() as by:
        note = Note.objects.visible_to(by).get(root=case.pk)
        actions.edit_note(note=note, text="For all, corrected", version=note.version, by=by, at=world.now)
    again = register.get(address, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.json()["version"]) == (200, first.json()["version"] + 1)
