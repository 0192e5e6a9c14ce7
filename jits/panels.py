"""What teams put on the page of a case and on the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cases import states as case_states
from cases.models import Case
from foundation import access
from foundation.pages.panels import Waiting, WaitingLine
from foundation.tenancy.actors import Actor
from jits.permissions import JitPermission, LawPermission
from jits.queries import lists


@dataclass(frozen=True, kw_only=True)
class CasePanel:
    """The teams for a case that the reader is part of, and the way to propose one."""

    case: Case
    rows: list[lists.JitLine]
    may_propose: bool
    template: str = "jits/case_panel.html"


def teams(*, record: object, actor: Actor, at: datetime) -> CasePanel | None:
    """On the page of a case: the same for whoever sees no team of it, whether there is one or not."""
    assert isinstance(record, Case)
    rows = lists.of_case(record.pk, actor=actor) if access.role_allows(actor, JitPermission.VIEW) else []
    fit = record.status in case_states.AT_WORK
    may_propose = fit and access.allowed(actor, JitPermission.PROPOSE, record)
    return CasePanel(case=record, rows=rows, may_propose=may_propose) if rows or may_propose else None


def waiting(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """At home: teams in which the actor's party has something to say."""
    if not access.role_allows(actor, JitPermission.DECIDE):
        return None
    lines = tuple(
        WaitingLine(
            label=jit.root.title,
            url=reverse("jit", args=[jit.pk]),
            detail=f"{jit.root.reference}, {jit.get_status_display()}",
        )
        for jit in lists.waiting_for(actor)
    )
    title = _("Joint investigation teams")
    return Waiting(id="teams", title=title, lines=lines, at=at, more_url=reverse("jits")) if lines else None


@dataclass(frozen=True, kw_only=True)
class LawPanel:
    """The way to the legal basis of a team. It carries nothing of the record over: an address stays in histories and logs."""

    template: str = "jits/law_panel.html"


def legal_basis(*, record: object, actor: Actor, at: datetime) -> LawPanel | None:
    """On the page of a case; no statement."""
    return LawPanel() if access.role_allows(actor, LawPermission.VIEW) else None
