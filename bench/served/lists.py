"""The fifty rows of a bearer's list, four ways: by the product with serializers' objects, without permission either way, and raw."""

from __future__ import annotations

import functools
import json
import os
from collections import defaultdict
from datetime import UTC
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from django.db import connections, transaction
from django.db.models import CharField, F, QuerySet, Value
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from cases.api.operations import CaseList, CodedCase
from cases.api.output import CaseItem
from cases.models import Case, CaseCrimeType, CasePriority, ConcernedPartner
from foundation.access import Cursor
from foundation.pages.api import bearers, limits, plain, rendering
from foundation.pages.api.operations import Address

BARE = "bare"
RAW = (Path(__file__).with_name("raw_list.sql")).read_text(encoding="utf-8")


@functools.cache
def fifty(membership_id: str) -> tuple[UUID, ...]:
    """The keys of the fifty rows that this system sees first, as the bench found them before it began."""
    pages = json.loads(Path(os.environ["WBCJ_BENCH_PAGES"]).read_text(encoding="utf-8"))
    return tuple(UUID(key) for key in pages[membership_id])


class SlowCases(CaseList):
    """The product's list, each row by the objects of its serializer."""

    def envelope(self, rows: tuple[Any, ...], after: Cursor | None = None) -> dict[str, Any]:
        """As the product did before there was a fast way."""
        items = plain.by_serializer(self.item, rows, context={"operation": self})
        return {"items": items, "next": None if after is None else self._next(after)}


class WithoutPermission(Address):
    """The same authentication and the same count of requests; no membership acts, nothing is asked of it, nothing is on record."""

    def answered(self) -> HttpResponse:
        """Who asks, and the fifty rows."""
        bearer = bearers.of(self.asked)
        self.told |= limits.taken(bearer.token_id).headers()
        self.understood()
        with timezone.override(UTC), transaction.atomic(using=BARE):
            return self.told_of(fifty(str(bearer.membership_id)))

    def told_of(self, keys: tuple[UUID, ...]) -> HttpResponse:
        """These rows."""
        raise TypeError


class Unpermissioned(WithoutPermission):
    """The same serializer over the same fifty rows, from tables without row security, whose keys are known."""

    write: ClassVar[Any] = staticmethod(plain.rows)

    def told_of(self, keys: tuple[UUID, ...]) -> HttpResponse:
        """Cases with root, owner and the codes of what they name."""
        cases = Case.objects.using(BARE).filter(pk__in=keys).with_owner().order_by("-root__sort_at", "-root__id")
        found = _codes(keys)
        rows = [CodedCase(case=case, codes=found[case.pk]) for case in cases]
        items = self.write(CaseItem, rows, context={"operation": self})
        return rendering.answer(self.asked, {"items": items, "next": None})


class SlowUnpermissioned(Unpermissioned):
    """The same by the objects of the serializer."""

    write: ClassVar[Any] = staticmethod(plain.by_serializer)


class Raw(WithoutPermission):
    """JSON as the database writes it, in one statement."""

    def told_of(self, keys: tuple[UUID, ...]) -> HttpResponse:
        """What PostgreSQL says."""
        with connections[BARE].cursor() as cursor:
            cursor.execute(RAW, [list(keys)])
            (text,) = cursor.fetchone()
        return HttpResponse(text, content_type=rendering.MEDIA_TYPE)


def _codes(keys: tuple[UUID, ...]) -> dict[UUID, dict[str, list[dict[str, str]]]]:
    """What the product reads in its one statement for all kinds of codes, from the copies."""
    found: dict[UUID, dict[str, list[dict[str, str]]]] = defaultdict(
        lambda: {"crime_types": [], "priorities": [], "concerned": []}
    )
    arms = [
        _arm(CaseCrimeType.objects.using(BARE).all(), keys, "crime_types", "crime_type"),
        _arm(CasePriority.objects.using(BARE).all(), keys, "priorities", "priority"),
        _arm(ConcernedPartner.objects.using(BARE).all(), keys, "concerned", "partner"),
    ]
    for root_id, kind, code, name, _at in arms[0].union(*arms[1:], all=True).order_by("a_kind", "a_position", "a_name"):
        found[root_id][kind].append({"code": code, "label": gettext(name)})
    return found


def _arm(rows: QuerySet[Any], keys: tuple[UUID, ...], kind: str, field: str) -> QuerySet[Any, Any]:
    named = {
        "a_kind": Value(kind, output_field=CharField()),
        "a_code": F(f"{field}__code"),
        "a_name": F(f"{field}__name"),
        "a_position": F(f"{field}__position"),
    }
    arm: QuerySet[Any, Any] = rows.filter(root_id__in=keys).order_by().annotate(**named).values_list("root_id", *named)
    return arm
