"""Nominations and what stands under their root; votes; the link to the case, under the case's root; reference data."""

from contactgroup.models.link import CaseNomination, ReservedInvitation
from contactgroup.models.nomination import CriterionScore, Elector, Nomination, ProposedInvitation
from contactgroup.models.recusal import Recusal, RecusalReason
from contactgroup.models.reference import Criterion, VotingRule
from contactgroup.models.voting import Turnout, Vote, VotingRound

__all__ = [
    "CaseNomination",
    "Criterion",
    "CriterionScore",
    "Elector",
    "Nomination",
    "ProposedInvitation",
    "Recusal",
    "RecusalReason",
    "ReservedInvitation",
    "Turnout",
    "Vote",
    "VotingRound",
    "VotingRule",
]
