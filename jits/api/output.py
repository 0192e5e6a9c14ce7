"""What an answer says of a team, field by field. What a party keeps for itself is never here."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from foundation.components.handling import HandlingCode
from foundation.pages.api.fields import AddressField, CodeField, Document
from foundation.pages.api.names import AuthorityName, PartnerName, PersonName
from foundation.tenancy.choices import OfficeKind
from jits.checklist import Answer, Part
from jits.choices import Obstacle, Status, Trigger


class TeamPartyItem(serializers.Serializer[Any]):
    """A party of a team."""

    partner = PartnerName()
    authority = AuthorityName()
    agreed_at = serializers.DateTimeField(
        allow_null=True, help_text="When it agreed in principle to the request as it stands; null: not yet."
    )
    agreed_by = PersonName(allow_null=True)


class TeamItem(serializers.Serializer[Any]):
    """A team as the list shows it."""

    id = serializers.UUIDField(source="jit.pk")
    url = AddressField("api_team", source="jit.pk")
    reference = serializers.CharField(source="jit.root.reference", help_text="Given by the system; for people.")
    title = serializers.CharField(source="jit.root.title")
    status = CodeField(Status, source="jit.status")
    handling = serializers.ListField(
        child=CodeField(HandlingCode),
        source="jit.handling",
        help_text="Those of the case on the day of the idea. They bind whoever holds this answer.",
    )
    handling_text = serializers.CharField(source="jit.handling_text", help_text="Other restrictions, in words.")
    proposing_authority = AuthorityName(source="jit.proposing_authority")
    proposed_at = serializers.DateTimeField(
        source="jit.proposed_at", allow_null=True, help_text="Null for an idea, which no other party sees."
    )
    months = serializers.IntegerField(source="jit.months", help_text="Duration that is asked for, in months.")
    parties = TeamPartyItem(many=True)
    active_at = serializers.DateTimeField(
        source="jit.root.sort_at", help_text="Last activity; moves at most once a minute."
    )
    version = serializers.IntegerField(source="jit.version")


class TeamParticipantItem(serializers.Serializer[Any]):
    """An office that takes part and is no party."""

    id = serializers.UUIDField(source="pk")
    partner = PartnerName(source="office.partner")
    office = CodeField(OfficeKind, source="office.kind")
    words = serializers.CharField(help_text="What for.")
    invited_at = serializers.DateTimeField()


class TeamCase(serializers.Serializer[Any]):
    """The case behind a team."""

    id = serializers.UUIDField(source="pk")
    url = AddressField("api_case", source="pk")
    reference = serializers.CharField(source="root.reference")


class TeamDocument(Document, TeamItem):
    """A team with its request. The checklist has an address of its own below it."""

    trigger = CodeField(Trigger, source="jit.trigger", help_text="On which ground the team is asked for.")
    purpose = serializers.CharField(source="jit.purpose")
    facts = serializers.CharField(source="jit.facts", help_text="Offences and facts.")
    composition = serializers.CharField(source="jit.composition", help_text="As it is proposed.")
    opened_by = PersonName(source="jit.opened_by")
    suspended_from = CodeField(
        Status, source="jit.suspended_from", allow_null=True, help_text="Where a suspended team goes on; else null."
    )
    suspended_because = serializers.CharField(source="jit.suspended_because", help_text="Empty unless suspended.")
    obstacle = CodeField(
        Obstacle, source="jit.obstacle", allow_null=True, help_text="Why there will be no team; null while it may be."
    )
    obstacle_text = serializers.CharField(source="jit.obstacle_text", help_text="The same in words; may be empty.")
    parallel = serializers.BooleanField(
        source="jit.parallel", help_text="True: the proceedings go on side by side instead of a team."
    )
    ended_at = serializers.DateTimeField(source="jit.ended_at", allow_null=True)
    participants = TeamParticipantItem(many=True, help_text="Those whose part has not ended.")
    case = TeamCase(allow_null=True, help_text="There for those alone who see the case.")


class PointItem(serializers.Serializer[Any]):
    """A point of the checklist, and what the team says to it."""

    id = serializers.UUIDField(source="pk")
    code = serializers.CharField(help_text="What programs compare; never changes its meaning.")
    question = serializers.CharField(source="point.question", help_text="In the language of the answer.")
    part = CodeField(Part, source="point.part", help_text="When it should be settled.")
    answer = CodeField(Answer)
    comment = serializers.CharField(help_text="May be empty.")
    responsible = PersonName(allow_null=True, help_text="Who sees to it.")
    answered_at = serializers.DateTimeField(allow_null=True)
    answered_by = PersonName(allow_null=True)
    version = serializers.IntegerField()
