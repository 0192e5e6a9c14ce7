"""What the record of a case reads like in its timeline."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import DeclineReason, Stage, Urgency
from foundation.audit import words
from foundation.components.handling import HandlingCode

SENTENCES: Mapping[str, Promise | str] = {
    "cases.case.created": _("Draft written"),
    "cases.case.edited": _("Facts of the case changed"),
    "cases.case.edited.before": _("How they read before (kept for your authority alone)"),
    "cases.case.submit": _("Case opened"),
    "cases.case.nominate": _("Nominated to the Contact Group"),
    "cases.case.release": _("Nomination ended, case open again"),
    "cases.case.select": _("Taken up by the Contact Group"),
    "cases.case.coordinate": _("Coordination began"),
    "cases.case.close": _("Case closed"),
    "cases.case.reopen": _("Case reopened"),
    "cases.case.archive": _("Case archived"),
    "cases.proceeding.recorded": _("Proceeding recorded"),
    "cases.proceeding.edited": _("Proceeding brought up to date"),
    "cases.file_number.added": _("File number added"),
    "cases.file_number.removed": _("File number removed"),
    "cases.note.written": _("Note written"),
    "cases.note.edited": _("Note changed"),
    "cases.task.given": _("Task given"),
    "cases.task.acknowledged": _("Task acknowledged"),
    "cases.task.done": _("Task done"),
    "cases.task.withdrawn": _("Task withdrawn"),
    "cases.partner.invited": _("Partner invited"),
    "cases.partner.uninvited": _("Invitation to a partner withdrawn"),
    "cases.invitation.sent": _("Invitation sent"),
    "cases.invitation.accepted": _("Invitation accepted"),
    "cases.invitation.declined": _("Invitation declined"),
    "cases.invitation.withdrawn": _("Invitation withdrawn"),
}
FIELDS: Mapping[str, Promise | str] = {
    "fields": _("Changed"),
    "reason": _("Reason"),
    "text": _("In words"),
    "title": _("Title"),
    "summary": _("Summary"),
    "stage": _("Stage"),
    "urgency": _("Urgency"),
    "handling": _("Handling codes"),
    "handling_text": _("Other restrictions"),
    "crime_types": _("Forms of serious crime"),
    "priorities": _("Priorities of the European Union"),
    "partners": _("Partners concerned"),
    "authority": _("Authority"),
    "prosecutor": _("Responsible"),
    "partner": _("Partner"),
    "number": _("File number"),
    "task": _("Task"),
    "assignee": _("Given to"),
}
VALUES: Mapping[str, Promise | str] = {
    **dict(Stage.choices),
    **dict(Urgency.choices),
    **dict(DeclineReason.choices),
    **{code: code for code in HandlingCode.values},
}
"""Codes that a change carries, in words."""

words.declare(SENTENCES, FIELDS)


def value(code: object) -> str:
    """A changed value in words."""
    if isinstance(code, list):
        return ", ".join(value(part) for part in code)
    return str(VALUES.get(str(code), code))
