"""What the answer about a legal basis says, field by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from foundation.pages.api.fields import Document
from jits import solver


def _codes(said: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), help_text=said)


class LawName(serializers.Serializer[Any]):
    """A partner or a form of crime by code and name."""

    code = serializers.CharField(help_text="What programs compare; never changes its meaning.")
    name = serializers.CharField(help_text="In the language of the request.")


class LawInstrument(serializers.Serializer[Any]):
    """An instrument with its provision on joint teams."""

    code = serializers.CharField(help_text="What programs compare; never changes its meaning.")
    name = serializers.CharField()
    provision = serializers.CharField(help_text="Article 20, for instance.")
    note = serializers.CharField(help_text="Under what condition it works; may be empty.")
    source = serializers.CharField(  # type: ignore[assignment]  # the library keeps fields apart from attributes
        help_text="Where one can look it up; may be empty."
    )
    to_be_confirmed = serializers.BooleanField(
        help_text="Somebody has yet to hold this against the depositary's list, for the instrument or one of the parties."
    )
    remarks = _codes("Reservations and declarations of the parties that were asked about, in words.")


class LawReason(serializers.Serializer[Any]):
    """Why an instrument falls away."""

    code = serializers.ChoiceField(choices=[one.value for one in solver.Why])
    party = serializers.CharField(help_text="The code of the party; empty where the reason is the instrument's own.")
    day = serializers.DateField(
        allow_null=True, help_text="From, or until, when it would hold; null where none is to be named."
    )
    offences = serializers.ListField(
        child=serializers.ChoiceField(choices=[one.value for one in solver.Offence]),
        help_text="The groups of offences that it is not for.",
    )
    text = serializers.CharField()


class LawFallen(serializers.Serializer[Any]):
    """An instrument that is not common to all, with every reason."""

    instrument = LawInstrument()
    reasons = LawReason(many=True)


class LawPair(serializers.Serializer[Any]):
    """What two parties have between them."""

    first = LawName()
    second = LawName()
    multilateral = LawInstrument(many=True)
    bilateral = LawInstrument(many=True)
    reciprocity = LawInstrument(many=True)
    text = serializers.CharField()


class LawJoin(serializers.Serializer[Any]):
    """How a party from outside the Union joins its EU Member States."""

    party = LawName()
    instruments = LawInstrument(many=True, help_text="The additional basis; empty where none is entered.")
    text = serializers.CharField()


class LawUnion(serializers.Serializer[Any]):
    """The Union legal basis of the team."""

    instruments = LawInstrument(many=True)
    members = LawName(many=True)
    additional = LawJoin(many=True)
    text = serializers.CharField()


class LawDoubt(serializers.Serializer[Any]):
    """One thing that a written legal opinion has to settle."""

    code = serializers.ChoiceField(choices=[one.value for one in solver.Doubt])
    parties = _codes("Codes of the parties that it is about; none where it is about all.")
    text = serializers.CharField()


class LawOpinion(serializers.Serializer[Any]):
    """Is a written legal opinion needed?"""

    needed = serializers.BooleanField()
    reasons = LawDoubt(many=True)


class LawPlatform(serializers.Serializer[Any]):
    """May the team use the collaboration platform of the European Union?"""

    allowed = serializers.BooleanField()
    code = serializers.ChoiceField(choices=[one.value for one in solver.Verdict])
    parties = _codes("Codes of the parties that the reason is about.")
    day = serializers.DateField(allow_null=True, help_text="The first day of the platform, where that lies ahead.")
    text = serializers.CharField()


class LegalBasisDocument(Document):
    """On what a team can rest. Reference data alone: it says nothing of any record."""

    parties = LawName(many=True)
    crimes = LawName(many=True)
    on = serializers.DateField()
    answer = serializers.CharField(source="headline", help_text="In one sentence, in the language of the request.")
    common = LawInstrument(many=True, help_text="Instruments that bind all parties, in the order of the matrix.")
    union = LawUnion(
        allow_null=True, help_text="Null with fewer than two EU Member States, or where no act binds them."
    )
    pairs = LawPair(many=True, help_text="Every two parties; none where something is common to all.")
    fallen = LawFallen(many=True)
    opinion = LawOpinion()
    platform = LawPlatform()
