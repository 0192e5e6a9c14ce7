"""National proceedings and own file numbers."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from cases import states
from cases.actions.cases import demand_at_work
from cases.actions.moves import finish
from cases.choices import Status
from cases.models import Case, FileNumber, Proceeding
from cases.permissions import CasePermission
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority
from foundation.workflow.actions import action, follow
from foundation.workflow.refusals import Refusal


class UnableToRecordProceeding(Refusal):
    """The proceeding cannot be recorded; the message is fit for the user."""


class UnableToAddFileNumber(Refusal):
    """The file number cannot be added; the message is fit for the user."""


@action
def record_proceeding(
    *,
    case: Case,
    authority: Authority,
    stage: str,
    opened_date: date | None,
    state_of_play: str,
    by: Actor,
    at: datetime,
) -> Proceeding:
    """Say what an authority of the own partner does under its own law; one proceeding per authority.

    The first proceeding of a second partner begins the coordination of a selected case. Who may: contributors with
    cases.contribute, for authorities of their own partner. Raises Forbidden, UnableToEdit, UnableToRecordProceeding.
    """
    case = _case_at_work(case, by)
    if authority.partner_id != by.partner_id:
        raise UnableToRecordProceeding(_("You can record proceedings of your own partner's authorities only."))
    if Proceeding.objects.visible_to(by).of(case.pk).filter(authority=authority).exists():
        raise UnableToRecordProceeding(_("This authority's proceeding is on the case already. Edit it instead."))
    proceeding = Proceeding.objects.create(
        root_id=case.pk,
        authority=authority,
        stage=stage,
        opened_date=opened_date,
        state_of_play=state_of_play,
        recorded_at=at,
        recorded_by_id=by.membership_id,
    )
    access.touch(by=by, root_id=case.pk)
    record.changed(
        "cases.proceeding.recorded", by=by, root=case.pk, changes={"authority": authority.name, "stage": stage}
    )
    _begin_coordination(case, authority, by=by, at=at)
    return proceeding


@action
def edit_proceeding(
    *,
    proceeding: Proceeding,
    stage: str,
    opened_date: date | None,
    state_of_play: str,
    version: int,
    by: Actor,
    at: datetime,
) -> Proceeding:
    """Bring a proceeding of the own partner up to date.

    Who may: contributors with cases.contribute. Raises Forbidden, StaleVersion, UnableToEdit, UnableToRecordProceeding.
    """
    proceeding = Proceeding.objects.visible_to(by).with_authority().get(pk=proceeding.pk)
    authority = proceeding.authority
    _case_at_work(Case(pk=proceeding.root_id), by)
    if authority.partner_id != by.partner_id:
        raise UnableToRecordProceeding(_("You can edit proceedings of your own partner's authorities only."))
    proceeding = access.locked(proceeding, version=version)
    before = proceeding.stage
    proceeding.stage, proceeding.opened_date, proceeding.state_of_play = stage, opened_date, state_of_play
    proceeding.recorded_at, proceeding.recorded_by_id = at, by.membership_id
    proceeding.version += 1
    proceeding.save(update_fields=["stage", "opened_date", "state_of_play", "recorded_at", "recorded_by", "version"])
    access.touch(by=by, root_id=proceeding.root_id)
    changes = {"authority": authority.name, "stage": [before, stage]}
    record.changed("cases.proceeding.edited", by=by, root=proceeding.root_id, changes=changes)
    return proceeding


@action
def add_file_number(*, case: Case, number: str, by: Actor, at: datetime) -> FileNumber:
    """Keep the authority's own reference; only people of the own partner who see the case read it, or that it is there.

    Who may: contributors with cases.contribute. Raises Forbidden, UnableToEdit, UnableToAddFileNumber.
    """
    case = _case_at_work(case, by)
    if FileNumber.objects.visible_to(by).of(case.pk).filter(audience=by.partner_group, number=number).exists():
        raise UnableToAddFileNumber(_("This file number is on the case already."))
    row = FileNumber.objects.create(
        root_id=case.pk,
        audience_id=by.partner_group,
        authority_id=by.authority_id,
        number=number,
        added_at=at,
        added_by_id=by.membership_id,
    )
    # No touch: a case that moves up in other partners' lists would tell of a row that they may not know.
    record.changed(
        "cases.file_number.added", by=by, root=case.pk, changes={"number": number}, audience=by.partner_group
    )
    return row


@action
def remove_file_number(*, file_number: FileNumber, by: Actor, at: datetime) -> None:
    """Take a file number of the own partner off the case; the record keeps it.

    Who may: contributors with cases.contribute. Raises Forbidden, UnableToEdit.
    """
    row = FileNumber.objects.visible_to(by).get(pk=file_number.pk)
    _case_at_work(Case(pk=row.root_id), by)
    row.delete()
    record.changed(
        "cases.file_number.removed", by=by, root=row.root_id, changes={"number": row.number}, audience=row.audience_id
    )


def _case_at_work(case: Case, by: Actor) -> Case:
    case = Case.objects.visible_to(by).select_related("owner").get(pk=case.pk)
    access.require(by, CasePermission.CONTRIBUTE, case)
    demand_at_work(case)
    return case


def _begin_coordination(case: Case, authority: Authority, *, by: Actor, at: datetime) -> None:
    """Two partners at work on a selected case is what coordination means; nobody has to press a button for it."""
    if case.status != Status.SELECTED or authority.partner_id == case.owner.partner_id:
        return
    case = access.locked(case, version=case.version)
    finish(states.COORDINATE, case=case, by=by)
    follow("cases.coordinate", case=case, by=by, at=at)
