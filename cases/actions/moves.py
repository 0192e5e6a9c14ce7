"""Move a case from state to state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cases import notices, states
from cases.models import Case, InvitationSent, Task
from cases.permissions import CasePermission
from foundation import access
from foundation.access.models import Offer
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action, declare, follow
from foundation.workflow.refusals import Refusal
from foundation.workflow.states import Transition

declare("cases.submit", "cases.coordinate", "cases.close", "cases.reopen", "cases.archive")


class UnableToCoordinate(Refusal):
    """Coordination needs a second partner; the message is fit for the user."""


class UnableToClose(Refusal):
    """The case cannot be closed yet; the message is fit for the user."""


class UnableToArchive(Refusal):
    """The case cannot be archived yet; the message is fit for the user."""


def begin(transition: Transition[CasePermission], *, case: Case, by: Actor, version: int | None = None) -> Case:
    """Load, require, lock and check the state; without a version the present one is taken (acts of an upper app)."""
    case = Case.objects.visible_to(by).get(pk=case.pk)
    access.require(by, transition.permission, case)
    case = access.locked(case, version=case.version if version is None else version)
    transition.check(case.status)
    return case


def finish(
    transition: Transition[CasePermission], *, case: Case, by: Actor, also: tuple[str, ...] = (), reason: str = ""
) -> None:
    """Write the new state and record the move."""
    case.status = transition.target
    case.version += 1
    case.save(update_fields=["status", "version", *also])
    access.touch(by=by, root_id=case.pk)
    changes = {"reason": reason} if reason else {}
    record.changed(f"cases.case.{transition.name}", by=by, root=case.pk, changes=changes)


@action
def submit(*, case: Case, version: int, by: Actor, at: datetime) -> Case:
    """Open a draft: from now on it may be shared, nominated and worked on.

    Who may: managers of the case with cases.submit. Raises Forbidden, StaleVersion, TransitionNotAllowed.
    """
    case = begin(states.SUBMIT, case=case, by=by, version=version)
    case.opened_at, case.opened_by_id = at, by.membership_id
    finish(states.SUBMIT, case=case, by=by, also=("opened_at", "opened_by"))
    follow("cases.submit", case=case, by=by, at=at)
    return case


@action
def coordinate(*, case: Case, version: int, by: Actor, at: datetime) -> Case:
    """Begin the coordination of a selected case by hand; refuses while no second partner has joined.

    It also begins by itself with the first proceeding of a second partner. Who may: managers with cases.coordinate.
    Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToCoordinate.
    """
    case = begin(states.COORDINATE, case=case, by=by, version=version)
    if not Offer.objects.visible_to(by).filter(root_id=case.pk, accepted_at__isnull=False).exists():
        raise UnableToCoordinate(_("No other partner has accepted an invitation yet."))
    finish(states.COORDINATE, case=case, by=by)
    follow("cases.coordinate", case=case, by=by, at=at)
    return case


@action
def close(*, case: Case, reason: str, version: int, by: Actor, at: datetime) -> Case:
    """Close a case; refuses while an invitation is unanswered.

    Who may: managers of the case with cases.close. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToClose.
    """
    case = begin(states.CLOSE, case=case, by=by, version=version)
    sent = InvitationSent.objects.visible_to(by).of(case.pk).values("invitation")
    if Offer.objects.visible_to(by).standing().filter(root_id=case.pk, invitation__in=sent).exists():
        raise UnableToClose(
            _("A partner has not answered its invitation yet. Withdraw the invitation or wait for the answer.")
        )
    case.closed_at, case.closed_by_id = at, by.membership_id
    finish(states.CLOSE, case=case, by=by, also=("closed_at", "closed_by"), reason=reason)
    follow("cases.close", case=case, by=by, at=at)
    notices.moved(notices.CASE_CLOSED, case, by=by, at=at)
    return case


@action
def reopen(*, case: Case, reason: str, version: int, by: Actor, at: datetime) -> Case:
    """Take a closed case up again; the reason stays on record.

    Who may: managers of the case with cases.reopen. Raises Forbidden, StaleVersion, TransitionNotAllowed.
    """
    case = begin(states.REOPEN, case=case, by=by, version=version)
    case.closed_at = case.closed_by = None
    finish(states.REOPEN, case=case, by=by, also=("closed_at", "closed_by"), reason=reason)
    follow("cases.reopen", case=case, by=by, at=at)
    notices.moved(notices.CASE_REOPENED, case, by=by, at=at)
    return case


@action
def archive(*, case: Case, version: int, by: Actor, at: datetime) -> Case:
    """Put a closed case away for good; refuses while a task is unfinished.

    Who may: managers of the case with cases.archive. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToArchive.
    """
    case = begin(states.ARCHIVE, case=case, by=by, version=version)
    if Task.objects.visible_to(by).of(case.pk).unfinished().exists():
        raise UnableToArchive(_("A task is unfinished. Reopen the case to finish or withdraw it."))
    finish(states.ARCHIVE, case=case, by=by)
    follow("cases.archive", case=case, by=by, at=at)
    return case


MOVES: Final[dict[str, Callable[..., Case]]] = {
    states.SUBMIT.name: submit,
    states.COORDINATE.name: coordinate,
    states.CLOSE.name: close,
    states.REOPEN.name: reopen,
    states.ARCHIVE.name: archive,
}
"""Name of the transition -> the action that makes it, for whoever moves by the table."""
