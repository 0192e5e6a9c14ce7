"""guardian's own way to the same answer: get_objects_for_group for each principal, as the owner of the tables."""

from __future__ import annotations

from functools import reduce
from operator import or_
from statistics import median
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_group

from bench.cast import Person
from bench.clock import timed
from bench.databases import Loaded, pointing_to
from bench.uses import LIMIT, acting, visible_keys
from cases.models import Case
from foundation.access import Order
from foundation.access.models import Root, RootGrant
from foundation.access.places import newest_keys
from foundation.access.querysets import live

VIEW = "access.view_root"


def union(person: Person) -> QuerySet[Root]:
    """Every root on which one of the principals may view, as guardian's documentation says."""
    groups = Group.objects.filter(pk__in=person.principals)
    found = [get_objects_for_group(group, VIEW, Root, any_perm=True, accept_global_perms=False) for group in groups]
    roots: QuerySet[Root] = reduce(or_, found)
    return roots.filter(kind=Case.ROOT_KIND)


def newest(person: Person) -> tuple[UUID, ...]:
    """The keys of the first page of the union."""
    page = union(person).order_by("-sort_at", "-id")
    return tuple(page.values_list("pk", flat=True)[:LIMIT])


def side_by_side(person: Person, database: Loaded, rounds: int = 7) -> tuple[float, float]:
    """Medians in milliseconds: guardian's union and our query wall asked in turns for the same keys, in one session of the owner."""
    with pointing_to(database.owner), acting(person) as actor:

        def ours() -> list[tuple[UUID]]:
            keys = newest_keys(actor, [Case.ROOT_KIND], Order.ACTIVITY, None, LIMIT)
            with connection.cursor() as cursor:
                cursor.execute(keys.sql, keys.params)
                found: list[tuple[UUID]] = cursor.fetchall()
            return found

        takes = {"theirs": timed(lambda: newest(person)), "ours": timed(ours)}
        times: dict[str, list[float]] = {name: [] for name in takes}
        for number in range(rounds + 2):
            for name, take in takes.items():
                taken = take()
                # The first two only warm up.
                if number > 1:
                    times[name].append(taken)
    return median(times["theirs"]), median(times["ours"])


def expired(person: Person) -> set[UUID]:
    """Roots whose shares for this person have all ended: guardian knows no end, so its answer is less these."""
    grants = RootGrant._default_manager.filter(group__in=person.principals, level=1)
    standing = set(grants.filter(live()).values_list("content_object_id", flat=True))
    return set(grants.values_list("content_object_id", flat=True)) - standing


def same_sight(person: Person, database: Loaded) -> bool:
    """Does the product show exactly what guardian's union, less the expired, would?"""
    with pointing_to(database.walled):
        ours = {cursor.root_id for cursor in visible_keys(person)}
    with pointing_to(database.owner):
        theirs = set(union(person).values_list("pk", flat=True)) - expired(person)
    return bool(ours) and ours == theirs
