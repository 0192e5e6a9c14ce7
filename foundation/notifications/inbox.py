"""Tell people, show them what they were told, mark it read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from foundation import access
from foundation.access.models import Root
from foundation.notifications import kinds, unread_marks
from foundation.notifications.delivery import rows
from foundation.notifications.models import Notice
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the inbox; no root when it is not visible any more."""

    notice: Notice
    sentence: str
    root: Root | None

    @property
    def url(self) -> str:
        """Where it leads; nowhere when its root is not visible any more."""
        if self.notice.root is None:
            return kinds.page(self.notice.kind)
        return "" if self.root is None else reverse("root", kwargs={"pk": self.root.pk})


@action
def tell(*, kind: kinds.Kind, root_id: UUID, principals: Iterable[int], by: Actor, at: datetime) -> int:
    """A notice for everyone in these principals who sees the root now, and a mail with a link; how many were told."""
    access.current(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_tell(%s, %s, %s)", [kind.name, root_id, list(principals)])
        told = cursor.fetchall()
    send_on(told, at=at)
    return len(told)


def send_on(told: Collection[tuple[UUID, UUID, UUID]], *, at: datetime) -> None:
    """The mails of new lines (keys of the line, of the account and of the membership), and the numbers in their readers' headers."""
    rows.enqueue((mail_of(*one, at=at) for one in told), at=at)
    unread_marks.forget_after_commit([membership_id for _notice, _account, membership_id in told])


def mail_of(notice_id: UUID, account_id: UUID, membership_id: UUID, *, at: datetime) -> rows.Wanted:
    """The mail that tells of one notice."""
    return rows.Wanted(
        key=f"notice:{notice_id}",
        letter=rows.NOTICE,
        subject=notice_id,
        account_id=account_id,
        membership_id=membership_id,
        due_at=at,
    )


@action
def remind(*, kind: str, root_id: UUID | None, due_at: datetime, by: Actor, at: datetime) -> UUID:
    """A line in the actor's own inbox about a date of its own, and a mail with a link.

    Who may: everyone, for themselves. Answers the key of the line.
    """
    access.current(by)
    notice = Notice.objects.create(membership_id=by.membership_id, kind=kind, root=root_id, at=at, due_at=due_at)
    rows.enqueue([mail_of(notice.pk, by.account_id, by.membership_id, at=at)], at=at)
    unread_marks.forget_after_commit([by.membership_id])
    return notice.pk


def lines(actor: Actor, *, limit: int = 20, unread_only: bool = False) -> list[Line]:
    """The newest lines of the actor's inbox, in two statements."""
    found = Notice.objects.visible_to(actor).order_by("-at", "-id")
    return _lines(actor, list((found.unread() if unread_only else found)[:limit]))


def page(
    actor: Actor, *, after: access.Cursor | None, limit: int = 50, unread_only: bool = False
) -> tuple[list[Line], access.Cursor | None]:
    """One page of the inbox, newest first, and where the next begins; two statements."""
    found = Notice.objects.visible_to(actor).order_by("-at", "-id")
    if unread_only:
        found = found.unread()
    if after is not None:
        found = found.filter(Q(at__lt=after.sort_at) | Q(at=after.sort_at, id__lt=after.root_id))
    notices = list(found[: limit + 1])
    shown = notices[:limit]
    older = access.Cursor(shown[-1].at, shown[-1].pk) if len(notices) > limit else None
    return _lines(actor, shown), older


def _lines(actor: Actor, notices: list[Notice]) -> list[Line]:
    roots = Root.objects.visible_to(actor).in_bulk([notice.root for notice in notices if notice.root is not None])
    return [
        Line(notice=n, sentence=kinds.sentence(n.kind), root=None if n.root is None else roots.get(n.root))
        for n in notices
    ]


@action
def mark_read(*, by: Actor, at: datetime, root_id: UUID | None = None) -> None:
    """Mark the actor's unread notices as read: all of them, or those about one root. Nobody else ever learns of it."""
    unread = Notice.objects.visible_to(by).unread()
    if (unread if root_id is None else unread.filter(root=root_id)).update(read_at=at):
        unread_marks.forget_after_commit([by.membership_id])


@action
def mark(*, by: Actor, at: datetime, notice_id: UUID, read: bool) -> None:
    """Mark one line of the actor's own inbox as read, or as new again. Raises Notice.DoesNotExist for anybody else's."""
    notice = Notice.objects.visible_to(by).get(pk=notice_id)
    notice.read_at = at if read else None
    notice.save(update_fields=["read_at"])
    unread_marks.forget_after_commit([by.membership_id])
