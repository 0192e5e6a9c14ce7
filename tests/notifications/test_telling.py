"""Who is told, and what leaves the house by mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import inbox, kinds, tasks
from foundation.notifications.models import Delivery, Notice, State

HINT = kinds.declare("tests.telling.hinted", "Something happened.", urgent=True)


def give(by, person, root_id):
    with by.acting() as actor:
        group = person.membership.group_id
        return access.grant(by=actor, root_id=root_id, principal=group, level=Level.VIEW, reason=Reason.SHARE)


def tell(by, root_id, *principals):
    with by.acting() as actor:
        at = timezone.now() - timedelta(minutes=1)
        return inbox.tell(kind=HINT, root_id=root_id, principals=principals, by=actor, at=at)


def lines_of(person):
    with person.acting() as actor:
        return inbox.lines(actor)


def send_all():
    """Deliver what is due; how each delivery stands afterwards."""
    tasks.deliver()
    return list(Delivery.objects.order_by("created_at").values_list("state", "outcome"))


def test_of_a_whole_partner_only_those_are_told_who_see_it(ann, bob, house, meeting):
    eve = house.person("Eve", "RS")
    give(ann, bob, meeting)

    told = tell(ann, meeting, bob.membership.authority.partner.group_id)

    assert told == 1
    assert [line.root.reference for line in lines_of(bob)] == ["M-2026-KRONOS"]
    assert lines_of(eve) == []


def test_whoever_acts_is_not_told_of_it(ann, meeting):
    assert tell(ann, meeting, ann.membership.group_id) == 0


def test_somebody_in_two_of_the_principals_is_told_once(ann, bob, meeting):
    give(ann, bob, meeting)

    assert tell(ann, meeting, bob.membership.group_id, bob.membership.authority.group_id) == 1


def test_a_stranger_tells_nobody_of_it(ann, bob, meeting):
    with pytest.raises(DatabaseError), transaction.atomic():
        tell(bob, meeting, ann.membership.group_id)

    assert lines_of(ann) == []


def test_the_mail_carries_a_sentence_and_a_link_and_no_case_content(ann, bob, meeting, settings):
    give(ann, bob, meeting)
    tell(ann, meeting, bob.membership.group_id)

    assert send_all() == [("sent", "end")]

    (message,) = mail.outbox
    everything = f"{message.subject}\n{message.message().as_string()}\n{message.body}"
    assert message.to == [bob.account.email]
    assert f"{settings.WBCJ_ADDRESS}/r/{meeting}/" in message.body
    assert "Something happened." in message.body
    for secret in ("KRONOS", "Kronos", "Ann"):
        assert secret not in everything


def test_a_mail_is_sent_once_however_often_its_work_runs(ann, bob, meeting):
    give(ann, bob, meeting)
    tell(ann, meeting, bob.membership.group_id)

    send_all()
    send_all()

    assert len(mail.outbox) == 1


def test_a_mail_that_staff_send_again_carries_the_same_message_id(ann, bob, meeting):
    give(ann, bob, meeting)
    tell(ann, meeting, bob.membership.group_id)
    send_all()
    Delivery.objects.update(state=State.WAITING, ended_at=None)

    send_all()

    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == second
    assert first.endswith("@localhost>")


def test_no_mail_is_sent_about_what_was_read_meanwhile(ann, bob, meeting):
    give(ann, bob, meeting)
    tell(ann, meeting, bob.membership.group_id)
    with bob.acting() as actor:
        inbox.mark_read(by=actor, at=timezone.now())

    assert send_all() == [("off", "read already")]
    assert mail.outbox == []


def test_no_mail_is_sent_about_what_is_not_visible_any_more(ann, bob, meeting):
    share = give(ann, bob, meeting)
    tell(ann, meeting, bob.membership.group_id)
    with ann.acting() as actor:
        access.revoke(by=actor, share_id=share)

    assert send_all() == [("off", "not visible any more")]
    assert mail.outbox == []


def test_no_mail_is_sent_to_somebody_whose_membership_ended(ann, bob, meeting):
    give(ann, bob, meeting)
    tell(ann, meeting, bob.membership.group_id)
    bob.membership.ends_at = timezone.now() - timedelta(seconds=1)
    bob.membership.save(update_fields=["ends_at"])

    assert send_all() == [("off", "no longer entitled")]
    assert mail.outbox == []


def test_marking_one_root_read_leaves_the_others_new(ann, bob, meeting):
    with ann.acting() as actor:
        other = access.open_root(by=actor, kind="meeting", reference="M-2", title="Other")
    for key in (meeting, other):
        give(ann, bob, key)
        tell(ann, key, bob.membership.group_id)

    with bob.acting() as actor:
        inbox.mark_read(by=actor, at=timezone.now(), root_id=meeting)
        assert [notice.root for notice in Notice.objects.visible_to(actor).unread()] == [other]
