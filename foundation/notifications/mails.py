"""The mail about one notice: a sentence and a link, no case content."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.access.models import Root
from foundation.notifications import digest, kinds, preferences
from foundation.notifications.calendars import calendar_of
from foundation.notifications.delivery import letters, rows
from foundation.notifications.models import Notice
from foundation.notifications.quiet import next_allowed
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account


def about_a_notice(actor: Actor, order: letters.Order) -> letters.Composed:
    """In the language of its reader; nothing when it was read meanwhile, or is not visible any more."""
    notice = Notice.objects.visible_to(actor).filter(pk=order.subject).first()
    if notice is None or notice.read_at is not None:
        return letters.Unneeded(reason="read already")
    if notice.root is not None and not Root.objects.visible_to(actor).filter(pk=notice.root).exists():
        return letters.Unneeded(reason="not visible any more")
    if not order.resent and (waits := _not_now(actor, kinds.of(notice.kind), order)) is not None:
        return waits
    account = Account.objects.get(pk=actor.account_id)
    with override(account.language):
        said = {"sentence": kinds.sentence(notice.kind), "link": letters.address(notice.path)}
        body = _("%(sentence)s\n\nOpen it here, after signing in: %(link)s\n\nThis message carries no case content.")
        subject = _("WBCJ Coordination: something is waiting for you")
        return letters.to(account, subject=subject, body=body % said)


def _not_now(actor: Actor, kind: kinds.Kind, order: letters.Order) -> letters.Composed | None:
    """What its reader wishes, and whether the hour is right; none when it may go out now."""
    way = preferences.way_of(actor, kind)
    if way is kinds.Way.OFF:
        return letters.Unneeded(reason="not wanted")
    if way is kinds.Way.DIGEST:
        digest.plan(actor, at=order.at)
        return letters.Gathered()
    allowed = next_allowed(order.at, calendar_of(actor.partner_id, actor.time_zone), urgent=kind.urgent)
    return letters.Later(at=allowed) if allowed > order.at else None


letters.declare(rows.NOTICE, about_a_notice)
