"""What is measured: a list and a record, as the product reads them and as the same transaction without permission would."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from bench.cast import Person
from cases.models import Case, Task
from foundation import access
from foundation.access import Cursor, Order
from foundation.access.models import Root
from foundation.access.places import newest_keys
from foundation.audit import record
from foundation.components.folding import fold
from foundation.tenancy.actors import Actor

LIMIT, EVERY = 50, 2_000_000_000
_NO_KEY = UUID(int=0)
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


def opened_list(person: Person) -> Use:
    """The newest cases by their opening."""

    def walled() -> Keys:
        with acting(person) as actor:
            page = Case.objects.newest_page(actor, order=Order.OPENED, limit=LIMIT)
            record.consulted("bench.list.viewed", by=actor, roots=page.roots)
        return page.roots

    def rows() -> QuerySet[Case]:
        return Case.objects.filter(root__kind=Case.ROOT_KIND).order_by("-root__opened_at", "-root__id")

    return Use("opened", walled, _without_permission(person, rows))


def search_for(person: Person, name: str, word: str) -> Use:
    """The newest cases with that word."""

    def walled() -> Keys:
        with acting(person) as actor:
            page = Case.objects.search_page(actor, text=word, limit=LIMIT)
            record.consulted("bench.list.viewed", by=actor, roots=page.roots)
        return page.roots

    def rows() -> QuerySet[Case]:
        found = Case.objects.filter(root__kind=Case.ROOT_KIND, root__folded__contains=fold(word))
        return found.order_by("-root__sort_at", "-root__id")

    return Use(name, walled, _without_permission(person, rows))


def filtered_list(person: Person, name: str, **marks: object) -> Use:
    """The newest cases that a filter lets through, as far as one walk goes."""

    def walled() -> Keys:
        with acting(person) as actor:
            page = Case.objects.filter(**marks).bounded_page(actor, limit=LIMIT)
            record.consulted("bench.list.viewed", by=actor, roots=page.roots)
        return page.roots

    def rows() -> QuerySet[Case]:
        found = Case.objects.filter(root__kind=Case.ROOT_KIND, **marks)
        return found.order_by("-root__sort_at", "-root__id")

    return Use(name, walled, _without_permission(person, rows))


def due_list(person: Person) -> Use:
    """The cases whose own tasks are due next; the same tasks without permission."""

    def walled() -> Keys:
        with acting(person) as actor:
            page = Case.objects.due_page(actor, limit=LIMIT)
            record.consulted("bench.list.viewed", by=actor, roots=page.roots)
        return page.roots

    def rows() -> QuerySet[Case]:
        due = Task.objects.unfinished().filter(assignee__in=person.principals).order_by("due_at", "root_id")
        return Case.objects.filter(pk__in=due.values("root_id")[: LIMIT + 1])

    return Use("due", walled, _without_permission(person, rows))


def count_of(person: Person) -> Use:
    """How many cases there are to see, up to the cap; as many empty keys, since it shows none."""

    def walled() -> Keys:
        with acting(person) as actor:
            count = Case.objects.all().capped_count(actor)
            record.consulted("bench.list.viewed", by=actor)
        return (_NO_KEY,) * count.number

    def raw() -> Keys:
        with transaction.atomic():
            number = Root.objects.filter(kind=Case.ROOT_KIND)[:10_001].count()
            _event(person, "bench.list.viewed", None, ())
        return (_NO_KEY,) * number

    return Use("count", walled, raw)


def _without_permission(person: Person, rows: Callable[[], QuerySet[Case]]) -> Callable[[], Keys]:
    def raw() -> Keys:
        with transaction.atomic():
            keys = tuple(row.pk for row in rows().select_related("root")[: LIMIT + 1])[:LIMIT]
            _event(person, "bench.list.viewed", None, keys)
        return keys

    return raw


def _event(person: Person, verb: str, root: UUID | None, roots: Keys) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_EVENT, [person.membership_id, verb, root, list(roots)])


def visible_keys(person: Person) -> list[Cursor]:
    """Every root that this person sees, newest first: the places of all of them, whose rows come through the policies."""
    with acting(person) as actor:
        keys = newest_keys(actor, [Case.ROOT_KIND], Order.ACTIVITY, None, EVERY)
        rows = Root.objects.filter(pk__in=keys).order_by("-sort_at", "-id")
        return [Cursor(*row) for row in rows.values_list("sort_at", "id")]
