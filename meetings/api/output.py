"""What an answer says of a meeting, field by field."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.pages.api.fields import AddressField, Coded, CodeField, Document
from foundation.pages.api.names import PersonName
from meetings import outcomes
from meetings.choices import Mode, Series, Status


@extend_schema_field(Coded)
class OutcomeField(serializers.Field[Any, Any, Any, Any]):
    """What was decided: each kind of item has outcomes of its own."""

    def to_representation(self, value: str) -> dict[str, str]:
        """The code, and its words."""
        return {"code": value, "label": outcomes.label(value)}


class Decider(PersonName):
    """Who recorded a decision, for which authority."""

    authority = serializers.CharField(source="authority.name")


class DecisionMade(serializers.Serializer[Any]):
    """What was decided on an item of an agenda."""

    outcome = OutcomeField()
    text = serializers.CharField(help_text="May be empty.")
    decided_at = serializers.DateTimeField()
    decided_by = Decider()


class MeetingItem(serializers.Serializer[Any]):
    """A meeting with its time and place."""

    id = serializers.UUIDField(source="pk")
    url = AddressField("api_meeting", source="pk")
    reference = serializers.CharField(source="root.reference", help_text="Given by the system; for people.")
    title = serializers.CharField(source="root.title")
    series = CodeField(Series)
    status = CodeField(Status)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    mode = CodeField(Mode)
    place = serializers.CharField(help_text="May be empty.")
    nominations_until = serializers.DateTimeField(
        allow_null=True, help_text="What is nominated later goes to the next meeting. It reminds, and bars nothing."
    )
    active_at = serializers.DateTimeField(
        source="root.sort_at", help_text="Last activity; moves at most once a minute."
    )
    version = serializers.IntegerField()


class MeetingDocument(Document, MeetingItem):
    """A meeting. Its agenda has an address of its own below it."""


class AgendaLineItem(serializers.Serializer[Any]):
    """An item of the agenda that the bearer may see."""

    id = serializers.UUIDField(source="item.pk")
    number = serializers.IntegerField(help_text="Counts the items that the bearer sees, from one without gaps.")
    title = serializers.CharField()
    general = serializers.BooleanField(help_text="An item of the meeting's own, and not about another record.")
    about_id = serializers.UUIDField(
        source="item.root_id", help_text="The key of what it is about: the meeting itself, or a nomination."
    )
    about_reference = serializers.CharField(source="reference", help_text="Empty for an item of the meeting's own.")
    decision = DecisionMade(allow_null=True, help_text="Null: nothing was decided, or not yet.")
