"""Of which dates of the Contact Group people are reminded. No sentence names a case, a partner or a vote."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contactgroup.models import VotingRound
from contactgroup.permissions import NominationPermission
from contactgroup.queries import lists
from foundation import access
from foundation.notifications.reminders import kinds
from foundation.tenancy.actors import Actor
from meetings.models import Meeting


def voices_open_to(actor: Actor, at: datetime) -> QuerySet[VotingRound]:
    """Rounds in which the actor can still cast its partner's voice."""
    if not access.role_allows(actor, NominationPermission.VOTE):
        return VotingRound.objects.none()
    return lists.voices_open_to(actor, at)


def nominations_open_to(actor: Actor, at: datetime) -> QuerySet[Meeting]:
    """Meetings that are called, for which nominations are still taken, for those who hold a seat."""
    if not access.role_allows(actor, NominationPermission.VOTE):
        return Meeting.objects.none()
    return Meeting.objects.visible_to(actor).planned(at).filter(nominations_until__gt=at)


VOTE_ENDING = kinds.declare(
    name="contactgroup.vote.ending",
    label=_("Vote open"),
    in_calendar=_("Vote ends"),
    sentence=_("A vote on a nomination ends soon, and your partner has not voted."),
    source="contactgroup_votes_ending",
    open_to=voices_open_to,
    due="closes_at",
    root="root_id",
    first_offsets=(3, 1, 0),
)
NOMINATIONS_DUE = kinds.declare(
    name="contactgroup.nominations.due",
    label=_("Nomination deadline"),
    sentence=_("Nominations for a Contact Group meeting end soon."),
    source="contactgroup_nominations_due",
    open_to=nominations_open_to,
    due="nominations_until",
    root="pk",
)
