"""The reading verbs: everything that reads protected data starts from one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from foundation.access import context
from foundation.access.cursors import Cursor, Page
from foundation.access.levels import Level

if TYPE_CHECKING:
    from foundation.access.models import Offer, Share  # noqa: F401
    from foundation.tenancy.actors import Actor

M = TypeVar("M", bound=models.Model)
S = TypeVar("S", bound=models.Model)

# One index-only reading per principal and kind, then the newest of all of them (sql/reading.sql).
_NEWEST = "SELECT k FROM access_newest(%s::int[], %s::text[], %s, %s, %s) k"


def live() -> Q:
    """Not expired at the transaction's time."""
    return Q(until__isnull=True) | Q(until__gt=Now())


def grants(actor: Actor, root: Any, level: Level = Level.VIEW) -> Exists:
    """Whether one of the actor's principals holds that level on the root named by the expression."""
    table = apps.get_model("access", "RootGrant")
    return Exists(
        table._default_manager.filter(
            live(), content_object=root, level=level, group__in=context.current(actor).actor.principals
        )
    )


def newest_keys(actor: Actor, kinds: Sequence[str], after: Cursor | None, limit: int) -> RawSQL:
    """Keys of the newest roots of these kinds that the actor sees: the query wall of every list."""
    principals = list(context.current(actor).actor.principals)
    place = (after.sort_at, after.root_id) if after else (None, None)
    return RawSQL(_NEWEST, [principals, list(kinds), *place, limit])  # noqa: S611


class RootQuerySet(models.QuerySet[M]):
    """For Root itself and for the record behind a root."""

    def _on_root(self, field: str) -> str:
        return field if self.model._meta.label == "access.Root" else f"root__{field}"

    def visible_to(self, actor: Actor) -> Self:
        """The roots on which the actor holds a live share of any level."""
        return self.filter(grants(actor, OuterRef("pk")))

    def reached_by(self, actor: Actor, level: Level) -> Self:
        """The roots on which the actor holds at least that level."""
        return self.filter(grants(actor, OuterRef("pk"), level))

    def newest_page(
        self,
        actor: Actor,
        *,
        kind: str = "",
        kinds: Sequence[str] = (),
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Page[M]:
        """The newest rows by last activity that the actor sees, in one statement whatever their number.

        Of the model's own kind, or of the kind or kinds given (for Root itself).
        """
        wanted = kinds or [kind or str(getattr(self.model, "ROOT_KIND", ""))]
        sort_at, key = self._on_root("sort_at"), self._on_root("id")
        chosen = self.filter(pk__in=newest_keys(actor, wanted, after, limit + 1)).order_by(f"-{sort_at}", f"-{key}")
        if sort_at != "sort_at":
            chosen = chosen.select_related("root")
        found = list(chosen)
        rows = found[:limit]
        last = None
        if len(found) > limit:
            newest = rows[-1]
            root: Any = newest if sort_at == "sort_at" else newest.root  # type: ignore[attr-defined]
            last = Cursor(root.sort_at, newest.pk)
        return Page(tuple(rows), tuple(row.pk for row in rows), last)


class SharedQuerySet(models.QuerySet[S]):
    """For the child rows of a root."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of roots that the actor sees, without those meant for another audience."""
        own = context.current(actor).actor.principals
        return self.filter(Q(audience__isnull=True) | Q(audience__in=own), grants(actor, OuterRef("root_id")))

    def of(self, root_id: UUID) -> Self:
        return self.filter(root_id=root_id)


class PersonalQuerySet(models.QuerySet[S]):
    """For rows of one membership."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own rows."""
        return self.filter(membership_id=context.current(actor).actor.membership_id)


class LedgerQuerySet(models.QuerySet[S]):
    """For shares and offers: whoever sees the root sees them."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(grants(actor, OuterRef("root_id")))


class ShareQuerySet(LedgerQuerySet["Share"]):
    def live(self) -> Self:
        return self.filter(live(), revoked_at__isnull=True)


class OfferQuerySet(LedgerQuerySet["Offer"]):
    def standing(self) -> Self:
        return self.filter(live(), withdrawn_at__isnull=True, accepted_at__isnull=True)
