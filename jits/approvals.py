"""An internal approval as plain data: what is asked, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from foundation.tenancy.actors import Actor
from jits.choices import ApprovalStatus
from jits.refusals import UnableToKeep


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked, of whom (in free words, or a person of the own partner), since when and until when."""

    subject: str
    of_whom: str
    person_id: UUID | None
    asked_date: date
    due_date: date | None


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What was answered and when; no day while it is only asked."""

    status: str
    answered_date: date | None
    words: str


def today(by: Actor, at: datetime) -> date:
    """The day where the actor is."""
    return at.astimezone(ZoneInfo(by.time_zone)).date()


def check_days(asked: Asked, answered: Answered | None = None, *, by: Actor, at: datetime) -> None:
    """Raise UnableToKeep unless somebody is asked, and the days follow one another and do not lie ahead."""
    if not asked.of_whom.strip() and asked.person_id is None:
        raise UnableToKeep(_("Say of whom it is asked, or choose a person."))
    if asked.asked_date > today(by, at):
        raise UnableToKeep(_("The day on which it was asked lies ahead."))
    if asked.due_date is not None and asked.due_date < asked.asked_date:
        raise UnableToKeep(_("It cannot be needed before it was asked."))
    if answered is not None:
        _check_answer(asked, answered, by=by, at=at)


def _check_answer(asked: Asked, answered: Answered, *, by: Actor, at: datetime) -> None:
    day = answered.answered_date
    if answered.status == ApprovalStatus.ASKED:
        if day is not None:
            raise UnableToKeep(
                _("There is a day of the answer, and no answer. Choose the answer, or leave the day empty.")
            )
        return
    if day is None:
        raise UnableToKeep(_("Give the day of the answer."))
    if not asked.asked_date <= day <= today(by, at):
        raise UnableToKeep(_("The day of the answer lies before the question, or ahead."))
