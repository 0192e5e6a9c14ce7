"""Nominate, revise, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import states as case_states
from cases.models import Case
from contactgroup import actions, states
from contactgroup import dossier as dossiers
from contactgroup.choices import Audience
from contactgroup.forms.dossier import NominateForm, ReviseForm, values_of
from contactgroup.forms.voting import ReasonForm
from contactgroup.models import Criterion, Nomination, ProposedInvitation
from contactgroup.permissions import NominationPermission
from contactgroup.refusals import UnableToNominate
from contactgroup.views.base import NominationForm
from foundation import access
from foundation.pages.forms import ActionPage
from foundation.tenancy.models import Partner


def criteria() -> list[Criterion]:
    """The criteria in force today."""
    return list(Criterion.objects.valid_on(timezone.now().date()))


class Nominate(ActionPage):
    """The dossier of a case that is to be nominated."""

    permission = NominationPermission.NOMINATE
    verb = "contactgroup.nominate.viewed"
    template_name = "contactgroup/nominate.html"
    form_class = NominateForm
    keeps_drafts = True
    submit_label = gettext_lazy("Nominate the case")

    def load(self) -> None:
        """The case, which the actor must manage."""
        self.case = Case.objects.visible_to(self.actor).with_owner().get(pk=self.kwargs["pk"])
        self.root_id = self.case.pk
        access.require(self.actor, self.permission, self.case)

    @property
    def not_now(self) -> str:
        """What the table of the case says."""
        return case_states.NOMINATE.why_not(self.case.status)

    @cached_property
    def partners(self) -> list[Partner]:
        """The partners that can be invited."""
        return dossiers.invitable(self.case, by=self.actor)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Criteria and partners of today."""
        return {**super().get_form_kwargs(), "criteria": criteria(), "partners": self.partners}

    def get_initial(self) -> dict[str, Any]:
        """The narrow audience first, and the case's title, which the nominator may replace."""
        return {"audience": Audience.CONCERNED, "title": self.case.root.title}

    def act(self, form: forms.Form) -> str:
        """To the new nomination."""
        typed = cast("NominateForm", form)
        nomination = actions.nominate(
            case=self.case,
            dossier=typed.dossier(),
            audience=typed.cleaned_data["audience"],
            by=self.actor,
            at=timezone.now(),
        )
        return reverse("nomination", args=[nomination.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Says who will see what."""
        trail = [{"label": self.case.root.reference, "url": reverse("root", args=[self.case.pk])}]
        return super().get_context_data(
            heading=_("Nominate to the Contact Group"),
            lead=f"{self.case.root.reference}, {self.case.root.title}",
            case=self.case,
            audiences=[(Audience(code).label, self._names(code)) for code in Audience.values],
            trail=trail,
            cancel_url=reverse("root", args=[self.case.pk]),
            **kwargs,
        )

    def _names(self, audience: str) -> list[str]:
        """Who would be asked; none where that audience is not possible."""
        try:
            return [seat.partner.name for seat in dossiers.electorate(self.case, audience, by=self.actor)]
        except UnableToNominate:
            return []


class Revise(NominationForm):
    """Change the dossier before a meeting takes it up, or answer the question of the meeting."""

    permission = states.REVISE.permission
    moves = (states.REVISE,)
    verb = "contactgroup.revise.viewed"
    template_name = "contactgroup/revise.html"
    form_class = ReviseForm
    keeps_drafts = True
    changes = "contactgroup.nomination."
    heading = states.REVISE.label
    submit_label = gettext_lazy("Send the dossier")

    @cached_property
    def proposals(self) -> list[ProposedInvitation]:
        """The invitations as they stand."""
        found = ProposedInvitation.objects.visible_to(self.actor).of(self.nomination.pk).select_related("partner")
        return list(found.order_by("partner__position", "partner__name"))

    def get_form_kwargs(self) -> dict[str, Any]:
        """The partners stay; criteria are those of today."""
        partners = [proposal.partner for proposal in self.proposals]
        return {**super().get_form_kwargs(), "criteria": criteria(), "partners": partners, "fixed": True}

    @property
    def edited(self) -> Nomination:
        """The nomination."""
        return self.nomination

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The dossier as it stands; a criterion without a score is empty."""
        return values_of(cast("Nomination", record), criteria(), self.actor)

    def get_initial(self) -> dict[str, Any]:
        """The dossier as it stands."""
        return dict(self.values_of(self.nomination))

    def act(self, form: forms.Form) -> str:
        """Back to the nomination."""
        typed = cast("ReviseForm", form)
        actions.revise(
            nomination=self.nomination,
            dossier=typed.dossier(),
            version=typed.cleaned_data["version"],
            by=self.actor,
            at=timezone.now(),
        )
        return self.back()


class Withdraw(NominationForm):
    """Take the nomination back."""

    permission = states.WITHDRAW.permission
    moves = (states.WITHDRAW,)
    verb = "contactgroup.withdraw.viewed"
    form_class = ReasonForm
    keeps_drafts = True
    heading = submit_label = states.WITHDRAW.label
    remark = gettext_lazy(
        "The case is open again, the case desk's sight of it ends, and no partner is invited. The electorate reads your reason."
    )
    danger = True

    def act(self, form: forms.Form) -> str:
        """Back to the nomination."""
        data = form.cleaned_data
        actions.withdraw(
            nomination=self.nomination, reason=data["words"], version=data["version"], by=self.actor, at=timezone.now()
        )
        return self.back()
