"""Every kind of reminder from its date to the inbox: through actions, for the right people, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from contactgroup import actions as group_actions
from contactgroup.models import Nomination, VotingRound
from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import inbox
from foundation.notifications import kinds as notice_kinds
from foundation.notifications.reminders import kinds, sweeping
from foundation.notifications.reminders.models import Holiday, Outcome, Reminder, WorkingHours
from foundation.tenancy.choices import Role
from meetings import actions as meeting_actions
from meetings.models import Meeting
from tests.bed.sides import as_owner
from tests.cases.cast import CaseWorld
from tests.contactgroup.conftest import World
from tests.people import Person

DAYS = 8.0


@dataclass
class Stage:
    """Both casts, and every kind planned up to its horizon, when every day is a working day."""

    group: World
    casework: CaseWorld
    now: datetime


@pytest.fixture
def stage(db: None) -> Stage:
    WorkingHours.objects.update(days=[1, 2, 3, 4, 5, 6, 7])
    Holiday.objects.all().delete()
    group = World()
    casework = CaseWorld()
    casework.house = group.house
    now = group.now
    sweeping.plan(clock=lambda: now)
    return Stage(group, casework, now)


def plan(stage: Stage) -> None:
    sweeping.plan(clock=lambda: stage.now)


def of(kind: str, obligation: UUID, person: Person | None = None, *, waiting: bool = True) -> list[Reminder]:
    rows = Reminder.objects.filter(kind=kind, obligation=obligation).order_by("given_at")
    rows = rows.filter(ended_at__isnull=True) if waiting else rows
    return list(rows if person is None else rows.filter(membership=person.membership.pk))


def people(kind: str, obligation: UUID) -> set[UUID]:
    return {row.membership for row in of(kind, obligation)}


def given(kind: str, obligation: UUID, person: Person) -> list[str]:
    """Let the first reminder of this person come due; what the inbox says then."""
    first = of(kind, obligation, person)[0]
    sweeping.sweep(clock=lambda: first.given_at)
    with person.acting() as actor:
        return [line.sentence for line in inbox.lines(actor) if line.notice.due_at is not None]


def sentence(kind: str) -> str:
    return notice_kinds.sentence(kind)


def called(stage: Stage, *, days: float = DAYS, until: float | None = None) -> Meeting:
    starts = stage.now + timedelta(days=days)
    with stage.group.desk.acting() as by:
        return meeting_actions.call(
            title="18th Contact Group meeting",
            starts_at=starts,
            ends_at=starts + timedelta(hours=6),
            nominations_until=None if until is None else stage.now + timedelta(days=until),
            place="Skopje",
            mode="hybrid",
            by=by,
            at=stage.now,
        )


def moved(stage: Stage, meeting: Meeting, days: float) -> Meeting:
    with stage.group.desk.acting() as by:
        return meeting_actions.change(
            meeting=meeting,
            title="18th Contact Group meeting",
            starts_at=meeting.starts_at + timedelta(days=days),
            ends_at=meeting.ends_at + timedelta(days=days),
            place="Skopje",
            mode="hybrid",
            version=meeting.version,
            by=by,
            at=stage.now,
        )


def test_a_meeting_reminds_whoever_is_called_and_moves_and_is_cancelled(stage):
    kind, (first, second) = "meetings.meeting.near", list(stage.group.members.values())[:2]
    meeting = called(stage)
    plan(stage)
    assert {first.membership.pk, second.membership.pk, stage.group.desk.membership.pk} <= people(kind, meeting.pk)
    assert stage.group.belgrade.membership.pk not in people(kind, meeting.pk)

    meeting = moved(stage, meeting, 2)
    plan(stage)
    assert {row.due_at for row in of(kind, meeting.pk)} == {meeting.starts_at}
    assert given(kind, meeting.pk, first) == [sentence(kind)]

    with stage.group.desk.acting() as by:
        meeting_actions.cancel(meeting=meeting, reason="Strike", version=meeting.version, by=by, at=stage.now)
    plan(stage)
    assert of(kind, meeting.pk) == []
    assert {row.outcome for row in of(kind, meeting.pk, second, waiting=False)} <= {Outcome.FINISHED, Outcome.GIVEN}


def test_a_nomination_deadline_reminds_the_seats_alone(stage):
    kind, seats = "contactgroup.nominations.due", {p.membership.pk for p in stage.group.members.values()}
    desk = stage.group.desk
    meeting = called(stage, days=12, until=DAYS)

    plan(stage)

    assert people(kind, meeting.pk) == seats
    assert desk.membership.pk not in seats
    assert given(kind, meeting.pk, stage.group.members["RS"]) == [sentence(kind)]


def open_vote(stage: Stage) -> tuple[Nomination, VotingRound]:
    group = stage.group
    group.members  # noqa: B018 - the seats are taken before anybody nominates
    nomination = group.nominate(group.case())
    group.as_desk(group_actions.put_on_agenda, nomination, meeting=group.meeting())
    nomination = group.as_desk(group_actions.open_voting, nomination, closes_at=stage.now + timedelta(days=DAYS))
    with group.desk.acting() as by:
        return nomination, VotingRound.objects.visible_to(by).of(nomination.pk).get()


def test_an_open_vote_reminds_the_seats_that_have_not_voted(stage):
    kind, group = "contactgroup.vote.ending", stage.group
    nomination, current = open_vote(stage)
    plan(stage)
    assert people(kind, current.pk) == {group.members[code].membership.pk for code in ("AL", "MK")}

    group.vote(nomination, AL="for")
    plan(stage)

    assert people(kind, current.pk) == {group.members["MK"].membership.pk}
    assert given(kind, current.pk, group.members["MK"]) == [sentence(kind)]
    with group.members["RS"].acting() as belgrade:
        assert [line for line in inbox.lines(belgrade) if line.notice.root == nomination.pk] == []


def test_a_vote_that_was_closed_reminds_nobody(stage):
    _nomination, current = open_vote(stage)
    plan(stage)

    stage.group.as_desk(group_actions.close_voting, _nomination)
    plan(stage)

    assert {row.outcome for row in of("contactgroup.vote.ending", current.pk, waiting=False)} == {Outcome.FINISHED}


def test_an_invitation_reminds_the_coordinator_until_it_is_answered(stage):
    kind, world = "cases.invitation.due", stage.casework
    invitation = world.invite(world.selected())
    plan(stage)
    assert world.clerk.membership.pk in people(kind, invitation.pk)
    assert world.stranger.membership.pk not in people(kind, invitation.pk)
    assert given(kind, invitation.pk, world.clerk) == [sentence(kind)]

    world.accept(invitation)
    plan(stage)

    assert of(kind, invitation.pk) == []


@pytest.fixture
def administrator(stage: Stage) -> Person:
    return stage.group.house.person("Admin", "AL", Role.PARTNER_ADMINISTRATOR)


def ends(person: Person, at: datetime) -> None:
    with as_owner():
        person.membership.ends_at = at
        person.membership.save(update_fields=["ends_at"])


def test_a_membership_that_ends_reminds_its_person_and_the_administrators_of_its_partner(stage, administrator):
    kind, person = "partners.membership.ending", stage.group.tirana
    other = stage.group.house.person("Other", "MK", Role.PARTNER_ADMINISTRATOR)
    ends(person, stage.now + timedelta(days=DAYS))

    plan(stage)

    assert people(kind, person.membership.pk) == {person.membership.pk, administrator.membership.pk}
    assert other.membership.pk not in people(kind, person.membership.pk)
    assert given(kind, person.membership.pk, administrator) == [sentence(kind)]
    with administrator.acting() as actor:
        (line,) = [line for line in inbox.lines(actor) if line.notice.kind == kind]
        assert line.url == reverse("profile")


def test_an_appointment_to_an_office_that_ends_reminds_its_holder(stage, administrator):
    kind, member = "partners.office.ending", stage.group.members["AL"]
    held = member.membership.offices_held.get()
    with as_owner():
        held.ends_at = stage.now + timedelta(days=DAYS)
        held.save(update_fields=["ends_at"])

    plan(stage)

    assert people(kind, held.pk) == {member.membership.pk, administrator.membership.pk}
    assert given(kind, held.pk, member) == [sentence(kind)]


def share(stage: Stage, days: float | None) -> UUID:
    world = stage.casework
    case = world.open()
    with world.ann.acting() as actor:
        return access.grant(
            by=actor,
            root_id=case.pk,
            principal=world.bob.membership.group_id,
            level=Level.VIEW,
            reason=Reason.SHARE,
            until=None if days is None else stage.now + timedelta(days=days),
        )


def test_a_share_that_ends_reminds_its_receiver_and_a_revoked_one_does_not(stage):
    kind, world = "sharing.share.ending", stage.casework
    key = share(stage, DAYS)
    plan(stage)
    assert people(kind, key) == {world.bob.membership.pk}
    assert given(kind, key, world.bob) == [sentence(kind)]

    with world.ann.acting() as actor:
        access.revoke(by=actor, share_id=key)
    plan(stage)

    assert of(kind, key) == []


def test_a_share_beside_which_a_longer_one_stands_ends_without_a_word(stage):
    kind, world = "sharing.share.ending", stage.casework
    key = share(stage, DAYS)
    plan(stage)
    with world.ann.acting() as actor:
        (root,) = access.models.Share.objects.visible_to(actor).filter(pk=key).values_list("root_id", flat=True)
        access.grant(
            by=actor,
            root_id=root,
            principal=world.bob.membership.authority.group_id,
            level=Level.VIEW,
            reason=Reason.SHARE,
        )

    assert given(kind, key, world.bob) == []


def test_every_kind_tells_the_dates_of_one_actor_in_a_window(stage):
    """What calendar feeds show, and home pages: the same questions."""
    meeting = called(stage, days=12, until=DAYS)
    member, stranger = stage.group.members["RS"], stage.group.belgrade
    window = {"after": stage.now, "until": stage.now + timedelta(days=30)}

    with member.acting() as actor:
        dates = kinds.standing_dates(actor, stage.now, **window)
    with stranger.acting() as actor:
        nothing = kinds.standing_dates(actor, stage.now, **window)

    assert [(date.kind.name, date.obligation, date.due_at) for date in dates] == [
        ("contactgroup.nominations.due", meeting.pk, meeting.nominations_until),
        ("meetings.meeting.near", meeting.pk, meeting.starts_at),
    ]
    assert nothing == []


def test_all_kinds_of_the_issue_are_there():
    assert {kind.name for kind in kinds.every()} == {
        "cases.invitation.due",
        "cases.task.due",
        "contactgroup.nominations.due",
        "contactgroup.vote.ending",
        "jits.task.due",
        "meetings.meeting.near",
        "partners.membership.ending",
        "partners.office.ending",
        "sharing.share.ending",
        "systems.token.expiring",
    }
