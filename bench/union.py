"""guardian's own way to the same answer: get_objects_for_group for each principal, as the owner of the tables."""

from __future__ import annotations

from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_group

from bench.cast import Person
from bench.databases import Loaded, pointing_to
from bench.uses import LIMIT, visible_keys
from cases.models import Case
from foundation.access.models import Root, RootGrant
from foundation.access.querysets import live

VIEW = "access.view_root"


def union(person: Person) -> QuerySet[Root]:
    """Every root on which one of the principals may view, as guardian's documentation says."""
    groups = Group.objects.filter(pk__in=person.principals)
    found = [get_objects_for_group(group, VIEW, Root, any_perm=True, accept_global_perms=False) for group in groups]
    roots: QuerySet[Root] = reduce(or_, found)
    return roots.filter(kind=Case.ROOT_KIND)


def newest(person: Person) -> tuple[UUID, ...]:
    """The first page of the union."""
    page = union(person).order_by("-sort_at", "-id")[:LIMIT]
    return tuple(root.pk for root in page)


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
