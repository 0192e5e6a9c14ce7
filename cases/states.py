"""The states of a case as a table; pages, actions and tests derive from it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.choices import Status
from cases.permissions import CasePermission
from foundation.workflow.states import Transition

AT_WORK = frozenset({Status.DRAFT, Status.OPEN, Status.NOMINATED, Status.SELECTED, Status.COORDINATED})
"""The states in which a case and its rows may be changed."""
NOT_AT_WORK = _("The case is closed. Reopen it first.")

INVITING = frozenset({Status.OPEN, Status.SELECTED, Status.COORDINATED})
"""The states in which a partner may be invited from the case page; while a nomination runs, the Contact Group decides."""
NOT_INVITING = _("A partner can be invited while the case is open, selected or coordinated.")

SUBMIT = Transition(
    name="submit",
    label=_("Open the case"),
    sources=frozenset({Status.DRAFT}),
    target=Status.OPEN,
    permission=CasePermission.SUBMIT,
    url="case_submit",
)
NOMINATE = Transition(
    name="nominate",
    label=_("Nominate"),
    sources=frozenset({Status.OPEN}),
    target=Status.NOMINATED,
    permission=CasePermission.NOMINATE,
)
RELEASE = Transition(
    name="release",
    label=_("Release from nomination"),
    sources=frozenset({Status.NOMINATED}),
    target=Status.OPEN,
    permission=CasePermission.RELEASE,
)
SELECT = Transition(
    name="select",
    label=_("Take up"),
    sources=frozenset({Status.NOMINATED}),
    target=Status.SELECTED,
    permission=CasePermission.SELECT,
)
COORDINATE = Transition(
    name="coordinate",
    label=_("Start coordination"),
    sources=frozenset({Status.SELECTED}),
    target=Status.COORDINATED,
    permission=CasePermission.COORDINATE,
    url="case_coordinate",
)
CLOSE = Transition(
    name="close",
    label=_("Close case"),
    sources=frozenset({Status.OPEN, Status.SELECTED, Status.COORDINATED}),
    target=Status.CLOSED,
    permission=CasePermission.CLOSE,
    url="case_close",
    needs_reason=True,
)
REOPEN = Transition(
    name="reopen",
    label=_("Reopen case"),
    sources=frozenset({Status.CLOSED}),
    target=Status.OPEN,
    permission=CasePermission.REOPEN,
    url="case_reopen",
    needs_reason=True,
)
ARCHIVE = Transition(
    name="archive",
    label=_("Archive case"),
    sources=frozenset({Status.CLOSED}),
    target=Status.ARCHIVED,
    permission=CasePermission.ARCHIVE,
    url="case_archive",
)

TRANSITIONS = (SUBMIT, NOMINATE, RELEASE, SELECT, COORDINATE, CLOSE, REOPEN, ARCHIVE)
"""Rows without an address belong to the Contact Group: its own pages carry them out."""
