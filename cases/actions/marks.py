"""What the Contact Group's acts do to a case, called by the app above in its own transaction."""

from __future__ import annotations

from datetime import datetime

from cases import states
from cases.actions.moves import begin, finish
from cases.models import Case
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action


@action
def mark_nominated(*, case: Case, by: Actor, at: datetime) -> Case:
    """The case was brought before the Contact Group.

    Who may: managers of the case with cases.nominate. Raises Forbidden, TransitionNotAllowed.
    """
    case = begin(states.NOMINATE, case=case, by=by)
    finish(states.NOMINATE, case=case, by=by)
    return case


@action
def mark_released(*, case: Case, by: Actor, at: datetime) -> Case:
    """The nomination was withdrawn or the case not taken up: it is open again.

    Who may: contributors with cases.release, the case desk among them. Raises Forbidden, TransitionNotAllowed.
    """
    case = begin(states.RELEASE, case=case, by=by)
    finish(states.RELEASE, case=case, by=by)
    return case


@action
def mark_selected(*, case: Case, by: Actor, at: datetime) -> Case:
    """The Contact Group took the case up.

    Who may: contributors with cases.select, which only the case desk has. Raises Forbidden, TransitionNotAllowed.
    """
    case = begin(states.SELECT, case=case, by=by)
    finish(states.SELECT, case=case, by=by)
    return case
