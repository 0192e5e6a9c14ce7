"""What an answer says of a nomination, field by field."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contactgroup.choices import Audience, Ground, Outcome, Score, Status, Tool, Voice, share_in_words
from foundation.components.handling import HandlingCode
from foundation.pages.api.fields import AddressField, Coded, CodeField, Document
from foundation.pages.api.names import AuthorityName, PartnerName, PersonName
from foundation.reference.api import CodeItem
from meetings.api.output import DecisionMade


class NominationItem(serializers.Serializer[Any]):
    """A nomination as the list shows it."""

    id = serializers.UUIDField(source="nomination.pk")
    url = AddressField("api_nomination", source="nomination.pk")
    reference = serializers.CharField(source="nomination.root.reference", help_text="Given by the system; for people.")
    title = serializers.CharField(source="nomination.root.title")
    status = CodeField(Status, source="nomination.status")
    outcome = CodeField(
        Outcome,
        source="nomination.outcome",
        allow_null=True,
        help_text="The decision; null until there is a final one.",
    )
    handling = serializers.ListField(
        child=CodeField(HandlingCode),
        source="nomination.handling",
        help_text="Those of the case on the day of the nomination. They bind whoever holds this answer.",
    )
    handling_text = serializers.CharField(source="nomination.handling_text", help_text="Other restrictions, in words.")
    nominating_authority = AuthorityName(source="nomination.nominating_authority")
    nominated_at = serializers.DateTimeField(source="nomination.nominated_at")
    active_at = serializers.DateTimeField(
        source="nomination.root.sort_at", help_text="Last activity; moves at most once a minute."
    )
    version = serializers.IntegerField(source="nomination.version")


class ScoreItem(serializers.Serializer[Any]):
    """How far the nominating authority sees a criterion met."""

    criterion = serializers.CharField(source="criterion.code", help_text="What programs compare; never changes.")
    name = serializers.CharField(source="criterion", help_text="In the language of the answer.")
    score = CodeField(Score)
    comment = serializers.CharField()


class ProposalItem(serializers.Serializer[Any]):
    """A partner that is to be invited when the case is taken up, and what it will be told."""

    partner = PartnerName()
    purpose = serializers.CharField()
    text = serializers.CharField(help_text="What the partner may know.")


class NominatedCase(serializers.Serializer[Any]):
    """The case behind a nomination."""

    id = serializers.UUIDField(source="pk")
    url = AddressField("api_case", source="pk")
    reference = serializers.CharField(source="root.reference")


class NominationDocument(Document, NominationItem):
    """A nomination with its dossier. Ballots, recusals and decisions have addresses of their own below it."""

    tool = CodeField(Tool, source="nomination.tool", help_text="What is asked for.")
    why = serializers.CharField(source="nomination.why", help_text="Why coordination is needed.")
    support = serializers.CharField(source="nomination.support", help_text="Support wanted; may be empty.")
    nominated_by = PersonName(source="nomination.nominated_by")
    criteria = ScoreItem(many=True)
    invitations = ProposalItem(many=True, help_text="Partners to be invited when the case is taken up.")
    audience = CodeField(Audience, source="nomination.audience", help_text="Who was asked.")
    electorate = PartnerName(
        many=True, help_text="The partners with a voice in this nomination, fixed on the day of the nomination."
    )
    case = NominatedCase(allow_null=True, help_text="There for those alone who see the case.")


class CastItem(serializers.Serializer[Any]):
    """A vote as somebody cast it. All stay, unchanged; a person casts them, never a system."""

    voice = CodeField(Voice, source="vote.voice")
    comment = serializers.CharField(source="vote.comment")
    cast_at = serializers.DateTimeField(source="vote.cast_at")
    cast_by = PersonName(source="vote.cast_by")
    counts = serializers.BooleanField(
        help_text="The partner's last vote that may count; the others were replaced by it."
    )
    may_count = serializers.BooleanField(help_text="False: whoever cast it, or the partner, is recused.")


class VoiceItem(serializers.Serializer[Any]):
    """One partner of the electorate in one round."""

    partner = PartnerName(source="elector.partner")
    has_voice = serializers.BooleanField(help_text="False for the nominating partner where the rule gives it none.")
    recused = serializers.BooleanField(help_text="The partner as a whole takes no part.")
    has_voted = serializers.BooleanField()
    voice = CodeField(
        Voice,
        source="last.voice",
        allow_null=True,
        help_text="The vote that counts. Null: none yet, or it is sealed for the bearer until the round is closed.",
    )
    casts = CastItem(many=True, help_text="Every vote of the partner that the bearer may read, in order.")


class ResultItem(serializers.Serializer[Any]):
    """The count of a closed round, under the rule with which it was opened."""

    carried = serializers.BooleanField(help_text="With quorum and majority.")
    quorate = serializers.BooleanField()
    majority = serializers.BooleanField()
    votes_for = serializers.IntegerField()
    votes_against = serializers.IntegerField()
    abstained = serializers.IntegerField()
    withheld = serializers.IntegerField()
    silent = serializers.IntegerField()
    recused = serializers.IntegerField()
    present = serializers.IntegerField()
    quorum_of = serializers.IntegerField(help_text="The electorate of which the quorum is a share.")


class BallotItem(serializers.Serializer[Any]):
    """One round of voting as the bearer may see it. While it is open, each partner reads its own votes alone."""

    id = serializers.UUIDField(source="round.pk")
    number = serializers.IntegerField(source="round.number")
    opened_at = serializers.DateTimeField(source="round.opened_at")
    closes_at = serializers.DateTimeField(
        source="round.closes_at", allow_null=True, help_text="When the clock ends it; null: when it is closed."
    )
    closed_at = serializers.DateTimeField(source="round.closed_at", allow_null=True)
    rule_id = serializers.IntegerField(
        source="round.rule_id",
        help_text="The rule of voting under which it was opened: its number in the list of rules.",
    )
    asked = serializers.IntegerField(help_text="Partners with a voice that they may use.")
    voted = serializers.IntegerField(source="turnout", help_text="How many of them have voted.")
    recused = serializers.IntegerField(help_text="Partners with a voice that are recused.")
    broken_off = serializers.BooleanField(
        help_text="The nomination was withdrawn before the count; the votes stay sealed."
    )
    result = ResultItem(source="count", allow_null=True, help_text="Null until it is closed, and if it was broken off.")
    voices = VoiceItem(source="lines", many=True)


class ReasonItem(serializers.Serializer[Any]):
    """Why somebody is recused."""

    ground = CodeField(Ground)
    words = serializers.CharField()


class RecusalItem(serializers.Serializer[Any]):
    """That a person, or a partner as a whole, takes no part in the votes."""

    id = serializers.UUIDField(source="recusal.pk")
    partner = PartnerName(source="recusal.partner")
    personal = serializers.BooleanField(
        source="is_personal",
        help_text="True: this person casts no vote for the partner, others of its seat may. False: the partner's voice"
        " is not counted.",
    )
    recused_at = serializers.DateTimeField(source="recusal.recused_at")
    recused_by = PersonName(source="recusal.recused_by")
    stands = serializers.BooleanField(help_text="It was not taken back.")
    taken_back_at = serializers.DateTimeField(source="recusal.taken_back_at", allow_null=True)
    taken_back_by = PersonName(source="recusal.taken_back_by", allow_null=True)
    reason = ReasonItem(allow_null=True, help_text="There for the own partner and the case desk alone.")


class AgendaMeeting(serializers.Serializer[Any]):
    """A meeting of the Contact Group."""

    id = serializers.UUIDField(source="pk")
    url = AddressField("api_meeting", source="pk")
    reference = serializers.CharField(source="root.reference")
    title = serializers.CharField(source="root.title")
    starts_at = serializers.DateTimeField()


class AppearanceItem(serializers.Serializer[Any]):
    """The nomination on an agenda, and what was decided there."""

    meeting = AgendaMeeting(allow_null=True, help_text="Null: the bearer does not see the meeting.")
    decision = DecisionMade(allow_null=True, help_text="Null: nothing was decided there, or not yet.")


@extend_schema_field(Coded)
class ShareField(serializers.Field[Any, Any, Any, Any]):
    """A share that must be exceeded."""

    def to_representation(self, value: Fraction) -> dict[str, str]:
        """The fraction, and its words."""
        return {"code": str(value), "label": share_in_words(value)}


class CriterionItem(CodeItem):
    """A criterion of case selection, as a dossier of today answers it."""

    question = serializers.CharField(source="asks", help_text="What whoever nominates has to answer.")
    must_be_scored = serializers.BooleanField(source="core", help_text="No dossier is sent without an answer to it.")


class RuleItem(serializers.Serializer[Any]):
    """A rule of voting. It is never changed; a later one takes its place."""

    id = serializers.IntegerField(source="rule.pk", help_text="Reference data has numbers for keys; they never change.")
    valid_from = serializers.DateField(source="rule.valid_from", help_text="By days in UTC.")
    valid_until = serializers.DateField(
        source="until", allow_null=True, help_text="The last day on which it holds; null while no other follows."
    )
    in_force = serializers.BooleanField()
    to_come = serializers.BooleanField()
    withdrawn = serializers.BooleanField(help_text="Before it began.")
    quorum = ShareField(source="rule.as_rule.quorum", help_text="A share of the electorate, to be exceeded.")
    majority = ShareField(
        source="rule.as_rule.majority", help_text="A share of the voices for and against, to be exceeded."
    )
    least_present = serializers.IntegerField(source="rule.least_present", help_text="So many partners at least.")
    withheld_is_present = serializers.BooleanField(source="rule.withheld_is_present")
    recused_leaves_quorum = serializers.BooleanField(
        source="rule.recused_leaves_quorum", help_text="False: a recused partner counts as absent."
    )
    recused_leaves_majority = serializers.BooleanField(
        source="rule.recused_leaves_majority", help_text="False: a recused partner counts as one that is not for."
    )
    nominator_votes = serializers.BooleanField(source="rule.nominator_votes")
    set_at = serializers.DateTimeField(
        source="rule.set_at", allow_null=True, help_text="Null for the rule that comes with the product."
    )
    set_by = PersonName(source="rule.set_by", allow_null=True)
