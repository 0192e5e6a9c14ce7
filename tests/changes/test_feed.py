"""What the feed tells: what changed, what came into sight, what is gone, each to whoever it concerns and to nobody else."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import actions
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.sharing import actions as sharing
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Capacity, OfficeKind
from foundation.tenancy.models import OfficeHolder
from tests.api.cast import Caller
from tests.bed.sides import as_owner
from tests.changes.follower import CHANGES, Follower

pytestmark = pytest.mark.commits
# Each page: the token, who acts, how far, the rows, what ended, what is seen, what is gone, the record.
BUDGET = 9


def share(world, case, principal, until=None, level=Level.VIEW):
    with world.ann.acting() as by:
        return access.grant(by=by, root_id=case.pk, principal=principal, level=level, reason=Reason.SHARE, until=until)


def revoke(world, share_id):
    with world.ann.acting() as by:
        access.revoke(by=by, share_id=share_id)


def own(person):
    return person.membership.group_id


def appoint(person, office, **periods):
    now = timezone.now()
    given = {"starts_at": now, "proposed_at": now, "confirmed_at": now, "founding": True, **periods}
    with as_owner():
        return OfficeHolder.objects.create(
            office=office, membership=person.membership, capacity=Capacity.HOLDER, **given
        )


def test_the_first_call_begins_with_everything_that_is_seen(world):
    cases = [world.known(title=f"Case {number}") for number in range(7)]
    world.open(title="Not for the register")
    follower = Follower(Caller(world.grant().secret), limit=3)
    told = follower.follow()
    assert sorted(item["id"] for item in told) == sorted(str(case.pk) for case in cases)
    assert follower.caller.get(told[0]["url"]).json()["id"] == told[0]["id"]
    assert follower.told() == []


def test_a_change_is_told_once_with_its_instant(world, register):
    case = world.known()
    assert register.told() == [(str(case.pk), False)]
    before = timezone.now()
    with world.ann.acting() as by:
        actions.write_note(case=case, text="For all", audience="everyone", by=by, at=timezone.now())
    (item,) = register.follow()
    assert (item["id"], item["kind"], item["gone"]) == (str(case.pk), "case", False)
    assert before.isoformat() <= item["changed_at"].replace("Z", "+00:00")
    assert register.told() == []


def test_children_mark_their_record_and_many_changes_are_one_line(world, register):
    case = world.known()
    register.follow()
    with world.ann.acting() as by:
        for number in range(3):
            actions.write_note(case=case, text=f"Note {number}", audience="everyone", by=by, at=timezone.now())
        actions.give_task(
            case=case, assignee=own(world.ann), title="Call", text="", due_at=timezone.now() + timedelta(days=1),
            by=by, at=timezone.now(),
        )  # fmt: skip
        actions.record_proceeding(
            case=case, authority=world.ann.membership.authority, stage="trial", opened_date=None,
            state_of_play="Heard.", by=by, at=timezone.now(),
        )  # fmt: skip
    assert register.told() == [(str(case.pk), False)]


def test_what_only_another_audience_may_know_of_is_no_change(world, register):
    case = world.known()
    register.follow()
    before = register.caller.get(f"{CHANGES}?after={register.place}").content
    with world.ann.acting() as by:
        actions.write_note(case=case, text="For Ann alone", audience="self", by=by, at=timezone.now())
    assert register.caller.get(f"{CHANGES}?after={register.place}").content == before
    (item,) = Follower(Caller(world.grant().secret)).follow()
    assert item["changed_at"] < timezone.now().isoformat()
    with world.ann.acting() as by:
        actions.write_note(case=case, text="For the partner", audience="partner", by=by, at=timezone.now())
    assert register.told() == [(str(case.pk), False)]


def test_nothing_that_a_stranger_does_can_be_read_byte_for_byte(world, register, foreign):
    case = world.known()
    answers = {foreign.caller.get(f"{CHANGES}?after={foreign.place}").content}
    with world.ann.acting() as by:
        actions.write_note(case=case, text="For all", audience="everyone", by=by, at=timezone.now())
    answers.add(foreign.caller.get(f"{CHANGES}?after={foreign.place}").content)
    share_id = share(world, case, own(world.mira), until=timezone.now() + timedelta(seconds=0.3))
    answers.add(foreign.caller.get(f"{CHANGES}?after={foreign.place}").content)
    time.sleep(0.4)
    revoke(world, share_id)
    answers.add(foreign.caller.get(f"{CHANGES}?after={foreign.place}").content)
    assert len(answers) == 1
    assert str(case.pk) not in str(answers)
    assert Follower(foreign.caller).follow() == []


def ends_by_revoking(world, case):
    share_id = share(world, case, own(world.register))
    yield
    revoke(world, share_id)


def ends_by_the_clock(world, case):
    share(world, case, own(world.register), until=timezone.now() + timedelta(seconds=1))
    yield
    time.sleep(1.1)


def ends_with_an_office(world, case):
    office = world.house.office(OfficeKind.COORDINATOR, "AL")
    holder = appoint(world.register, office)
    share(world, case, office.group_id)
    yield
    with as_owner():
        OfficeHolder.objects.filter(pk=holder.pk).update(ends_at=timezone.now())


def ends_with_an_office_by_the_clock(world, case):
    office = world.house.office(OfficeKind.COORDINATOR, "AL")
    appoint(world.register, office, ends_at=timezone.now() + timedelta(seconds=1))
    share(world, case, office.group_id)
    yield
    time.sleep(1.1)


def ends_for_the_whole_partner(world, case):
    share_id = share(world, case, world.register.membership.authority.partner.group_id)
    yield
    with world.ann.acting() as by:
        sharing.revoke(root_id=case.pk, share_id=share_id, by=by, at=timezone.now())


def ends_by_leaving(world, case):
    share_id = share(world, case, own(world.register))
    yield
    with world.register.acting() as by:
        access.revoke(by=by, share_id=share_id)


ENDS = (
    ends_by_revoking, ends_by_the_clock, ends_with_an_office, ends_with_an_office_by_the_clock, ends_for_the_whole_partner,
    ends_by_leaving,
)  # fmt: skip


@pytest.mark.parametrize("ending", ENDS, ids=lambda ending: ending.__name__)
def test_what_is_seen_no_more_is_gone_and_why_is_not_told(world, register, ending):
    case = world.open()
    story = ending(world, case)
    next(story)
    register.follow()
    assert set(register.held) == {str(case.pk)}
    assert next(story, "over") == "over"
    assert register.follow() == [{"id": str(case.pk), "kind": "case", "url": None, "changed_at": None, "gone": True}]
    assert register.caller.get(f"/api/v1/cases/{case.pk}").status_code == 404
    with world.ann.acting() as by:
        actions.write_note(case=case, text="For all", audience="everyone", by=by, at=timezone.now())
    assert register.follow() == [], "what happens to it later is not told"


def test_what_was_never_seen_is_never_gone(world, register):
    case = world.open()
    office = world.house.office(OfficeKind.COORDINATOR, "AL")
    revoke(world, share(world, case, office.group_id))
    appoint(world.register, office)
    assert register.told() == []


def test_what_an_office_sees_comes_into_sight_with_it(world, register):
    office = world.house.office(OfficeKind.COORDINATOR, "AL")
    cases = [world.open(title=f"Case {number}") for number in range(5)]
    for case in cases:
        share(world, case, office.group_id)
    register.limit = 2
    assert register.told() == []
    appoint(world.register, office)
    assert {key for key, gone in register.told() if not gone} == {str(case.pk) for case in cases}
    assert register.told() == []


def test_a_share_that_ends_tells_nothing_where_another_stands(world, register):
    case = world.known()
    share(world, case, world.register.membership.authority.group_id, until=timezone.now() + timedelta(seconds=0.5))
    register.follow()
    time.sleep(0.6)
    assert register.told() == []


def test_what_the_token_is_not_for_is_not_in_its_feed(world):
    case = world.known()
    invitation = world.invite(case)
    with world.clerk.acting() as by:
        access.grant(by=by, root_id=invitation.pk, principal=own(world.register), level=Level.VIEW, reason=Reason.SHARE)
    for scopes, kinds in (
        ((Scope.CASES_READ,), ["case"]),
        ((Scope.INVITATIONS_READ,), ["invitation"]),
        ((Scope.CASES_READ, Scope.INVITATIONS_READ), ["case", "invitation"]),
    ):
        follower = Follower(Caller(world.grant(scopes=scopes).secret))
        assert sorted(item["kind"] for item in follower.follow()) == kinds
    answer = Caller(world.grant(scopes=(Scope.PARTNERS_READ,)).secret).get(CHANGES)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:wbcj:problem:scope-missing")


def test_a_look_at_the_feed_is_on_record_with_what_it_told_and_is_no_change(world, register):
    case = world.known()
    register.follow()
    with as_owner():
        event = Event.objects.filter(verb="api.changes.viewed").latest("at")
        assert (event.roots, event.membership) == ([case.pk], world.register.membership.pk)
    register.caller.get(f"/api/v1/cases/{case.pk}")
    assert register.told() == []


def test_a_page_keeps_to_its_budget_however_much_it_tells(world, register):
    for number in range(6):
        revoke(world, share(world, world.open(title=f"Case {number}"), own(world.register)))
        world.known(title=f"Known {number}")
    with CaptureQueriesContext(connection) as captured:
        (page,) = register.pages()
    assert len(page["items"]) == 12
    assert len(captured) <= BUDGET


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_small_pages_tell_as_much(world, register, limit):
    cases = [world.known(title=f"Case {number}") for number in range(7)]
    for case in cases[:3]:
        with as_owner():
            share_id = Share.objects.get(root_id=case.pk, principal_id=own(world.register)).pk
        revoke(world, share_id)
    register.limit = limit
    pages = list(register.pages())
    assert all(len(page["items"]) <= limit for page in pages)
    assert set(register.held) == {str(case.pk) for case in cases[3:]}


def test_an_unknown_key_is_no_place_and_no_instant(world, register):
    for query in (f"after={uuid4()}", "after=%00", "after=" + "x" * 2000, "updated_since=yesterday", "updated_since="):
        assert register.caller.get(f"{CHANGES}?{query}").status_code == 422
