"""Notes and their earlier versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.querysets import NoteQuerySet
from foundation.access.models import SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Membership


class Note(SharedRecord):
    """A text for everyone on the case or for one audience; its audience never changes, so no earlier version is betrayed."""

    text = models.TextField(_("note"), max_length=8000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["root", "-written_at"], name="cases_note_newest")]


class NoteVersion(SharedRecord):
    """How a note read before it was edited; same audience as the note."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    objects = SharedQuerySet["NoteVersion"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "number"], name="cases_noteversion_once")]
