"""The lists of a bearer in other ways: by serializers' objects, the fifty cases without permission either way, and raw."""

from __future__ import annotations

import functools
import json
import os
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.http import HttpResponse
from django.utils import timezone

from cases.api.operations import CaseList, CodedCase
from cases.models import Case, ConcernedPartner
from cases.queries.codes import named
from foundation.access import Cursor, Page
from foundation.pages.api import plain, rendering
from foundation.pages.api.lists import ListOperation
from wbcj.api.changes import Changes

BARE = "bare"
RAW = (Path(__file__).with_name("raw_list.sql")).read_text(encoding="utf-8")


@functools.cache
def fifty(membership_id: str) -> tuple[UUID, ...]:
    """The keys of the fifty rows that this system sees first, as the bench found them before it began."""
    pages = json.loads(Path(os.environ["WBCJ_BENCH_PAGES"]).read_text(encoding="utf-8"))
    return tuple(UUID(key) for key in pages[membership_id])


class BySerializer(ListOperation):
    """Each row by the objects of the serializer, as before there was a fast way."""

    def written(self, rows: tuple[Any, ...]) -> list[dict[str, Any]]:
        """As the product did before there was a fast way."""
        return plain.by_serializer(self.item, rows, context={"operation": self})


class SlowCases(BySerializer, CaseList):
    """The product's list, each row by the objects of its serializer."""


class SlowChanges(BySerializer, Changes):
    """The feed, each item by the objects of its serializer."""


class Unpermissioned(CaseList):
    """The product's list up to whoever asks: token, count of requests, scope, parameters, form and writing are the same.

    Then no membership acts and nothing is asked of it: the fifty rows come from tables without row security by their keys, which are
    known, and nothing is on record.
    """

    def _act(self) -> HttpResponse:
        with timezone.override(UTC), transaction.atomic(using=BARE):
            self.load()
            return rendering.answer(self.asked, self.read())

    def paged(self, *, after: Cursor | None, limit: int) -> Page[CodedCase]:
        """Cases with root, owner and the codes of what the list names."""
        keys = fifty(str(self.bearer.membership_id))
        cases = Case.objects.using(BARE).with_owner().order_by("-root__sort_at", "-root__id")
        found = list(cases.extra(where=["cases_case.root_id = ANY (%s)"], params=[list(keys)])[: limit + 1])
        codes = named(ConcernedPartner.objects.using(BARE).extra(where=["root_id = ANY (%s)"], params=[list(keys)]))
        last = found[-1]
        following = Cursor(last.root.sort_at, last.pk)
        return Page(tuple(CodedCase(case=case, codes=codes[case.pk]) for case in found), keys, following)


class SlowUnpermissioned(BySerializer, Unpermissioned):
    """The same by the objects of the serializer."""


class Raw(Unpermissioned):
    """JSON as the database writes it, in one statement, for the same bearer."""

    def _act(self) -> HttpResponse:
        with transaction.atomic(using=BARE), connections[BARE].cursor() as cursor:
            cursor.execute(RAW, [list(fifty(str(self.bearer.membership_id)))])
            (text,) = cursor.fetchone()
        return HttpResponse(text, content_type=rendering.MEDIA_TYPE)
