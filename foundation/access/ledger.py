"""Open, grant, revoke, offer, accept, touch: the only writers of roots and shares. Rules are checked in SQL (sql/functions.sql)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from foundation.access import context, titles
from foundation.access.levels import Level, Reason
from foundation.components.folding import fold
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Refusal

# Without vowels no reference spells a word; without 0, 1 and l none is misread on the telephone.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


class Forbidden(PermissionDenied):
    """Visible, but this act is not allowed to this actor. Answered with 403."""


class NotThere(Exception):
    """There is nothing of that key for this actor. Answered with 404."""


class UnableToShare(Refusal):
    """The ledger refuses; the message is fit for the user."""


_REFUSALS = {
    "last_manager": _("Somebody must be able to manage this. Give management to another person or office first."),
    "offer_gone": _("This invitation does not stand any more. Ask the inviting authority for a new one."),
}


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn the refusals of the definer functions into ours."""
    try:
        yield
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state == "WB403":
            raise Forbidden(_("You may not do this here.")) from error
        if state == "WB404":
            raise NotThere from error
        if state == "WB409":
            hint = getattr(getattr(error.__cause__, "diag", None), "message_hint", None)
            sentence = _REFUSALS.get(
                hint or "", _("This was changed in the meantime. Look again and repeat what is still needed.")
            )
            raise UnableToShare(sentence) from error
        raise


def _call(function: str, *arguments: Any) -> object:
    marks = ", ".join(["%s"] * len(arguments))
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks})", arguments)
        row = cursor.fetchone()
    return row[0] if row else None


def new_reference(prefix: str, at: datetime) -> str:
    """A reference that tells kind and year and nothing else: no counter, so that gaps betray nothing."""
    return f"{prefix}-{at.year}-" + "".join(secrets.choice(_ALPHABET) for _place in range(6))


def open_root(*, by: Actor, kind: str, reference: str, title: str, key: UUID | None = None) -> UUID:
    """A new root, managed by the actor's membership and by the case registry of the actor's authority.

    A ``key`` that an offer names is for the side that offers. Raises Forbidden, UnableToName, UnableToShare (opened already).
    """
    state = context.current(by)
    root_id, title = key or uuid4(), titles.one_line(title)
    _call("access_open_root", root_id, kind, reference, title, fold(f"{reference} {title}"))
    state.forget_levels()
    return root_id


def grant(
    *,
    by: Actor,
    root_id: UUID,
    principal: int,
    level: Level,
    reason: Reason,
    purpose: str = "",
    until: datetime | None = None,
) -> UUID:
    """Give a principal a level on a root. Who may: managers of the root, never for longer than they manage it themselves.

    Raises NotThere, Forbidden, UnableToShare (the end lies in the past).
    """
    state = context.current(by)
    share_id = _call("access_grant", root_id, principal, int(level), str(reason), purpose, until)
    state.forget_levels()
    return UUID(str(share_id))


def revoke(*, by: Actor, share_id: UUID) -> None:
    """End a share at once. Who may: managers of the root; the principal itself (leaving).

    Raises NotThere, Forbidden, UnableToShare (already ended; the last manager).
    """
    state = context.current(by)
    _call("access_revoke", share_id)
    state.forget_levels()


def offer(
    *,
    by: Actor,
    root_id: UUID,
    partner_id: UUID,
    level: Level,
    invitation: UUID,
    purpose: str = "",
    until: datetime | None = None,
) -> UUID:
    """Let a partner open the root to its own people by accepting that invitation. Who may: managers without end."""
    context.current(by)
    return UUID(str(_call("access_offer", root_id, partner_id, int(level), invitation, purpose, until)))


def withdraw_offer(*, by: Actor, offer_id: UUID) -> None:
    """Take an unanswered offer back. Who may: contributors of the root."""
    context.current(by)
    _call("access_withdraw_offer", offer_id)


def accept_offer(*, by: Actor, invitation: UUID, principals: Sequence[int], purpose: str = "") -> None:
    """Open what the invitation offers to principals of the actor's own partner.

    Who may: whoever has contribute on the invitation, for its own partner. The offered root stays unknown to the caller unless one of
    the principals is the caller's own. Raises NotThere, Forbidden, UnableToShare (withdrawn, answered or expired).
    """
    state = context.current(by)
    _call("access_accept_offer", invitation, list(principals), purpose)
    state.forget_levels()


def decline_offer(*, by: Actor, invitation: UUID) -> None:
    """End what the invitation offers: the invited partner says no.

    Who may: whoever has contribute on the invitation, for its own partner. Raises NotThere, Forbidden, UnableToShare (answered or
    withdrawn before).
    """
    context.current(by)
    _call("access_decline_offer", invitation)


def touch(*, by: Actor, root_id: UUID, reference: str = "", title: str | None = None) -> None:
    """Note activity on a root (its sort time moves at most once a minute) and, when given, change its title. Raises UnableToName."""
    context.current(by)
    title = None if title is None else titles.one_line(title)
    folded = None if title is None else fold(f"{reference} {title}")
    _call("access_touch", root_id, title, folded)


def newcomer(*, by: Actor, share_id: UUID) -> tuple[int, UUID]:
    """Set the transaction's context to somebody who holds a copy of this share alone; its principal and membership, made up.

    For ``newcomers`` alone, which undoes it. Raises NotThere, Forbidden.
    """
    context.current(by)
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute("SELECT principal, membership FROM access_newcomer(%s)", [share_id])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0]), UUID(str(row[1]))
