"""Subscribe the systems of one's own partner to events, change the secret, pause, end, and send again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.systems.actions import OVERLAP, not_at_work
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from foundation.webhooks import destinations, events, signing
from foundation.webhooks.destinations import Why
from foundation.webhooks.models import ENDED, Delivery, State, Subscription
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

AT_MOST = 3
"""Addresses of one system."""
RESOLVED_WITHIN = 3.0
"""Seconds that a name has to be found when somebody subscribes."""


class UnableToSubscribe(Refusal):
    """The address, or its use for this system, is refused; the message is fit for the user."""


class UnableToChange(Refusal):
    """The subscription is in no state for this; the message is fit for the user."""


class UnableToSend(Refusal):
    """This delivery cannot be sent now; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Subscribed:
    """A subscription with its new secret: nobody is shown that again."""

    subscription: Subscription
    secret: str = field(repr=False)


@action
def subscribe(*, by: Actor, at: datetime, membership_id: UUID, url: str, chosen: Collection[str]) -> Subscribed:
    """Tell a system of the actor's own partner of these kinds of events, at an https address of the public internet.

    Who may: the partner's administrators. Raises Forbidden, Membership.DoesNotExist for what is no system of that partner,
    UnableToSubscribe.
    """
    access.require(by, SystemPermission.ADMINISTER)
    system = Membership.objects.systems_of(by.partner_id).get(pk=membership_id)
    against = not_at_work(system, at) or _against(url)
    if against:
        raise UnableToSubscribe(against)
    wanted = events.known(chosen)
    if not wanted or len(wanted) != len(set(chosen)):
        raise UnableToSubscribe(_("Choose of what the system is told."))
    _with_room(by, system.pk, url)
    subscription = Subscription(
        membership_id=system.pk, url=url, events=wanted, granted_at=at, granted_by_id=by.membership_id
    )
    secret = _give_secret(subscription)
    subscription.save(force_insert=True)
    record.happened("webhooks.subscription.made", by=by, root=subscription.pk)
    return Subscribed(subscription=subscription, secret=secret)


def _against(url: str) -> str:
    """Why nothing is sent to this address, in a sentence for the user; empty where something is."""
    try:
        destinations.resolved(destinations.read(url), seconds=RESOLVED_WITHIN)
    except destinations.Refused as refused:
        return {
            Why.NO_ADDRESS: _("Write a whole address that begins with https://, without a user name and without #."),
            Why.UNKNOWN: _("No address is known for this name. Check how it is written."),
            Why.NOT_PUBLIC: _(
                "This address is inside a network. Only addresses on the public internet are told of anything."
            ),
        }[refused.why]
    return ""


def _with_room(by: Actor, membership_id: UUID, url: str) -> None:
    """One at a time, so that two at once are not one too many. Raises UnableToSubscribe."""
    access.one_at_a_time(f"webhooks:{membership_id}")
    standing = list(
        Subscription.objects.visible_to(by).of_system(membership_id).standing().values_list("url", flat=True)
    )
    if url in standing:
        raise UnableToSubscribe(_("This address is subscribed already."))
    if len(standing) >= AT_MOST:
        raise UnableToSubscribe(_("A system has three addresses at most. End one of them first."))


def _give_secret(subscription: Subscription) -> str:
    secret = signing.made()
    kept = signing.keep(secret, subscription.pk)
    subscription.secret, subscription.master = kept.wrapped, kept.master
    return signing.spelled(secret)


@action
def rotate(*, by: Actor, at: datetime, subscription_id: UUID, overlap: timedelta) -> Subscribed:
    """Give a subscription a new secret; deliveries are signed with the old one as well for the overlap, at most seven days.

    Who may: the partner's administrators. Raises Forbidden, Subscription.DoesNotExist, UnableToChange.
    """
    subscription = _standing(by, subscription_id)
    if not timedelta(0) <= overlap <= OVERLAP:
        raise UnableToChange(_("Both secrets sign side by side for seven days at most."))
    former = (subscription.secret, subscription.master, at + overlap) if overlap else (None, "", None)
    subscription.former_secret, subscription.former_master, subscription.former_until = former
    secret = _give_secret(subscription)
    subscription.save(update_fields=["secret", "master", "former_secret", "former_master", "former_until"])
    record.happened("webhooks.subscription.rotated", by=by, root=subscription.pk)
    return Subscribed(subscription=subscription, secret=secret)


