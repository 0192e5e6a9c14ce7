"""A row of every protected model, made from its fields, so that a model added later is covered without a line here."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from foundation.access.models import PersonalRecord, ReaderRecord, RootRecord, SharedRecord
from foundation.access.querysets import LedgerQuerySet, PersonalQuerySet, ReaderQuerySet, RootQuerySet, SharedQuerySet
from jits.choices import DocumentKind

PROTECTED = (RootQuerySet, SharedQuerySet, PersonalQuerySet, ReaderQuerySet, LedgerQuerySet)
BASES = (RootRecord, SharedRecord, PersonalRecord, ReaderRecord)
# What the database's own checks ask for, beyond the type of a field.
WANTED: dict[str, dict[str, Any]] = {
    "cases.Invitation": {"decline_reason": "", "decline_text": "", "handling": ["H0"]},
    "documents.CopyOrder": {"said": ""},
    "documents.CustodyEntry": {"act": "verified", "intact": True},
    "documents.Document": {"handling": ["H0"], "withdrawn_reason": ""},
    "documents.Printout": {"why": "", "fingerprint": "", "sha256": ""},
    "documents.Upload": {"size": 10**12},
    "notifications.CalendarFeed": {"revoked_at": timezone.now()},
    "contactgroup.Nomination": {"handling": ["H0"], "outcome": ""},
    "contactgroup.CaseNomination": {"ended_at": timezone.now()},
    "jits.Jit": {"handling": ["H0"], "months": 12, "obstacle": "", "suspended_from": "", "suspended_because": ""},
    "jits.JitDraft": {"languages": ["en"], "document": itertools.cycle(DocumentKind.values).__next__},
    "jits.JitMember": {"role": "judicial"},
    "jits.JitApproval": {"due_date": None, "status": "asked", "answered_date": None},
    "jits.JitTask": {"outcome": ""},
    "contactgroup.VotingRound": {"closed_at": timezone.now(), "closed_by_id": uuid4()},
}
NEVER_FOR_EVERYONE = {
    "cases.FileNumber",
    "contactgroup.RecusalReason",
    "jits.JitApproval",
    "jits.JitMemberIdentity",
    "jits.JitOwnNote",
}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Row:
    """What decides who sees a row."""

    pk: Any
    root: UUID | None
    audience: int | None = None
    membership: UUID | None = None


def protected_models() -> list[type[models.Model]]:
    """Every model that is read through a reading verb."""
    found = [m for m in apps.get_models() if isinstance(m._default_manager.all(), PROTECTED)]
    return sorted(found, key=lambda model: model._meta.label)


def unprotected_models() -> list[str]:
    """Models of a protected kind whose manager has no reading verb."""
    return [m._meta.label for m in apps.get_models() if issubclass(m, BASES) and m not in protected_models()]


def has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields if name != "audience" or field.is_relation)


def make(model: type[models.Model], *, root: UUID, audience: int | None = None, membership: UUID) -> Row:
    """Insert one row. Foreign keys lead nowhere: they are checked at the end of a transaction that is rolled back."""
    known = {"root": root, "audience": audience, "membership": membership}
    values = {
        field.attname: known[field.name] if has(model, field.name) and field.name in known else _value(field)
        for field in model._meta.concrete_fields
        if field.name in known or not (field.null or field.has_default() or field.generated)
    }
    wanted = WANTED.get(model._meta.label, {})
    row = model(**values | {name: value() if callable(value) else value for name, value in wanted.items()})
    row.save_base(raw=True, force_insert=True)
    return Row(row.pk, root if has(model, "root") else None, audience, membership)


def _value(field: models.Field[Any, Any]) -> Any:
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.ForeignKey):
        return _value(field.target_field)
    for kind, value in _SAMPLES:
        if isinstance(field, kind):
            return value() if callable(value) else value
    raise TypeError(f"no sample for {field}")


_SAMPLES: tuple[tuple[type, Any], ...] = (
    (models.UUIDField, uuid4),
    (models.BinaryField, b"x"),
    (ArrayField, list),
    (models.JSONField, dict),
    (models.DateTimeField, timezone.now),
    (models.DateField, lambda: timezone.now().date()),
    (models.BooleanField, False),
    (models.IntegerField, lambda: next(_numbers)),
    (models.DecimalField, 1),
    (models.TextField, "x"),
    (models.CharField, lambda: uuid4().hex[:6]),
)
