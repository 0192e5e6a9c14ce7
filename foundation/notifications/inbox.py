"""Tell people, show them what they were told, mark it read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import access
from foundation.access.models import Root
from foundation.components import kosovo
from foundation.jobs import queue
from foundation.notifications import kinds
from foundation.notifications.models import Notice
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account
from foundation.workflow.actions import action

MAIL_TASK = "foundation.notifications.tasks.mail_notice"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the inbox; no root when it is not visible any more."""

    notice: Notice
    sentence: str
    root: Root | None


@action
def tell(*, kind: kinds.Kind, root_id: UUID, principals: Iterable[int], by: Actor, at: datetime) -> int:
    """A notice for everyone in these principals who sees the root now, and a mail with a link; how many were told."""
    access.current(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_tell(%s, %s, %s)", [kind.name, root_id, list(principals)])
        told = cursor.fetchall()
    for notice_id, account_id, membership_id in told:
        queue.enqueue(
            task=MAIL_TASK,
            key=f"notice-mail:{notice_id}",
            subject=notice_id,
            account_id=account_id,
            membership_id=membership_id,
            due_at=at,
        )
    return len(told)


def lines(actor: Actor, *, limit: int = 20, unread_only: bool = False) -> list[Line]:
    """The newest lines of the actor's inbox, in two statements."""
    found = Notice.objects.visible_to(actor).order_by("-at", "-id")
    return _lines(actor, list((found.unread() if unread_only else found)[:limit]))


def page(actor: Actor, *, after: access.Cursor | None, limit: int = 50) -> tuple[list[Line], access.Cursor | None]:
    """One page of the inbox, newest first, and where the next begins; two statements."""
    found = Notice.objects.visible_to(actor).order_by("-at", "-id")
    if after is not None:
        found = found.filter(Q(at__lt=after.sort_at) | Q(at=after.sort_at, id__lt=after.root_id))
    notices = list(found[: limit + 1])
    rows = notices[:limit]
    older = access.Cursor(rows[-1].at, rows[-1].pk) if len(notices) > limit else None
    return _lines(actor, rows), older


def _lines(actor: Actor, notices: list[Notice]) -> list[Line]:
    roots = Root.objects.visible_to(actor).in_bulk([notice.root for notice in notices])
    return [Line(notice=n, sentence=kinds.sentence(n.kind), root=roots.get(n.root)) for n in notices]


@action
def mark_read(*, by: Actor, at: datetime, root_id: UUID | None = None) -> None:
    """Mark the actor's unread notices as read: all of them, or those about one root. Nobody else ever learns of it."""
    unread = Notice.objects.visible_to(by).unread()
    (unread if root_id is None else unread.filter(root=root_id)).update(read_at=at)


@action
def mail(*, by: Actor, notice_id: UUID) -> None:
    """Send the mail of one notice: a sentence and a link, no case content. Nothing when it was sent, or is not visible any more."""
    notice = Notice.objects.visible_to(by).filter(pk=notice_id, mailed_at__isnull=True).first()
    if notice is None or not Root.objects.visible_to(by).filter(pk=notice.root).exists():
        return
    account = Account.objects.get(pk=by.account_id)
    with override(account.language):
        link = f"{settings.WBCJ_ADDRESS}/r/{notice.root}/"
        body = _("%(sentence)s\n\nOpen it here, after signing in: %(link)s\n\nThis message carries no case content.")
        text = kosovo.mark_message(body % {"sentence": kinds.sentence(notice.kind), "link": link}, account.language)
        message = EmailMessage(
            subject=_("WBCJ Coordination: something is waiting for you"),
            body=text,
            to=[account.email],
            headers={"Message-ID": message_id(notice)},
        )
        message.send()
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])


def message_id(notice: Notice) -> str:
    """One for each notice: a mail that went out twice, for its worker was killed before the commit, is known as the same."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<notice-{notice.pk}@{host}>"