@action
def pause(*, by: Actor, at: datetime, subscription_id: UUID) -> Subscription:
    """Write and send nothing until somebody resumes it; what waits is dropped. Who may: the partner's administrators.

    Raises Forbidden, Subscription.DoesNotExist, UnableToChange.
    """
    subscription = _standing(by, subscription_id)
    if not subscription.works:
        raise UnableToChange(_("This subscription does not work at present."))
    subscription.paused_at = at
    subscription.save(update_fields=["paused_at"])
    _drop(subscription, at, "paused")
    record.happened("webhooks.subscription.paused", by=by, root=subscription.pk)
    return subscription


@action
def resume(*, by: Actor, at: datetime, subscription_id: UUID) -> Subscription:
    """Let a paused subscription, or one that was switched off, work again from now on.

    Who may: the partner's administrators. Raises Forbidden, Subscription.DoesNotExist, UnableToChange.
    """
    subscription = _standing(by, subscription_id)
    if subscription.works:
        raise UnableToChange(_("This subscription works already."))
    against = not_at_work(subscription.membership, at) or _against(subscription.url)
    if against:
        raise UnableToChange(against)
    subscription.paused_at, subscription.off_at, subscription.off_why = None, None, ""
    subscription.failing_since, subscription.failures, subscription.quiet_until = None, 0, None
    subscription.save(update_fields=["paused_at", "off_at", "off_why", "failing_since", "failures", "quiet_until"])
    record.happened("webhooks.subscription.resumed", by=by, root=subscription.pk)
    return subscription


@action
def end(*, by: Actor, at: datetime, subscription_id: UUID) -> Subscription:
    """End a subscription for ever; what waits is dropped. Who may: the partner's administrators.

    Raises Forbidden, Subscription.DoesNotExist, UnableToChange.
    """
    subscription = _standing(by, subscription_id)
    subscription.revoked_at, subscription.revoked_by_id = at, by.membership_id
    subscription.save(update_fields=["revoked_at", "revoked_by"])
    _drop(subscription, at, "ended")
    record.happened("webhooks.subscription.ended", by=by, root=subscription.pk)
    return subscription


@action
def send_test(*, by: Actor, at: datetime, subscription_id: UUID) -> Delivery:
    """Send a ``test.sent`` about the subscription itself. Who may: the partner's administrators.

    Raises Forbidden, Subscription.DoesNotExist, UnableToChange, UnableToSend (a test is on its way).
    """
    subscription = _standing(by, subscription_id)
    if not subscription.works:
        raise UnableToChange(_("This subscription does not work at present. Resume it first."))
    if subscription.deliveries.filter(event=events.TEST).exclude(state__in=ENDED).exists():
        raise UnableToSend(_("A test is on its way already."))
    delivery = Delivery.objects.create(
        subscription=subscription, event=events.TEST, kind=events.OF_A_TEST, created_at=at, due_at=at
    )
    record.happened("webhooks.test.asked", by=by, root=subscription.pk)
    return delivery


@action
def send_again(*, by: Actor, at: datetime, delivery_id: UUID) -> Delivery:
    """Let a delivery that has ended go out again, under the same ``webhook-id``; whether the system sees its root is asked again.

    Who may: the partner's administrators. Raises Forbidden, Delivery.DoesNotExist, UnableToChange, UnableToSend.
    """
    access.require(by, SystemPermission.ADMINISTER)
    # The subscription is locked first, as wherever both are.
    if not _standing(by, Delivery.objects.visible_to(by).get(pk=delivery_id).subscription_id).works:
        raise UnableToChange(_("This subscription does not work at present. Resume it first."))
    delivery = Delivery.objects.visible_to(by).select_for_update(of=("self",)).get(pk=delivery_id)
    if delivery.state not in ENDED:
        raise UnableToSend(_("This delivery is on its way, or somebody sent it again already."))
    delivery.state, delivery.due_at, delivery.ended_at = State.WAITING, at, None
    delivery.attempts, delivery.outcome, delivery.token = 0, "", None
    delivery.resent += 1
    delivery.save(update_fields=["state", "due_at", "ended_at", "attempts", "outcome", "token", "resent"])
    record.happened("webhooks.delivery.sent_again", by=by, root=delivery.pk)
    return delivery


def _standing(by: Actor, subscription_id: UUID) -> Subscription:
    """A subscription that is not over, locked. Raises Forbidden, Subscription.DoesNotExist, UnableToChange."""
    access.require(by, SystemPermission.ADMINISTER)
    found = Subscription.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    subscription = found.get(pk=subscription_id)
    if subscription.over:
        raise UnableToChange(_("This subscription has ended. Make a new one."))
    return subscription


def _drop(subscription: Subscription, at: datetime, outcome: str) -> None:
    subscription.deliveries.waiting().update(state=State.DROPPED, ended_at=at, outcome=outcome)
