"""Recuse, and take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from contactgroup import actions, queries, states
from contactgroup.choices import RecusalScope
from contactgroup.forms.voting import RecuseForm
from contactgroup.models import Recusal
from contactgroup.queries.recusals import others_in_seat, recusals
from contactgroup.views.base import NominationForm
from foundation import access
from foundation.tenancy.models import OfficeHolder


class Recuse(NominationForm):
    """Declare that the actor, or the partner as a whole, takes no part."""

    permission = states.RECUSE.permission
    moves = (states.RECUSE,)
    verb = "contactgroup.recuse.viewed"
    form_class = RecuseForm
    keeps_drafts = True
    heading = submit_label = states.RECUSE.label
    remark = gettext_lazy(
        "Everyone on the nomination reads that you take no part, and nobody but your own partner and Eurojust's case desk reads why."
        " Votes that you cast before count no more; they stay on record, and are read by all when the vote is closed."
    )

    def get_initial(self) -> dict[str, Any]:
        """Nothing is chosen beforehand."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who is left to vote for the own partner."""
        names = [holder.membership.account.full_name for holder in self._others()]
        return {**super().get_form_kwargs(), "others": names}

    def _others(self) -> list[OfficeHolder]:
        elector = queries.own_elector(self.nomination, actor=self.actor)
        if elector is None:
            return []
        found = recusals(self.nomination, actor=self.actor)
        return others_in_seat(elector, found, actor=self.actor, at=timezone.now())

    def act(self, form: forms.Form) -> str:
        """Back to the recusals."""
        actions.recuse(nomination=self.nomination, **form.cleaned_data, by=self.actor, at=timezone.now())
        return f"{self.back()}#recusals"


_PARTNER = gettext_lazy(
    "Your partner takes part again: a vote that it cast before counts again, and until the vote is closed it may be replaced."
    " That your partner was recused stays on record."
)
_PERSON = gettext_lazy(
    "You take part again: a vote that you cast before counts again unless somebody of your partner replaced it."
    " That you were recused stays on record."
)


class TakeBack(NominationForm):
    """Take a recusal back."""

    permission = states.TAKE_BACK.permission
    moves = (states.TAKE_BACK,)
    verb = "contactgroup.take_back.viewed"
    form_class = forms.Form
    heading = submit_label = states.TAKE_BACK.label

    def load(self) -> None:
        """The nomination and the recusal, or 404."""
        super().load()
        found = Recusal.objects.visible_to(self.actor).of(self.nomination.pk).with_people()
        self.recusal = get_object_or_404(found, pk=self.kwargs["child"])
        if self.recusal.partner_id != self.actor.partner_id:
            raise access.Forbidden

    def get_initial(self) -> dict[str, Any]:
        """There is nothing to fill in."""
        return {}

    @property
    def remark(self) -> str:  # type: ignore[override]  # says whose it is
        """What follows."""
        if self.recusal.scope == RecusalScope.PARTNER:
            return str(_PARTNER)
        return str(_PERSON)

    def act(self, form: forms.Form) -> str:
        """Back to the recusals."""
        actions.take_back(recusal=self.recusal, by=self.actor, at=timezone.now())
        return f"{self.back()}#recusals"
