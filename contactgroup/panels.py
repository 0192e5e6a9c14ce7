"""What the Contact Group puts on the page of a case and on the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from cases.states import NOMINATE
from contactgroup.permissions import NominationPermission, RulePermission
from contactgroup.queries import lists
from foundation import access
from foundation.pages.panels import Waiting, WaitingLine
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class CasePanel:
    """The nominations of a case, and the way to nominate it."""

    case: Case
    rows: list[lists.NominationRow]
    may_nominate: bool
    template: str = "contactgroup/case_panel.html"


def nominations(*, record: object, actor: Actor, at: datetime) -> CasePanel | None:
    """On the page of a case: nothing for those who see no nomination of it and cannot nominate it."""
    assert isinstance(record, Case)
    rows = lists.of_case(record.pk, actor=actor)
    fit = record.status in NOMINATE.sources
    may_nominate = fit and access.allowed(actor, NominationPermission.NOMINATE, record)
    return CasePanel(case=record, rows=rows, may_nominate=may_nominate) if rows or may_nominate else None


@dataclass(frozen=True, kw_only=True)
class RulesPanel:
    """The way to the rules of voting."""

    may_set: bool
    template: str = "contactgroup/rules_panel.html"


def rules(*, record: object, actor: Actor, at: datetime) -> RulesPanel | None:
    """On the page of meetings, which members of the group and the programme team share; no statement."""
    if not access.role_allows(actor, RulePermission.VIEW):
        return None
    return RulesPanel(may_set=access.role_allows(actor, RulePermission.SET))


def votes_open(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """At home: votes that wait for the holder of a seat."""
    if not access.role_allows(actor, NominationPermission.VOTE):
        return None
    lines = tuple(
        WaitingLine(
            label=nomination.root.title,
            url=reverse("nomination", args=[nomination.pk]),
            detail=nomination.root.reference,
            due_at=closes_at,
        )
        for nomination, closes_at in lists.votes_open(actor=actor, at=at)
    )
    return (
        Waiting(id="votes", title=_("Votes open"), lines=lines, at=at, more_url=reverse("nominations"))
        if lines
        else None
    )


def waiting_for_agenda(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """At home: nominations that wait for the case desk to put them on an agenda."""
    if not access.role_allows(actor, NominationPermission.PUT_ON_AGENDA):
        return None
    lines = tuple(
        WaitingLine(
            label=nomination.root.title,
            url=reverse("nomination", args=[nomination.pk]),
            detail=f"{nomination.root.reference}, {nomination.nominating_authority.partner.name}",
        )
        for nomination in lists.waiting_for_agenda(actor=actor)
    )
    title = _("Nominations for an agenda")
    return Waiting(id="for-agenda", title=title, lines=lines, at=at, more_url=reverse("nominations")) if lines else None
