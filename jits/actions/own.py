"""What a party keeps for itself. Its rows and its record are for the own partner; the team does not move in anybody's lists."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from foundation import access
from foundation.access.models import SharedRecord
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from jits import notices, states
from jits.approvals import Answered, Asked, check_days
from jits.models import Jit, JitApproval, JitOwnNote
from jits.queries.own import own_people
from jits.queries.parties import own_party
from jits.refusals import UnableToKeep


@action
def write_own_note(*, jit: Jit, text: str, by: Actor, at: datetime) -> JitOwnNote:
    """Add a note that people of the own partner read, and nobody else.

    Who may: the parties' people who contribute. Raises Forbidden, TransitionNotAllowed, UnableToDecide.
    """
    jit = _demand(jit, by=by)
    note = JitOwnNote.objects.create(
        root_id=jit.pk, audience_id=by.partner_group, text=text, written_at=at, written_by_id=by.membership_id
    )
    _record("jits.own_note.written", note, by=by)
    return note


@action
def edit_own_note(*, note: JitOwnNote, text: str, version: int, by: Actor, at: datetime) -> JitOwnNote:
    """Change an own note; how it read before stands in the record, for the same audience.

    Who may: the membership that wrote it. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToKeep.
    """
    note = JitOwnNote.objects.visible_to(by).get(pk=note.pk)
    _demand(Jit.objects.visible_to(by).get(pk=note.root_id), by=by)
    if note.written_by_id != by.membership_id:
        raise UnableToKeep(_("Only its writer can change a note."))
    note = access.locked(note, version=version)
    before, note.text, note.edited_at, note.version = note.text, text, at, note.version + 1
    note.save(update_fields=["text", "edited_at", "version"])
    _record("jits.own_note.edited", note, by=by, before=before)
    return note


@action
def ask_approval(*, jit: Jit, asked: Asked, by: Actor, at: datetime) -> JitApproval:
    """Put down that something is asked of the own side; a person who is named is told.

    Who may: the parties' people who contribute. Raises Forbidden, TransitionNotAllowed, UnableToDecide, UnableToKeep.
    """
    jit = _demand(jit, by=by)
    check_days(asked, by=by, at=at)
    approval = JitApproval(root_id=jit.pk, audience_id=by.partner_group, kept_at=at, kept_by_id=by.membership_id)
    _put(approval, asked, by=by)
    approval.save(force_insert=True)
    _record("jits.approval.asked", approval, by=by)
    _tell(approval, jit, by=by, at=at)
    return approval


@action
def edit_approval(
    *, approval: JitApproval, asked: Asked, answered: Answered, version: int, by: Actor, at: datetime
) -> JitApproval:
    """Put down what was answered, or correct what stands there; what stood there stays in the own partner's record.

    A person who is named anew is told. Who may: the parties' people who contribute. Raises Forbidden, StaleVersion,
    TransitionNotAllowed, UnableToDecide, UnableToKeep.
    """
    approval = JitApproval.objects.visible_to(by).get(pk=approval.pk)
    jit = _demand(Jit.objects.visible_to(by).get(pk=approval.root_id), by=by)
    check_days(asked, answered, by=by, at=at)
    approval = access.locked(approval, version=version)
    before = {name: getattr(approval, name) for name in (*_ASKED, *_ANSWERED)}
    _put(approval, asked, by=by)
    for name in _ANSWERED:
        setattr(approval, name, getattr(answered, name))
    approval.kept_at, approval.kept_by_id, approval.version = at, by.membership_id, approval.version + 1
    approval.save(update_fields=[*_ASKED, *_ANSWERED, "kept_at", "kept_by", "version"])
    changed = {name: value for name, value in before.items() if getattr(approval, name) != value}
    _record("jits.approval.edited", approval, by=by, before=changed)
    if "person_id" in changed:
        _tell(approval, jit, by=by, at=at)
    return approval


_ASKED = ("subject", "of_whom", "person_id", "asked_date", "due_date")
_ANSWERED = ("status", "answered_date", "words")


def _demand(jit: Jit, *, by: Actor) -> Jit:
    jit = Jit.objects.visible_to(by).get(pk=jit.pk)
    access.require(by, states.KEEP_OWN.permission, jit)
    states.KEEP_OWN.check(jit.status)
    states.demand_turn(states.KEEP_OWN, jit, own_party(jit, by=by))
    return jit


def _put(approval: JitApproval, asked: Asked, *, by: Actor) -> None:
    """Raise UnableToKeep for a person of another partner, or one who does not see the team."""
    anew = asked.person_id is not None and asked.person_id != approval.person_id
    if anew and asked.person_id not in {one.pk for one in own_people(approval.root_id, actor=by)}:
        raise UnableToKeep(_("Choose somebody of your own partner who sees the team."))
    for name in _ASKED:
        setattr(approval, name, getattr(asked, name))


def _tell(approval: JitApproval, jit: Jit, *, by: Actor, at: datetime) -> None:
    if approval.person is not None:
        notices.tell(notices.APPROVAL, [approval.person.group_id], jit=jit, by=by, at=at)


def _record(verb: str, row: SharedRecord, *, by: Actor, before: object = None) -> None:
    """For the own partner's record alone. No list moves: that would tell the others that something was written."""
    changes = {"row": row.pk} | ({"before": before} if before else {})
    record.changed(verb, by=by, root=row.root_id, changes=changes, audience=row.audience_id)
