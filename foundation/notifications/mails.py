"""The mail about one notice: a sentence and a link, no case content."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.access.models import Root
from foundation.notifications import kinds
from foundation.notifications.delivery import letters
from foundation.notifications.models import Notice
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account


def about_a_notice(actor: Actor, order: letters.Order) -> letters.Composed:
    """In the language of its reader; nothing when it was read meanwhile, or is not visible any more."""
    notice = Notice.objects.visible_to(actor).filter(pk=order.subject).first()
    if notice is None or notice.read_at is not None:
        return letters.Unneeded(reason="read already")
    if notice.root is not None and not Root.objects.visible_to(actor).filter(pk=notice.root).exists():
        return letters.Unneeded(reason="not visible any more")
    account = Account.objects.get(pk=actor.account_id)
    with override(account.language):
        path = "/inbox/" if notice.root is None else f"/r/{notice.root}/"
        said = {"sentence": kinds.sentence(notice.kind), "link": letters.address(path)}
        body = _("%(sentence)s\n\nOpen it here, after signing in: %(link)s\n\nThis message carries no case content.")
        subject = _("WBCJ Coordination: something is waiting for you")
        return letters.to(account, subject=subject, body=body % said)


NOTICE = letters.declare("notice", about_a_notice)
