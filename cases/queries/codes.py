"""Which forms of crime, priorities and partners cases name, with codes: for programs, which compare no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import gettext

from cases.models import CaseCrimeType, CasePriority, ConcernedPartner
from foundation.reference.words import spoken
from foundation.tenancy.actors import Actor

CRIME_TYPES, PRIORITIES, CONCERNED = "crime_types", "priorities", "concerned"
Codes = dict[str, list[dict[str, str]]]


def codes(actor: Actor, roots: Collection[UUID]) -> Mapping[UUID, Codes]:
    """Root -> its words by kind, each with code and label, in one statement for all of them."""
    found: dict[UUID, Codes] = defaultdict(lambda: {CRIME_TYPES: [], PRIORITIES: [], CONCERNED: []})
    arms = [
        _arm(CaseCrimeType.objects.visible_among(actor, roots), CRIME_TYPES, "crime_type"),
        _arm(CasePriority.objects.visible_among(actor, roots), PRIORITIES, "priority"),
        _arm(ConcernedPartner.objects.visible_among(actor, roots), CONCERNED, "partner"),
    ]
    rows = arms[0].union(*arms[1:], all=True).order_by("a_kind", "a_position", "a_name")
    for root_id, kind, code, name, _position in rows if roots else ():
        found[root_id][kind].append({"code": code, "label": gettext(name)})
    return found


def concerned(actor: Actor, roots: Collection[UUID]) -> Mapping[UUID, Codes]:
    """Root -> the partners concerned alone, which is what lists show; one statement."""
    return named(ConcernedPartner.objects.visible_among(actor, roots)) if roots else {}


def named(rows: QuerySet[ConcernedPartner]) -> Mapping[UUID, Codes]:
    """Root -> the partners of these rows, in their order."""
    found: dict[UUID, Codes] = defaultdict(lambda: {CONCERNED: []})
    ordered = rows.order_by("partner__position", "partner__name")
    for root_id, code, name in ordered.values_list("root_id", "partner__code", "partner__name"):
        found[root_id][CONCERNED].append({"code": code, "label": gettext(name)})
    return found


def _arm(rows: QuerySet[Any], kind: str, field: str) -> QuerySet[Any, Any]:
    named = {
        "a_kind": Value(kind, output_field=CharField()),
        "a_code": F(f"{field}__code"),
        "a_name": F(f"{field}__name") if field == "partner" else spoken(f"{field}__", "name"),
        "a_position": F(f"{field}__position"),
    }
    arm: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list("root_id", *named)
    return arm
