"""The reading verbs: everything that reads protected data starts from one of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.db.models.sql.compiler import SQLCompiler

from foundation.access import context, places
from foundation.access.cursors import WALK, Count, Cursor, Order, Page
from foundation.access.levels import Level

if TYPE_CHECKING:
    from foundation.access.models import Change, Offer, Share  # noqa: F401
    from foundation.tenancy.actors import Actor

M = TypeVar("M", bound=models.Model)
S = TypeVar("S", bound=models.Model)

COLUMNS = {Order.ACTIVITY: "sort_at", Order.OPENED: "opened_at"}


def live() -> Q:
    """Not expired at the transaction's time."""
    return Q(until__isnull=True) | Q(until__gt=Now())


class Granted(Func):
    """Whether one of these principals holds that level on the root named by the expression, now.

    Written out: to compile the same as a queryset took longer than the whole read of a record takes in the database.
    """

    output_field = models.BooleanField()
    arity = 1
    # One probe of an index for each row. OFFSET 0, or the planner joins, and reads all that the principals hold to find fifty rows.
    template = (
        "EXISTS (SELECT 1 FROM access_rootgrant held WHERE held.content_object_id = {root} AND held.level = %s"
        " AND held.group_id = ANY (%s::int[]) AND (held.until IS NULL OR held.until > STATEMENT_TIMESTAMP()) OFFSET 0)"
    )

    def __init__(self, root: str, *, level: int, principals: tuple[int, ...]) -> None:
        super().__init__(root)
        self.level, self.principals = level, principals

    def as_sql(  # type: ignore[override]  # fewer arguments than Func: its template is its own
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_extra: object
    ) -> tuple[str, list[Any]]:
        root, parameters = compiler.compile(self.get_source_expressions()[0])
        return self.template.format(root=root), [*parameters, self.level, list(self.principals)]


class Held(Granted):
    """The same for reading few roots, one mostly: planned once (sql/holding.sql), and dearer for each row."""

    template = "access_holds({root}, %s, %s::int[])"


class HeldAmong(Func):
    """Whether a row stands under one of these roots, one of the principals holds that level on it, and the row is meant for them.

    The roots are asked for once, not once for each row (sql/among.sql), and go as one array: as fifty parameters they take Python
    longer than the statement takes the database. Written out as Granted is.
    """

    output_field = models.BooleanField()
    arity = 2
    template = "({root} IN (SELECT access_among(%s::uuid[], %s, %s::int[])) AND ({audience} IS NULL OR {audience} = ANY (%s::int[])))"

    def __init__(
        self, root: str, audience: str, *, roots: Collection[UUID], level: int, principals: tuple[int, ...]
    ) -> None:
        super().__init__(root, audience)
        self.roots, self.level, self.principals = roots, level, principals

    def as_sql(  # type: ignore[override]  # fewer arguments than Func: its template is its own
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_extra: object
    ) -> tuple[str, list[Any]]:
        # Plain columns, which bring no parameters.
        root, audience = (compiler.compile(column)[0] for column in self.get_source_expressions())
        principals = list(self.principals)
        return self.template.format(root=root, audience=audience), [
            list(self.roots),
            self.level,
            principals,
            principals,
        ]


def grants(actor: Actor, root: str, level: Level = Level.VIEW, *, by: type[Granted] = Granted) -> Granted:
    """Whether the actor holds that level on the root whose key stands in that field."""
    return by(root, level=int(level), principals=context.current(actor).actor.principals)


