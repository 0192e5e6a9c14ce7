"""Open a case and edit its facts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from django.db import models

from cases import states
from cases.actions import authorities
from cases.choices import Status
from cases.models import Case, CaseCrimeType, CasePriority, ConcernedPartner, CrimeType, Priority
from cases.permissions import CasePermission
from foundation import access
from foundation.access.models import SharedRecord
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Partner
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal


class UnableToEdit(Refusal):
    """A closed or archived case is not changed any more; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a case says about itself. The summary carries no personal data."""

    title: str
    summary: str
    stage: str
    urgency: str
    handling: Sequence[str]
    handling_text: str = ""
    crime_types: Collection[CrimeType] = field(default_factory=tuple)
    priorities: Collection[Priority] = field(default_factory=tuple)
    partners: Collection[Partner] = field(default_factory=tuple)


_COLUMNS = ("summary", "stage", "urgency", "handling", "handling_text")


@action
def open_case(*, facts: Facts, by: Actor, at: datetime) -> Case:
    """A new case as a draft of the actor's authority, seen by the actor and by the authority's case registry alone.

    Who may: roles with cases.create. Raises Forbidden, UnableToOpen (the end of the authority is set).
    """
    access.require(by, CasePermission.CREATE)
    authorities.demand_open(by.authority_id)
    reference = access.new_reference("C", at)
    root_id = access.open_root(by=by, kind=Case.ROOT_KIND, reference=reference, title=facts.title)
    case = Case(root_id=root_id, owner_id=by.authority_id, status=Status.DRAFT)
    _write_columns(case, facts)
    case.save(force_insert=True)
    _replace_tags(root_id, facts)
    record.changed("cases.case.created", by=by, root=root_id)
    return case


@action
def edit(*, case: Case, facts: Facts, version: int, by: Actor, at: datetime) -> Case:
    """Replace what the case says about itself.

    Who may: managers of the case with cases.edit. Raises Forbidden, StaleVersion, UnableToEdit.
    """
    case = Case.objects.visible_to(by).select_related("root").get(pk=case.pk)
    root = case.root
    access.require(by, CasePermission.EDIT, case)
    case = access.locked(case, version=version)
    demand_at_work(case)

    changes: dict[str, object] = _write_columns(case, facts)
    changes |= _replace_tags(case.pk, facts)
    if root.title != facts.title:
        changes["title"] = [root.title, facts.title]
    case.version += 1
    case.save(update_fields=[*_COLUMNS, "version"])
    access.touch(by=by, root_id=case.pk, reference=root.reference, title=facts.title)
    record.edited("cases.case.edited", by=by, root=case.pk, changes=changes)
    return case


def demand_at_work(case: Case) -> None:
    """Raise UnableToEdit unless the case and its rows may be changed in its present state."""
    if case.status not in states.AT_WORK:
        raise UnableToEdit(states.NOT_AT_WORK)


def _write_columns(case: Case, facts: Facts) -> dict[str, object]:
    """Put the facts on the row; return field -> [before, after] of what differs."""
    changes: dict[str, object] = {}
    for name in _COLUMNS:
        before, after = getattr(case, name), getattr(facts, name)
        after = sorted(set(after)) if name == "handling" else after
        if before != after:
            changes[name] = [before, after]
            setattr(case, name, after)
    return changes


def _replace_tags(root_id: UUID, facts: Facts) -> dict[str, object]:
    """Make the child rows say what the facts say; return name -> [before, after] codes of what differs."""
    tags: tuple[tuple[str, type[SharedRecord], str], ...] = (
        ("crime_types", CaseCrimeType, "crime_type"),
        ("priorities", CasePriority, "priority"),
        ("partners", ConcernedPartner, "partner"),
    )
    assert {name for name, _model, _field in tags} <= {f.name for f in fields(facts)}
    changes: dict[str, object] = {}
    for name, model, column in tags:
        if difference := _replace(root_id, model, column, getattr(facts, name)):
            changes[name] = difference
    return changes


def _replace(
    root_id: UUID, model: type[SharedRecord], column: str, wanted: Collection[models.Model]
) -> list[list[str]] | None:
    rows = model._default_manager.filter(root_id=root_id)
    before = dict(rows.values_list(f"{column}_id", f"{column}__code"))
    after = {row.pk: str(getattr(row, "code")) for row in wanted}
    if before == after:
        return None
    rows.filter(**{f"{column}__in": before.keys() - after.keys()}).delete()
    model._default_manager.bulk_create(
        [model(root_id=root_id, **{f"{column}_id": key}) for key in after if key not in before]
    )
    return [sorted(before.values()), sorted(after.values())]
