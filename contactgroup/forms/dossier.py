"""The dossier: one long form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactgroup.choices import Audience, Score, Tool
from contactgroup.dossier import Dossier, Proposal, Scored
from contactgroup.models import Criterion, CriterionScore, Nomination, ProposedInvitation
from foundation.pages.forms import VersionedForm
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Partner


@dataclass(frozen=True)
class CriterionFields:
    """The two fields of one criterion."""

    criterion: Criterion
    score: forms.BoundField
    comment: forms.BoundField

    @property
    def said(self) -> str:
        """The score as it stands, in words."""
        value = str(self.score.value() if self.score.value() is not None else "")
        labels = {str(code): str(label) for code, label in self.score.field.choices}  # type: ignore[attr-defined]
        return labels.get(value, "")

    @property
    def open(self) -> bool:
        """Is there something to do: a score that is missing, or an error?"""
        missing = self.criterion.core and self.score.value() in (None, "")
        return missing or bool(self.score.errors or self.comment.errors)


@dataclass(frozen=True)
class PartnerFields:
    """The fields of one partner that can be invited; ``invite`` is none where the partner is fixed."""

    partner: Partner
    invite: forms.BoundField | None
    purpose: forms.BoundField
    text: forms.BoundField


class DossierForm(forms.Form):
    """What the electorate reads, the criteria, and the invitations proposed. ``fixed`` partners are invited without a choice."""

    title = forms.CharField(
        label=gettext_lazy("Title of the nomination"),
        max_length=200,
        help_text=gettext_lazy("The electorate reads it. It may differ from the case's own title. No personal data."),
    )
    tool = forms.ChoiceField(label=gettext_lazy("What do you ask for?"), choices=Tool.choices, widget=forms.RadioSelect)
    why = forms.CharField(
        label=gettext_lazy("Why is coordination needed?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("The facts that the electorate needs, without personal data."),
    )
    support = forms.CharField(
        label=gettext_lazy("Support wanted"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Expertise, meetings, translation, funding."),
    )

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        partners: Sequence[Partner],
        fixed: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.listed_criteria, self.listed_partners, self.fixed = criteria, partners, fixed
        for criterion in criteria:
            self._add_criterion(criterion)
        for partner in partners:
            self._add_partner(partner)

    def _add_criterion(self, criterion: Criterion) -> None:
        empty = [("", _("not assessed"))] if not criterion.core else [("", _("choose"))]
        self.fields[f"score_{criterion.code}"] = forms.TypedChoiceField(
            label=str(criterion),
            help_text=criterion.said("question"),
            choices=[*empty, *Score.choices],
            coerce=int,
            empty_value=None,
            required=criterion.core,
        )
        self.fields[f"comment_{criterion.code}"] = forms.CharField(
            label=_("Comment on “%(criterion)s”") % {"criterion": criterion}, max_length=500, required=False
        )

    def _add_partner(self, partner: Partner) -> None:
        name = {"partner": partner.name}
        if not self.fixed:
            self.fields[f"invite_{partner.pk}"] = forms.BooleanField(
                label=_("Invite %(partner)s") % name, required=False
            )
        self.fields[f"purpose_{partner.pk}"] = forms.CharField(
            label=_("Purpose of the invitation to %(partner)s") % name, max_length=200, required=self.fixed
        )
        self.fields[f"text_{partner.pk}"] = forms.CharField(
            label=_("What %(partner)s may know") % name,
            max_length=4000,
            required=self.fixed,
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    def criteria_fields(self) -> Iterator[CriterionFields]:
        """The criteria in their order."""
        for criterion in self.listed_criteria:
            yield CriterionFields(criterion, self[f"score_{criterion.code}"], self[f"comment_{criterion.code}"])

    def partner_fields(self) -> Iterator[PartnerFields]:
        """The partners that can be invited, in their order."""
        for partner in self.listed_partners:
            invite = None if self.fixed else self[f"invite_{partner.pk}"]
            yield PartnerFields(partner, invite, self[f"purpose_{partner.pk}"], self[f"text_{partner.pk}"])

    def clean(self) -> dict[str, Any]:
        """A partner that is to be invited needs a purpose and a text."""
        data = super().clean() or self.cleaned_data
        for partner in self.listed_partners:
            for name in (f"purpose_{partner.pk}", f"text_{partner.pk}"):
                if self._invited(partner) and name not in self.errors and not data.get(name):
                    self.add_error(name, _("Write this for each partner that is to be invited."))
        return data

    def _invited(self, partner: Partner) -> bool:
        return self.fixed or bool(self.cleaned_data.get(f"invite_{partner.pk}"))

    def dossier(self) -> Dossier:
        """What was typed, as the actions take it."""
        data = self.cleaned_data
        scores = (
            Scored(criterion=c, score=data[f"score_{c.code}"], comment=data[f"comment_{c.code}"])
            for c in self.listed_criteria
            if data[f"score_{c.code}"] is not None
        )
        proposals = (
            Proposal(partner=p, purpose=data[f"purpose_{p.pk}"], text=data[f"text_{p.pk}"])
            for p in self.listed_partners
            if self._invited(p)
        )
        return Dossier(
            title=data["title"],
            tool=data["tool"],
            why=data["why"],
            support=data["support"],
            scores=tuple(scores),
            proposals=tuple(proposals),
        )


class NominateForm(DossierForm):
    """The dossier and its audience."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who decides?"),
        widget=forms.RadioSelect,
        choices=Audience.choices,
        help_text=gettext_lazy(
            "These partners' Contact Group seats read the nomination and vote on it. It cannot be changed."
        ),
    )


class ReviseForm(DossierForm, VersionedForm):
    """The dossier of a nomination that stands."""


def values_of(nomination: Nomination, criteria: Sequence[Criterion], actor: Actor) -> dict[str, object]:
    """The dossier as it stands; a criterion without a score is empty."""
    scores = CriterionScore.objects.visible_to(actor).of(nomination.pk).select_related("criterion")
    proposals = ProposedInvitation.objects.visible_to(actor).of(nomination.pk)
    plain = {name: getattr(nomination, name) for name in ("tool", "why", "support", "version")}
    empty = {f"{name}_{row.code}": value for row in criteria for name, value in (("score", None), ("comment", ""))}
    return {"title": nomination.root.title, **plain, **empty, **initial_of(list(scores), list(proposals))}


def initial_of(scores: Sequence[Any], proposals: Sequence[Any]) -> dict[str, object]:
    """Scores and proposals under the form's field names."""
    values: dict[str, object] = {}
    for row in scores:
        values |= {f"score_{row.criterion.code}": row.score, f"comment_{row.criterion.code}": row.comment}
    for row in proposals:
        values |= {f"purpose_{row.partner_id}": row.purpose, f"text_{row.partner_id}": row.text}
    return values