class RootQuerySet(models.QuerySet[M]):
    """For Root itself and for the record behind a root."""

    @property
    def _is_root(self) -> bool:
        return self.model._meta.label == "access.Root"

    def _on_root(self, field: str) -> str:
        return field if self._is_root else f"root__{field}"

    def visible_to(self, actor: Actor) -> Self:
        """The roots on which the actor holds a live share of any level."""
        return self.filter(grants(actor, "pk", by=Held))

    def reached_by(self, actor: Actor, level: Level) -> Self:
        """The roots on which the actor holds at least that level."""
        return self.filter(grants(actor, "pk", level, by=Held))

    def newest_page(
        self,
        actor: Actor,
        *,
        kind: str = "",
        kinds: Sequence[str] = (),
        after: Cursor | None = None,
        limit: int = 50,
        order: Order = Order.ACTIVITY,
    ) -> Page[M]:
        """The newest rows that the actor sees, by last activity or by opening, in one statement whatever their number.

        Of the model's own kind, or of the kind or kinds given (for Root itself). Raises BadCursor for a place in another order.
        """
        keys = places.newest_keys(actor, self._kinds(kind, kinds), order, after, limit + 1)
        return self._page(self._among(keys, order)[: limit + 1], limit, order)

    def bounded_page(
        self,
        actor: Actor,
        *,
        kind: str = "",
        kinds: Sequence[str] = (),
        after: Cursor | None = None,
        limit: int = 50,
        order: Order = Order.ACTIVITY,
        walk: int = WALK,
    ) -> Page[M]:
        """The newest rows of this filtered queryset among the next ``walk`` that the actor sees.

        One statement for a full page. A page that is not full takes a second one, which says whether the walk ended before the list
        did: then the page is ``cut``, and ``after`` is where to go on, even when it has no rows. Raises BadCursor as newest_page.
        """
        wanted = self._kinds(kind, kinds)
        walked = self.filter(pk__in=places.newest_keys(actor, wanted, order, after, walk))
        # In a subquery of its own, bounded by what it cannot pass: else the root behind each of the walked is read as well.
        hits = walked.order_by().values("pk")[:walk]
        page = self._page(self._among(hits, order)[: limit + 1], limit, order)
        if page.after is not None:
            return page
        end = places.end_of_walk(actor, wanted, order, after, walk)
        return replace(page, after=end, cut=end is not None)

    def search_page(
        self,
        actor: Actor,
        *,
        text: str,
        kind: str = "",
        kinds: Sequence[str] = (),
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Page[M]:
        """The newest rows by last activity that the actor sees and whose reference and title hold every word of the text.

        Case, diacritics and script do not matter; a word of one or two letters counts at the beginning of a word. The first
        SEARCH_LENGTH characters and SEARCH_WORDS words count; a text without a word finds nothing. One statement.
        """
        words = places.words_of(text)
        if not words:
            context.current(actor)
            return Page((), (), None)
        keys = places.found_keys(actor, words, self._kinds(kind, kinds), after, limit + 1)
        return self._page(self._among(keys, Order.ACTIVITY)[: limit + 1], limit, Order.ACTIVITY)

    def capped_count(self, actor: Actor, *, kind: str = "", kinds: Sequence[str] = (), cap: int = 10_000) -> Count:
        """How many the actor sees, counted no further than the cap. Not for a filtered queryset, whose filters it would not know."""
        if self.query.where:
            raise TypeError("capped_count knows no filters")
        return places.capped_count(actor, self._kinds(kind, kinds), cap)

    def _kinds(self, kind: str, kinds: Sequence[str]) -> list[str]:
        return list(kinds or [kind or str(getattr(self.model, "ROOT_KIND", ""))])

    def _among(self, keys: RawSQL | models.QuerySet[M, Any], order: Order) -> Self:
        """The rows of these keys, newest first."""
        chosen = self.filter(pk__in=keys).order_by(f"-{self._on_root(COLUMNS[order])}", f"-{self._on_root('id')}")
        return chosen if self._is_root else chosen.select_related("root")

    def _page(self, chosen: Self, limit: int, order: Order) -> Page[M]:
        """As many rows as the page holds; one more says that there is a next page."""
        found = list(chosen)
        rows = found[:limit]
        after = self._place(rows[-1], order) if len(found) > limit else None
        return Page(tuple(rows), tuple(row.pk for row in rows), after)

    def _place(self, row: M, order: Order) -> Cursor:
        root: Any = row if self._is_root else row.root  # type: ignore[attr-defined]
        return Cursor(getattr(root, COLUMNS[order]), row.pk, order)


class SharedQuerySet(models.QuerySet[S]):
    """For the child rows of a root."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of roots that the actor sees, without those meant for another audience."""
        own = context.current(actor).actor.principals
        return self.filter(Q(audience__isnull=True) | Q(audience__in=own), grants(actor, "root_id"))

    def visible_among(self, actor: Actor, roots: Collection[UUID]) -> Self:
        """The same of these roots alone, for reading what stands under each line of a list."""
        own = context.current(actor).actor.principals
        return self.filter(HeldAmong("root_id", "audience_id", roots=roots, level=int(Level.VIEW), principals=own))

    def of(self, root_id: UUID) -> Self:
        return self.filter(root_id=root_id)


class PersonalQuerySet(models.QuerySet[S]):
    """For rows of one membership."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own rows."""
        return self.filter(membership_id=context.current(actor).actor.membership_id)


class ReaderQuerySet(models.QuerySet[S]):
    """For what one reader has of a root."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own rows, of roots that the actor still sees."""
        own = context.current(actor).actor.membership_id
        return self.filter(grants(actor, "root_id"), membership_id=own)


class LedgerQuerySet(models.QuerySet[S]):
    """For shares and offers: whoever sees the root sees them."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(grants(actor, "root_id"))


class ShareQuerySet(LedgerQuerySet["Share"]):
    def live(self) -> Self:
        return self.filter(live(), revoked_at__isnull=True)


class OfferQuerySet(LedgerQuerySet["Offer"]):
    def standing(self) -> Self:
        return self.filter(live(), withdrawn_at__isnull=True, accepted_at__isnull=True)


class FeedQuerySet(models.QuerySet["Change"]):
    """For the rows of the feed of changes."""

    def visible_to(self, actor: Actor) -> Self:
        """Changes of roots that the actor sees, of shares that it has or had, and of its own appointments.

        Without those for another audience, and without those of roots that it never could see.
        """
        me = context.current(actor).actor
        on_root = Q(principal__isnull=True, membership__isnull=True)
        heard = Q(audience__isnull=True) | Q(audience__in=me.principals)
        return self.filter(
            Q(on_root, heard, grants(actor, "root", by=Held))
            | Q(Q(principal__isnull=False), _HELD, _ONCE_SEEN)
            | Q(membership=me.membership_id)
        )

    def between(self, after: tuple[int, int], end: tuple[int, int]) -> Self:
        """In order, those behind one place (transaction and key) and up to another."""
        behind = Q(xid__gt=after[0]) | Q(xid=after[0], id__gt=after[1])
        up_to = Q(xid__lt=end[0]) | Q(xid=end[0], id__lte=end[1])
        # The bounds of the index once more, which the planner does not find in the alternatives.
        return self.filter(behind, up_to, xid__gte=after[0], xid__lte=end[0]).order_by("xid", "id")


# Of a former office, what was written until it was left: what happened to it later is for its next holder.
_HELD = RawSQL(
    "EXISTS (SELECT 1 FROM access_holdings() h WHERE h.principal = access_change.principal AND access_change.at < h.until)",
    [],
    models.BooleanField(),
)
_ONCE_SEEN = RawSQL("access_once_saw(access_change.root)", [], models.BooleanField())
