"""Notes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.cases import demand_at_work
from cases.models import Case, Note, NoteVersion
from cases.permissions import CasePermission
from foundation import access
from foundation.access import audiences
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal


class UnableToEditNote(Refusal):
    """Only its writer changes a note; the message is fit for the user."""


@action
def write_note(*, case: Case, text: str, audience: str, by: Actor, at: datetime) -> Note:
    """Add a note for everyone on the case, or for the own partner, authority or self alone.

    Who may: contributors with cases.contribute. Raises Forbidden, UnableToEdit.
    """
    case = Case.objects.visible_to(by).get(pk=case.pk)
    access.require(by, CasePermission.CONTRIBUTE, case)
    demand_at_work(case)
    group = audiences.group_of(audience, by)
    note = Note.objects.create(
        root_id=case.pk, audience_id=group, text=text, written_at=at, written_by_id=by.membership_id
    )
    _record("cases.note.written", note, by)
    return note


@action
def edit_note(*, note: Note, text: str, version: int, by: Actor, at: datetime) -> Note:
    """Change an own note; how it read before is kept, for the same audience.

    Who may: the membership that wrote it. Raises Forbidden, StaleVersion, UnableToEdit, UnableToEditNote.
    """
    note = Note.objects.visible_to(by).get(pk=note.pk)
    access.require(by, CasePermission.CONTRIBUTE, note)
    demand_at_work(Case.objects.visible_to(by).get(pk=note.root_id))
    if note.written_by_id != by.membership_id:
        raise UnableToEditNote(_("Only its writer can change a note."))
    note = access.locked(note, version=version)
    NoteVersion.objects.create(
        root_id=note.root_id,
        audience_id=note.audience_id,
        note=note,
        number=note.version,
        text=note.text,
        written_at=note.edited_at or note.written_at,
        replaced_at=at,
    )
    note.text, note.edited_at = text, at
    note.version += 1
    note.save(update_fields=["text", "edited_at", "version"])
    _record("cases.note.edited", note, by)
    return note


def _record(verb: str, note: Note, by: Actor) -> None:
    """Into the timeline of the note's own readers; only a note for everyone moves the case up in lists."""
    if note.audience_id is None:
        access.touch(by=by, root_id=note.root_id)
    record.changed(verb, by=by, root=note.root_id, changes={"version": note.version}, audience=note.audience_id)
