"""The feed of changes: what changed for an actor, what it came to see and what it sees no more, page by page, and nothing twice lost.

docs/adr/0024-changes-in-the-order-of-transactions.md says why a client that follows the places misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

from foundation.access import context
from foundation.access.cursors import Cursor, Order
from foundation.access.feed_keeping import day_of, first_kept, kept
from foundation.access.feed_places import FIRST, LAST, Phase, Place, PlaceTooOld
from foundation.access.models import Change, Root

if TYPE_CHECKING:
    from foundation.tenancy.actors import Actor

WALK: Final = 1000
"""So many rows of everybody's changes a page walks at most."""
FOREIGN: Final = 500
"""So many rows of others are walked again before the place is moved past them."""


@dataclass(frozen=True)
class Told:
    """A root that changed or came into sight; ``gone``, with nothing else, one that was seen and is seen no more."""

    root: UUID
    kind: str
    changed_at: datetime | None
    gone: bool = False


@dataclass(frozen=True)
class Changes:
    """One page: what is told, the place behind it, and whether there is more already."""

    told: tuple[Told, ...]
    place: Place
    more: bool


@dataclass(frozen=True)
class _Walk:
    """How far the rows of everybody go, what the clock says, and in which life of the database."""

    horizon: int
    xid: int
    row: int
    at: datetime | None
    walked: int
    turn: datetime | None
    life: str
    now: datetime
    newest: int
    """No transaction that was ever seen is above it. The horizon may step back for a moment, when one of another database ends."""

    @classmethod
    def after(cls, place: Place) -> _Walk:
        """Only where changes are read is anything walked."""
        rows = WALK if place.phase == Phase.CHANGES else 0
        return cls(
            *_rows(
                "SELECT w.horizon, w.end_xid, w.end_id, w.end_at, w.walked, access_feed_turn(%s), access_feed_life(), now(),"
                " pg_snapshot_xmax(pg_current_snapshot())::text::bigint FROM access_feed_walk(%s, %s, %s) w",
                place.turn, place.xid, place.row, rows,
            )[0]
        )  # fmt: skip

    @property
    def cut(self) -> bool:
        return self.walked == WALK


def begin(actor: Actor, *, kinds: Sequence[str], since: datetime | None = None) -> Place:
    """The first place: before all that the actor sees now, or before what changed since an instant, an hour earlier to be safe.

    Raises PlaceTooOld for an instant from which on not everything is kept.
    """
    context.current(actor)
    now, life, horizon = _rows("SELECT now(), access_feed_life(), access_feed_horizon()")[0]
    base = Place(
        life=life, kinds=_named(kinds), day=day_of(now), xid=horizon, row=0, until=now, share=LAST, turn=now,
        phase=Phase.VISIBLE, fresh=True,
    )  # fmt: skip
    if since is None:
        return base
    if not kept(day_of(since), day_of(now)):
        raise PlaceTooOld
    before = _rows("SELECT xid, id FROM access_feed_since(%s)", since)
    if not before:
        # Nothing stands there from before: nobody knows what else happened since.
        raise PlaceTooOld
    xid, row = before[0]
    return base.moved(day=day_of(since), xid=xid, row=row, until=since, turn=since, phase=Phase.CHANGES, fresh=False)


def changes(actor: Actor, *, place: Place, kinds: Sequence[str], limit: int) -> Changes:
    """The page behind a place, of roots of these kinds. Raises PlaceTooOld, also for a place of other kinds."""
    context.current(actor)
    walk = _Walk.after(place)
    lost = place.life != walk.life or place.kinds != _named(kinds) or place.xid > walk.newest
    if lost or not kept(place.day, day_of(walk.now)):
        raise PlaceTooOld
    read = {Phase.VISIBLE: _visible, Phase.FORMER: _former, Phase.CHANGES: _changed}[place.phase]
    return read(actor, place, walk, kinds, limit)


def _visible(actor: Actor, place: Place, _walk: _Walk, kinds: Sequence[str], limit: int) -> Changes:
    """All that the actor sees, the newest first; then what former offices saw, where one was left meanwhile."""
    after = None if place.at is None else Cursor(place.at, place.root, Order.OPENED)
    page = Root.objects.newest_page(actor, kinds=kinds, after=after, limit=limit, order=Order.OPENED)
    told = tuple(Told(root.pk, root.kind, root.sort_at) for root in page.rows)
    if page.after is not None:
        return Changes(told, place.moved(at=page.after.sort_at, root=page.after.root_id), more=True)
    following = Phase.CHANGES if place.fresh else Phase.FORMER
    return Changes(told, place.moved(phase=following, fresh=False, at=None, root=FIRST, principal=0), more=True)


