"""What is told: in the transaction of the change, to systems that see the root at its end, of kinds that they subscribed to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases import actions as case_actions
from cases.actions.cases import Facts
from cases.invitations import actions as invitation_actions
from cases.models import Case
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.audit import record
from foundation.tenancy.choices import OfficeKind
from foundation.webhooks import actions, post
from foundation.webhooks.models import Delivery
from tests.bed.sides import as_owner
from tests.webhooks.cast import WebhooksWorld
from wbcj import composition
from wbcj.api import changes

pytestmark = pytest.mark.commits


@pytest.fixture
def world():
    return WebhooksWorld()


def waiting(subscription):
    """What waits to be told: event and root."""
    with as_owner():
        found = Delivery.objects.filter(subscription=subscription, state="waiting").order_by("created_at", "event")
        return list(found.values_list("event", "root"))


def change(world, root, *, by=None, audience=None):
    with (by or world.paul).acting() as actor:
        record.changed("cases.note.added", by=actor, root=root, audience=audience)


def share(world, root, principal):
    with world.paul.acting() as actor:
        return access.grant(by=actor, root_id=root, principal=principal, level=Level.VIEW, reason=Reason.SHARE)


def test_a_change_is_written_with_it_and_with_it_undone(world):
    subscription = world.subscribe("case.changed").subscription
    root = world.root()
    with as_owner():
        Delivery.objects.all().delete()

    with world.paul.acting() as actor:
        record.changed("cases.note.added", by=actor, root=root)
        transaction.set_rollback(True)
    assert waiting(subscription) == []

    change(world, root)
    assert waiting(subscription) == [("case.changed", root)]


def test_many_rows_of_one_transaction_are_told_once_and_many_changes_go_out_as_one(world, receiver):
    world.url = receiver.url
    subscription = world.subscribe("case.changed").subscription
    root = world.root()
    assert waiting(subscription) == [("case.changed", root)], "opened and shared in one transaction"
    change(world, root)
    change(world, root)
    assert len(waiting(subscription)) == 3

    world.later(subscription)
    assert post.deliver_due() == 1

    assert len(receiver.taken) == 1
    assert waiting(subscription) == []


def test_systems_that_do_not_see_the_root_are_told_nothing(world):
    subscription = world.subscribe("case.changed").subscription
    hidden = world.root(shown=False)
    change(world, hidden)
    assert waiting(subscription) == []

    share_id = share(world, hidden, world.register.membership.group_id)
    assert waiting(subscription) == [("case.changed", hidden)], "seen from now on"

    with world.paul.acting() as actor:
        access.revoke(by=actor, share_id=share_id)
    change(world, hidden)
    assert len(waiting(subscription)) == 1


def test_what_is_given_and_taken_in_one_transaction_was_never_there(world):
    subscription = world.subscribe("case.changed").subscription
    hidden = world.root(shown=False)
    with transaction.atomic():
        share_id = share(world, hidden, world.register.membership.group_id)
        with world.paul.acting() as actor:
            access.revoke(by=actor, share_id=share_id)
    assert waiting(subscription) == []


@pytest.mark.parametrize("through", ["authority", "partner", "office"])
def test_a_system_is_told_through_everything_that_it_belongs_to(world, through):
    member = world.register.membership
    office = world.house.office(OfficeKind.COORDINATOR, "P")
    world.house.member(world.register.account, "P", member.role, offices=())
    groups = {
        "authority": member.authority.group_id,
        "partner": member.authority.partner.group_id,
        "office": office.group_id,
    }
    if through == "office":
        world.register = world.house.system("Desk of P", "P", offices=(OfficeKind.COORDINATOR,))
    subscription = world.subscribe("case.changed").subscription
    root = world.root(shown=False)
    share(world, root, groups[through])
    assert waiting(subscription) == [("case.changed", root)]


def test_a_row_for_few_is_written_for_them_alone(world):
    subscription = world.subscribe("case.changed").subscription
    root = world.root()
    with as_owner():
        Delivery.objects.all().delete()
    change(world, root, audience=world.paul.membership.group_id)
    assert waiting(subscription) == []
    change(world, root, audience=world.register.membership.authority.group_id)
    assert waiting(subscription) == [("case.changed", root)]


def test_kinds_that_are_not_subscribed_paused_and_ended_ones_get_nothing(world):
    meetings = world.subscribe("meeting.changed").subscription
    paused = world.subscribe("case.changed", url="https://127.0.0.1:9/paused").subscription
    ended = world.subscribe("case.changed", url="https://127.0.0.1:9/ended").subscription
    world.do(actions.pause, paused)
    world.do(actions.end, ended)
    change(world, world.root())
    assert [waiting(each) for each in (meetings, paused, ended)] == [[], [], []]


def test_an_end_of_the_system_is_an_end_of_telling(world):
    subscription = world.subscribe("case.changed").subscription
    root = world.root()
    world.end(world.register.membership)
    with as_owner():
        Delivery.objects.all().delete()
    change(world, root)
    assert waiting(subscription) == []


def test_an_invitation_of_another_partner_is_received_and_later_changes_are_changes(world):
    """The register of P holds the office of its coordinator, to whom invitations come."""
    desk = world.house.system("Desk of P", "P", offices=(OfficeKind.COORDINATOR,))
    world.register = desk
    both = world.subscribe("invitation.received", "invitation.changed").subscription
    changes = world.subscribe("invitation.changed", url="https://127.0.0.1:9/changes").subscription
    quentin = world.house.person("Quentin", "Q")
    with quentin.acting() as by:
        facts = Facts(
            title="Forged permits", summary="Two towns.", stage="investigation", urgency="normal", handling=["H0"]
        )
        case = case_actions.open_case(facts=facts, by=by, at=world.now)
        case = case_actions.submit(case=case, version=case.version, by=by, at=world.now)
    with quentin.acting() as by:
        invitation = invitation_actions.invite(
            case=Case.objects.visible_to(by).get(pk=case.pk), partner=world.house.partner("P"), purpose="Work together",
            text="Come.", answer_until=world.now + timedelta(days=9), by=by, at=world.now,
        )  # fmt: skip

    assert waiting(both) == [("invitation.received", invitation.pk)]
    assert waiting(changes) == [("invitation.changed", invitation.pk)]
    with quentin.acting() as by:
        invitation_actions.withdraw(invitation=invitation, version=invitation.version, by=by, at=world.now)
    assert [event for event, _root in waiting(both)] == ["invitation.received", "invitation.changed"]


def test_a_change_takes_no_statement_more_whether_anybody_is_told_or_not(world):
    root = world.root()

    def statements():
        with CaptureQueriesContext(connection) as captured:
            change(world, root)
        return len(captured)

    before = statements()
    subscription = world.subscribe("case.changed").subscription
    assert statements() == before
    assert len(waiting(subscription)) == 1


def test_every_kind_of_record_that_systems_read_can_be_told_and_leads_to_where_it_is_read():
    kinds = {event.partition(".")[0] for event in composition.EVENTS if event.endswith(".changed")}
    assert kinds == set(composition.ADDRESSES) == set(changes.KINDS)
    assert kinds <= set(composition.READ_AT)


def test_two_writers_of_one_record_wait_for_nobody(world):
    """Both tell of the same root in open transactions at once: neither waits for the other's delivery."""
    subscription = world.subscribe("case.changed").subscription
    root = world.root()
    with as_owner():
        Delivery.objects.all().delete()
    other = connection.copy()
    try:
        with other.cursor() as cursor, transaction.atomic():
            change(world, root)
            with connection.cursor() as own:
                own.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.WBCJ_OWNER_ROLE)}")
            cursor.execute("SET lock_timeout = '500ms'")
            cursor.execute("SELECT access_changed(%s, NULL, NULL, NULL)", [root])
        assert len(waiting(subscription)) == 2
    finally:
        other.close()


def test_a_share_that_a_reader_gets_by_itself_is_seen_in_the_ledger(world):
    """The received event rests on the instant of a share being that of its transaction."""
    root = world.root()
    with world.paul.acting() as actor, connection.cursor() as cursor:
        share(world, root, world.olga.membership.group_id)
        cursor.execute("SELECT now()")
        (began,) = cursor.fetchone()
        granted = Share.objects.visible_to(actor).get(root_id=root, principal=world.olga.membership.group_id).granted_at
    assert granted == began
