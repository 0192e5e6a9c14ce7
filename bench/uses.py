"""What is measured: a list and a record, as the product reads them and as the same transaction without permission would."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from bench.cast import Person
from cases.models import Case
from foundation import access
from foundation.access import Cursor
from foundation.access.models import Root
from foundation.audit import record
from foundation.tenancy.actors import Actor

LIMIT = 50
_EVENT = (
    "INSERT INTO audit_event (id, at, membership, verb, root, roots, request_id, outcome)"
    " VALUES (gen_random_uuid(), clock_timestamp(), %s, %s, %s, %s::uuid[], '', 'done')"
)
Keys = tuple[UUID, ...]


@dataclass(frozen=True)
class Use:
    """One use-case: through both walls, and without permission."""

    name: str
    walled: Callable[[], Keys]
    raw: Callable[[], Keys]


def acting(person: Person) -> AbstractContextManager[Actor]:
    """As every page of the product begins."""
    return access.acting_as(person.account_id, person.membership_id)


def list_of(person: Person, name: str, after: Cursor | None) -> Use:
    """Fifty cases from a place on, with the look on record."""

    def walled() -> Keys:
        with acting(person) as actor:
            page = Case.objects.newest_page(actor, after=after, limit=LIMIT)
            record.consulted("bench.list.viewed", by=actor, roots=page.roots)
        return page.roots

    def raw() -> Keys:
        with transaction.atomic():
            rows: QuerySet[Case] = Case.objects.select_related("root").filter(root__kind=Case.ROOT_KIND)
            rows = rows.order_by("-root__sort_at", "-root__id")
            if after is not None:
                place = [after.sort_at, after.root_id]
                rows = rows.extra(where=["(access_root.sort_at, access_root.id) < (%s, %s)"], params=place)
            keys = tuple(row.pk for row in rows[: LIMIT + 1])[:LIMIT]
            _event(person, "bench.list.viewed", None, keys)
        return keys

    return Use(name, walled, raw)


def record_of(person: Person, key: UUID) -> Use:
    """One case, if it may be seen, and the look on record."""

    def walled() -> Keys:
        with acting(person) as actor:
            case = Case.objects.visible_to(actor).select_related("root").get(pk=key)
            record.consulted("bench.case.viewed", by=actor, root=case.pk)
        return (case.pk,)

    def raw() -> Keys:
        with transaction.atomic():
            case = Case.objects.select_related("root").get(pk=key)
            _event(person, "bench.case.viewed", case.pk, ())
        return (case.pk,)

    return Use("detail", walled, raw)


def _event(person: Person, verb: str, root: UUID | None, roots: Keys) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_EVENT, [person.membership_id, verb, root, list(roots)])


def visible_keys(person: Person) -> list[Cursor]:
    """Every root that this person sees, newest first."""
    with acting(person) as actor:
        rows = Root.objects.visible_to(actor).filter(kind=Case.ROOT_KIND).order_by("-sort_at", "-id")
        return [Cursor(*row) for row in rows.values_list("sort_at", "id")]
