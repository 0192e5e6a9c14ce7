"""A case and what stands under its root; invitations, which are roots of their own; reference data."""

from cases.invitations.models import Invitation, InvitationSent
from cases.models.case import Case, CaseCrimeType, CasePriority, ConcernedPartner
from cases.models.notes import Note, NoteVersion
from cases.models.proceedings import FileNumber, Proceeding
from cases.models.reference import CrimeType, Priority
from cases.models.tasks import Task

__all__ = [
    "Case",
    "CaseCrimeType",
    "CasePriority",
    "ConcernedPartner",
    "CrimeType",
    "FileNumber",
    "Invitation",
    "InvitationSent",
    "Note",
    "NoteVersion",
    "Priority",
    "Proceeding",
    "Task",
]
