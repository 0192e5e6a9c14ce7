"""The second person's answer to a proposal."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import ActionPage
from foundation.tenancy.models import Membership, OfficeHolder
from partners import actions, forms, queries
from partners.permissions import PartnerPermission
from partners.views.directory import trail


class AnswerPage(ActionPage):
    """Base: shows one proposal of the actor's own partner; whether the actor may answer it is for the action to say."""

    permission = PartnerPermission.CONFIRM
    form_class = forms.AnswerForm
    template_name = "partners/answer.html"
    submit_label = gettext_lazy("Send answer")
    proposal: queries.Proposal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The proposal in words."""
        steps = [*trail(), {"label": _("To confirm"), "url": reverse("appointments_waiting")}]
        return super().get_context_data(
            proposal=self.proposal, cancel_url=reverse("appointments_waiting"), trail=steps, **kwargs
        )

    def act(self, form: django_forms.Form) -> str:
        """Confirm or refuse."""
        confirmed = form.cleaned_data["answer"] == forms.AnswerForm.CONFIRM
        self.answer(confirmed)
        messages.success(self.request, _("Confirmed.") if confirmed else _("Refused."))
        return reverse("appointments_waiting")

    def answer(self, confirmed: bool) -> None:
        """Call the action."""
        raise TypeError(f"{type(self).__name__} has no answer()")


class AnswerMembership(AnswerPage):
    """Confirm or refuse a proposed membership."""

    verb = "partners.membership.answer"

    def load(self) -> None:
        """The proposal; other partners' people learn of none."""
        found = Membership.objects.filter(authority__partner_id=self.actor.partner_id).select_related(
            "account", "authority", "proposed_by__account"
        )
        self.membership = get_object_or_404(found, pk=self.kwargs["pk"])
        self.proposal = queries.of_membership(self.membership)

    def answer(self, confirmed: bool) -> None:
        """Answer it."""
        act = actions.confirm_membership if confirmed else actions.refuse_membership
        act(by=self.actor, at=timezone.now(), membership_id=self.membership.pk)


class AnswerHolder(AnswerPage):
    """Confirm or refuse a proposed appointment to an office."""

    verb = "partners.office.answer"

    def load(self) -> None:
        """The proposal; other partners' people learn of none."""
        found = OfficeHolder.objects.filter(office__partner_id=self.actor.partner_id).select_related(
            "office", "membership__account", "membership__authority", "proposed_by__account"
        )
        self.holder = get_object_or_404(found, pk=self.kwargs["pk"])
        self.proposal = queries.of_holder(self.holder)

    def answer(self, confirmed: bool) -> None:
        """Answer it."""
        act = actions.confirm_holder if confirmed else actions.refuse_holder
        act(by=self.actor, at=timezone.now(), holder_id=self.holder.pk)
