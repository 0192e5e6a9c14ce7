"""Tasks and invitations through their pages, as a browser without scripts sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from cases.models import Case, Task
from tests.cases.cast import CaseWorld
from tests.cases.sending import Browser, address, filled


def task_form(world: CaseWorld, assignee: int, **changes: Any) -> dict[str, Any]:
    due = (world.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    return filled(**{"assignee": assignee, "title": "Hear the driver", "text": "", "due_at": due} | changes)


def test_a_task_goes_from_giver_to_done(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira)

    given = browser(world.ann).post(address("task_add", case), task_form(world, world.mira.membership.group_id))
    assert given.status_code == 302
    with world.mira.acting() as actor:
        task = Task.objects.visible_to(actor).get()
    assert "Hear the driver" in browser(world.mira).get(address("cases_waiting")).content.decode()
    browser(world.mira).post(address("task_acknowledge", case, child=task.pk), filled())
    browser(world.mira).post(address("task_done", case, child=task.pk), filled())

    with world.ann.acting() as actor:
        task = Task.objects.visible_to(actor).get()
    assert task.acknowledged_by == world.mira.membership
    assert task.done_by == world.mira.membership
    assert "Hear the driver" not in browser(world.mira).get(address("cases_waiting")).content.decode()


def test_a_due_time_is_read_in_the_zone_of_its_writer(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.ann.account.time_zone = "Asia/Tokyo"
    world.ann.account.save()

    form = task_form(world, world.ann.membership.group_id, due_at="2030-01-15T09:00")
    browser(world.ann).post(address("task_add", case), form)

    with world.ann.acting() as actor:
        assert Task.objects.visible_to(actor).get().due_at.isoformat() == "2030-01-15T00:00:00+00:00"


def test_a_task_is_not_given_to_somebody_who_does_not_see_the_case(world: CaseWorld, browser: Browser) -> None:
    case = world.open()

    for assignee in (world.stranger.membership.group_id, 0, 10**9):
        answer = browser(world.ann).post(address("task_add", case), task_form(world, assignee))
        assert answer.status_code == 422
        assert "Hear the driver" in answer.content.decode()


def test_a_task_is_acknowledged_and_done_by_its_assignee_alone(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    world.share(case, world.mira)
    browser(world.ann).post(address("task_add", case), task_form(world, world.mira.membership.group_id))
    with world.ann.acting() as actor:
        task = Task.objects.visible_to(actor).get()

    for name in ("task_acknowledge", "task_done"):
        assert browser(world.ann).post(address(name, case, child=task.pk), filled()).status_code == 409
    assert browser(world.mira).post(address("task_withdraw", case, child=task.pk), filled()).status_code == 409


def test_a_partner_is_invited_answers_and_works_on_the_case(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    assert browser(world.mira).get(address("case", case)).status_code == 404
    day = (world.now + timedelta(days=9)).date().isoformat()
    form = filled(partner=str(world.house.partner("MK").pk), purpose="Work together", text="Lorries.", answer_by=day)

    assert browser(world.ann).post(address("case_invite", case), form).status_code == 302

    clerk = browser(world.clerk)
    page = clerk.get(address("invitations")).content.decode()
    assert "Work together" in page
    with world.clerk.acting() as actor:
        invitation = Case._meta.apps.get_model("cases", "Invitation").objects.visible_to(actor).get()
    shown = clerk.get(address("invitation", invitation)).content.decode()
    assert "Lorries." in shown
    assert "Accept" in shown
    assert "Cigarettes" not in shown
    assert str(case.pk) not in shown
    accepted = clerk.post(
        address("invitation_accept", invitation),
        filled(prosecutor=str(world.mira.membership.pk), version=invitation.version),
    )
    assert accepted.status_code == 302
    assert browser(world.clerk).get(address("case", case)).status_code == 404
    miras = browser(world.mira).get(address("invitation", invitation)).content.decode()
    assert address("case", case) in miras
    assert browser(world.mira).get(address("case", case)).status_code == 200


def test_forged_people_cannot_be_named(world: CaseWorld, browser: Browser) -> None:
    invitation = world.invite(world.open())

    for forged in (world.stranger.membership.pk, world.ann.membership.pk, uuid4(), "x"):
        answer = browser(world.clerk).post(
            address("invitation_accept", invitation), filled(prosecutor=str(forged), version=invitation.version)
        )
        assert answer.status_code == 422


def test_an_answered_invitation_is_not_answered_again(world: CaseWorld, browser: Browser) -> None:
    invitation = world.decline(world.invite(world.open()))
    form = filled(prosecutor=str(world.mira.membership.pk), version=invitation.version)

    assert browser(world.clerk).post(address("invitation_accept", invitation), form).status_code == 409


def test_another_reason_to_decline_needs_words(world: CaseWorld, browser: Browser) -> None:
    invitation = world.invite(world.open())

    answer = browser(world.clerk).post(
        address("invitation_decline", invitation), filled(reason="other", text="", version=1)
    )

    assert answer.status_code == 422
