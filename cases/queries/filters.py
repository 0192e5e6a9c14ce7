"""The lists of cases and invitations, narrowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.cache import cache
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.utils.translation import get_language, gettext

from cases.choices import InvitationStatus
from cases.models import CaseCrimeType, CasePriority, ConcernedPartner, CrimeType, Priority
from cases.querysets import CaseQuerySet, InvitationQuerySet
from foundation.pages.filters import containing
from foundation.reference.words import spoken
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import PartnerKind
from foundation.tenancy.models import Partner

_KEPT: Final = 60
Offered = dict[str, list[tuple[str, str]]]


def offered() -> Offered:
    """Words of the code lists, of past periods too, and the partners. Open reference data, read anew after a minute."""
    found: dict[str, dict[str, str]] = {"crime": {}, "priority": {}, "partner": {}}
    for kind, code, name in cache.get_or_set(f"cases.filters.offered.{get_language()}", _read, _KEPT) or ():
        found[kind][code] = gettext(name)
    partners = list(found["partner"].items())
    words = {name: list(found[name].items()) for name in ("crime", "priority")}
    return {**words, "concerned": partners, "owner": partners}


def _read() -> list[tuple[str, str, str]]:
    """All three lists in one statement; what staff have translated in the active language, the rest in English."""
    regional = Partner.objects.filter(kind__in=[PartnerKind.WESTERN_BALKAN, PartnerKind.MEMBER_STATE])
    arms = [_arm(CrimeType.objects.all(), "crime"), _arm(Priority.objects.all(), "priority"), _arm(regional, "partner")]
    rows = arms[0].union(*arms[1:], all=True).order_by("a_kind", "a_position", "a_name")
    return [(kind, code, name) for kind, code, name, _position in rows]


def _arm(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    named = {
        "a_kind": Value(kind, output_field=CharField()),
        "a_code": F("code"),
        "a_name": F("name") if rows.model is Partner else spoken("", "name"),
        "a_position": F("position"),
    }
    arm: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*named)
    return arm


def narrowed(cases: CaseQuerySet, wanted: Mapping[str, Any], actor: Actor) -> CaseQuerySet:
    """Cases that meet every filter that is set."""
    of_case = {"root_id": OuterRef("pk")}
    tags: dict[str, Callable[[str], QuerySet[Any]]] = {
        "crime": lambda code: CaseCrimeType.objects.visible_to(actor).filter(crime_type__code=code, **of_case),
        "priority": lambda code: CasePriority.objects.visible_to(actor).filter(priority__code=code, **of_case),
        "concerned": lambda code: ConcernedPartner.objects.visible_to(actor).filter(partner__code=code, **of_case),
    }
    plain = {"status": "status__in", "stage": "stage", "urgency": "urgency", "owner": "owner__partner__code"}
    for name, field in plain.items():
        if wanted.get(name):
            cases = cases.filter(**{field: wanted[name]})
    for name, rows in tags.items():
        if wanted.get(name):
            cases = cases.filter(Exists(rows(wanted[name])))
    if wanted.get("own"):
        cases = cases.filter(owner=actor.authority_id)
    return cases.filter(containing(wanted["text"])) if wanted.get("text") else cases


def narrowed_invitations(
    invitations: InvitationQuerySet, wanted: Mapping[str, Any], at: datetime
) -> InvitationQuerySet:
    """Invitations that meet every filter that is set; one that was not answered in time is known by the clock."""
    status = wanted.get("status")
    if status == InvitationStatus.SENT:
        invitations = invitations.unanswered(at)
    elif status == InvitationStatus.LAPSED:
        invitations = invitations.filter(status=InvitationStatus.SENT, answer_until__lte=at)
    elif status:
        invitations = invitations.filter(status=status)
    return invitations.filter(containing(wanted["text"])) if wanted.get("text") else invitations
