"""What an answer says of a case, field by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.choices import NoteAudience, Stage, Status, Urgency
from foundation.access import Level
from foundation.components.handling import HandlingCode
from foundation.pages.api.fields import AddressField, Coded, CodeField, Document
from foundation.pages.api.names import AuthorityName, PersonName


class Writer(PersonName):
    """Who did something, through which membership, for which authority."""

    authority = serializers.CharField(source="authority.name")


class CaseItem(serializers.Serializer[Any]):
    """A case as lists show it."""

    id = serializers.UUIDField(source="case.pk")
    url = AddressField("api_case", source="case.pk")
    reference = serializers.CharField(source="case.root.reference", help_text="Given by the system; for people.")
    title = serializers.CharField(source="case.root.title")
    status = CodeField(Status, source="case.status")
    stage = CodeField(Stage, source="case.stage")
    urgency = CodeField(Urgency, source="case.urgency")
    handling = serializers.ListField(
        child=CodeField(HandlingCode), source="case.handling", help_text="They bind whoever holds this answer."
    )
    handling_text = serializers.CharField(source="case.handling_text", help_text="Other restrictions, in words.")
    owner = AuthorityName(source="case.owner")
    concerned = Coded(many=True, source="codes.concerned", help_text="Partners that the case reaches into, by code.")
    written_at = serializers.DateTimeField(source="case.root.opened_at", help_text="When the draft was written.")
    active_at = serializers.DateTimeField(
        source="case.root.sort_at", help_text="Last activity; moves at most once a minute."
    )
    version = serializers.IntegerField(source="case.version")


class CaseDocument(Document, CaseItem):
    """A case with its facts. Notes, tasks, proceedings and participants have addresses of their own below it."""

    summary = serializers.CharField(source="case.summary")
    crime_types = Coded(many=True, source="codes.crime_types")
    priorities = Coded(many=True, source="codes.priorities", help_text="Priorities of the European Union (EMPACT).")
    opened_at = serializers.DateTimeField(
        source="case.opened_at", allow_null=True, help_text="When it was opened to others; null for a draft."
    )
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    file_numbers = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        source="case.own_numbers",
        help_text="Own file numbers: `id`, `number` and `authority`. Those of other partners are not there.",
    )


class NoteItem(serializers.Serializer[Any]):
    """A note that the bearer may read."""

    id = serializers.UUIDField(source="note.pk")
    text = serializers.CharField(source="note.text")
    audience = CodeField(NoteAudience, help_text="For whom it was written, seen from the bearer.")
    written_at = serializers.DateTimeField(source="note.written_at")
    written_by = Writer(source="note.written_by")
    edited_at = serializers.DateTimeField(source="note.edited_at", allow_null=True)
    version = serializers.IntegerField(source="note.version")


class NoteDocument(Document, NoteItem):
    """One note."""


class Principal(serializers.Serializer[Any]):
    """A partner, authority, office or person."""

    id = serializers.IntegerField(source="group_id", help_text="The key of the principal: a number, not a UUID.")
    kind = serializers.ChoiceField(choices=["partner", "authority", "office", "person"])
    name = serializers.CharField()
    authority = serializers.CharField(help_text="Empty for a partner, and for an office of a whole partner.")
    partner = serializers.CharField()


class TaskItem(serializers.Serializer[Any]):
    """Something that somebody on the case is asked to do."""

    id = serializers.UUIDField(source="task.pk")
    title = serializers.CharField(source="task.title")
    text = serializers.CharField(source="task.text")
    assignee = Principal(allow_null=True)
    due_at = serializers.DateTimeField(source="task.due_at")
    overdue = serializers.BooleanField(help_text="Unfinished after its due instant, by the clock of this answer.")
    given_at = serializers.DateTimeField(source="task.given_at")
    given_by = Writer(source="task.given_by")
    acknowledged_at = serializers.DateTimeField(source="task.acknowledged_at", allow_null=True)
    done_at = serializers.DateTimeField(source="task.done_at", allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="task.withdrawn_at", allow_null=True)


class TaskDocument(Document, TaskItem):
    """One task."""


class ProceedingItem(serializers.Serializer[Any]):
    """What one authority does under its own law."""

    id = serializers.UUIDField(source="pk")
    authority = AuthorityName()
    stage = CodeField(Stage)
    opened_date = serializers.DateField(allow_null=True)
    state_of_play = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class ProceedingDocument(Document, ProceedingItem):
    """One proceeding."""


class ParticipantItem(serializers.Serializer[Any]):
    """Who sees the case, how far, why and how long."""

    principal = Principal()
    level = CodeField(Level)
    reasons = serializers.ListField(child=serializers.CharField(), help_text="In words, in the language of the answer.")
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True, help_text="Null: until it is taken back.")
