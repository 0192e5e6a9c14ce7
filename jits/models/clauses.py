"""The negotiation of an agreement: texts of clauses, what the parties say to them, comments, and translations that were confirmed.

Every row is written once: what was proposed, accepted, said or confirmed stays as it was.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Membership
from jits.choices import TextAnswer
from jits.models.draft import JitDraft
from jits.models.parties import JitParty
from jits.querysets import JitClauseTextQuerySet

LONGEST_HEADING = 300


class JitClauseText(SharedRecord):
    """What a party proposed that a clause should say in one language: version ``number`` of it, the words of the model being 0.

    ``paragraphs`` are its texts and points by id; a paragraph marked ``kept`` is shown as the draft's values have it at any time (a
    table). ``model`` is the fingerprint of the model's own words on that day, ``based_on`` the version that was read while writing.
    ``translation``: it brings this language in line with another and changes nothing of what was meant.
    """

    draft = models.ForeignKey(JitDraft, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(_("heading"), max_length=LONGEST_HEADING)
    paragraphs = models.JSONField()
    translation = models.BooleanField(default=False)
    departs = models.BooleanField(_("departs from the model"), default=False)
    reason = models.TextField(_("why it departs"), max_length=2000, blank=True)
    based_on = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=64)
    party = models.ForeignKey(JitParty, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = JitClauseTextQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "clause", "language", "number"], name="jits_jitclausetext_once"),
            models.CheckConstraint(name="jits_jitclausetext_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="jits_jitclausetext_says_why_it_departs", condition=Q(departs=False) | ~Q(reason="")
            ),
        ]

    @property
    def version(self) -> int:
        """As forms carry it: 1 stands for the words of the model."""
        return self.number + 1


class JitTextAnswer(SharedRecord):
    """That a party accepted a text, or took its own back."""

    text = models.ForeignKey(JitClauseText, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(JitParty, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=TextAnswer)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["JitTextAnswer"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "party", "answer"], name="jits_jittextanswer_once"),
            models.CheckConstraint(name="jits_jittextanswer_known", condition=Q(answer__in=TextAnswer.values)),
        ]


class JitClauseComment(SharedRecord):
    """What somebody of a party says about a clause."""

    draft = models.ForeignKey(JitDraft, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=80)
    words = models.TextField(_("comment"), max_length=2000)
    party = models.ForeignKey(JitParty, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["JitClauseComment"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jitclausecomment_says_something", condition=~Q(words="")),
        ]


class JitConfirmation(SharedRecord):
    """That one language of a clause says what its source says. A text that is none stands for the words of the model."""

    draft = models.ForeignKey(JitDraft, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    translation = models.ForeignKey(JitClauseText, on_delete=models.PROTECT, null=True, related_name="+")
    source_language = models.CharField(max_length=12)
    source = models.ForeignKey(JitClauseText, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey(JitParty, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["JitConfirmation"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="jits_jitconfirmation_of_another_language", condition=~Q(language=models.F("source_language"))
            ),
        ]