def _former(actor: Actor, place: Place, walk: _Walk, kinds: Sequence[str], limit: int) -> Changes:
    """What offices that were left held while the actor was in them."""
    found = _rows(
        "SELECT principal, share, root, counts FROM access_feed_former(%s, %s, %s, %s)",
        place.principal, place.root, first_kept(walk.now), limit,
    )  # fmt: skip
    told = _told(actor, {root: None for _office, _share, root, counts in found if counts}, kinds)
    if len(found) == limit:
        office, share, *_rest = found[-1]
        return Changes(told, place.moved(principal=office, root=share), more=True)
    return Changes(told, place.moved(phase=Phase.CHANGES, principal=0, root=FIRST), more=True)


def _changed(actor: Actor, place: Place, walk: _Walk, kinds: Sequence[str], limit: int) -> Changes:
    """Rows up to the end of the walk, and what ended by the clock, as much as the page holds."""
    span = Change.objects.visible_to(actor).between((place.xid, place.row), (walk.xid, walk.row))
    rows = list(span.values_list("xid", "id", "at", "root", "membership")) if walk.walked else []
    roots: dict[UUID, datetime | None] = {}
    taken = _taken(rows, roots, limit)
    ended = _rows("SELECT until, share, root FROM access_feed_ended(%s, %s, %s)", place.until, place.share, limit + 1)
    room = [row for row in ended if taken == len(rows)][: limit - len(roots)]
    for _until, _share, root in room:
        roots.setdefault(root, None)
    turned = walk.turn is not None or any(row[4] for row in rows[:taken])
    following = _following(place, walk, rows[:taken], whole=taken == len(rows), moved=bool(roots) or turned)
    if room:
        following = following.moved(until=room[-1][0], share=room[-1][1])
    if turned:
        following = following.moved(turn=walk.now, phase=Phase.VISIBLE)
    more = turned or taken < len(rows) or len(room) < len(ended) or walk.cut
    return Changes(_told(actor, roots, kinds), following, more)


def _taken(rows: Sequence[Any], roots: dict[UUID, datetime | None], limit: int) -> int:
    """Gather the roots of the rows, each once, as many as the page holds; how many rows that took."""
    for number, (_xid, _row, at, root, _membership) in enumerate(rows):
        if root is None:
            continue
        if root not in roots and len(roots) == limit:
            return number
        roots[root] = max(at, roots.get(root) or at)
    return len(rows)


def _following(place: Place, walk: _Walk, rows: Sequence[Any], *, whole: bool, moved: bool) -> Place:
    """The place behind these rows. It stands still while nothing concerns the actor, until a day has passed or much was walked."""
    today = day_of(walk.now)
    if not whole:
        xid, row, at, *_rest = rows[-1]
        return place.moved(xid=xid, row=row, day=min(day_of(at), today))
    if walk.cut and walk.at is not None:
        return place.moved(xid=walk.xid, row=walk.row, day=min(day_of(walk.at), today))
    if walk.walked > FOREIGN or (place.day != today and not rows):
        return place.moved(xid=walk.xid, row=walk.row, day=today)
    if rows:
        return place.moved(xid=rows[-1][0], row=rows[-1][1], day=today)
    return place.moved(day=today) if moved else place


def _told(actor: Actor, roots: dict[UUID, datetime | None], kinds: Sequence[str]) -> tuple[Told, ...]:
    """Each root in its order, as the actor sees it now: there, gone, or never there for it.

    One without an instant is not known to have changed, and is told of only if it is gone.
    """
    if not roots:
        return ()
    visible = Root.objects.visible_to(actor).filter(pk__in=list(roots))
    seen: dict[UUID, str] = dict(visible.values_list("pk", "kind"))
    missing = [root for root in roots if root not in seen]
    gone: dict[UUID, str] = dict(
        _rows("SELECT root, kind FROM access_feed_gone(%s::uuid[])", missing) if missing else ()
    )
    told = (
        Told(root, gone[root], None, gone=True) if root in gone else Told(root, seen[root], at)
        for root, at in roots.items()
        if root in gone or (root in seen and at is not None)
    )
    return tuple(one for one in told if one.kind in kinds)


def _named(kinds: Iterable[str]) -> str:
    return ",".join(sorted(kinds))


def _rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
