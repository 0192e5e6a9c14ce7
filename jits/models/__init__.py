"""Teams and what stands under their root; the treaty matrix: reference data that staff edit."""

from jits.models.checklist import JitGate, JitPoint
from jits.models.clauses import JitClauseComment, JitClauseText, JitConfirmation, JitTextAnswer
from jits.models.draft import JitDraft
from jits.models.law import InstrumentParty, LegalInstrument
from jits.models.members import JitMember, JitMemberIdentity, JitMemberNotice
from jits.models.own import JitApproval, JitOwnNote
from jits.models.parties import JitParticipant, JitParty
from jits.models.plan import JitPhase, JitTask
from jits.models.team import Jit, JitCase

__all__ = [
    "InstrumentParty",
    "Jit",
    "JitApproval",
    "JitCase",
    "JitClauseComment",
    "JitClauseText",
    "JitConfirmation",
    "JitDraft",
    "JitGate",
    "JitMember",
    "JitMemberIdentity",
    "JitMemberNotice",
    "JitOwnNote",
    "JitParticipant",
    "JitParty",
    "JitPhase",
    "JitPoint",
    "JitTask",
    "JitTextAnswer",
    "LegalInstrument",
]
