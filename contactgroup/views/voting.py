"""Agenda, vote and decision."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactgroup import actions, states
from contactgroup.choices import FINAL, TAKING_UP, Outcome
from contactgroup.counting import Count
from contactgroup.forms.voting import AgendaForm, DecideForm, OpenVotingForm, VoteForm, WordsForm
from contactgroup.models import Elector, ProposedInvitation
from contactgroup.models import Vote as VoteModel
from contactgroup.queries.recusals import recusals
from contactgroup.queries.rounds import RoundView, rounds
from contactgroup.views.base import NominationForm
from foundation.pages.forms import VersionedForm
from meetings.models import Meeting


class PutOnAgenda(NominationForm):
    """Choose the meeting."""

    permission = states.PUT_ON_AGENDA.permission
    moves = (states.PUT_ON_AGENDA, states.TRANSFER)
    verb = "contactgroup.agenda.viewed"
    form_class = AgendaForm
    heading = submit_label = states.PUT_ON_AGENDA.label
    remark = gettext_lazy("Only the electorate sees the item. The nominator may look at the meeting from now on.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The meetings to come."""
        coming = Meeting.objects.visible_to(self.actor).coming().select_related("root")
        return {**super().get_form_kwargs(), "meetings": list(coming[:20])}

    def act(self, form: forms.Form) -> str:
        """Back to the nomination."""
        actions.put_on_agenda(nomination=self.nomination, **form.cleaned_data, by=self.actor, at=timezone.now())
        return self.back()


class OpenVoting(NominationForm):
    """Open a round."""

    permission = states.OPEN_VOTING.permission
    moves = (states.OPEN_VOTING,)
    verb = "contactgroup.open_voting.viewed"
    form_class = OpenVotingForm
    heading = submit_label = states.OPEN_VOTING.label
    remark = gettext_lazy("Votes are sealed until the vote is closed. Without an end, it lasts until you close it.")

    def act(self, form: forms.Form) -> str:
        """Back to the nomination."""
        actions.open_voting(nomination=self.nomination, **form.cleaned_data, by=self.actor, at=timezone.now())
        return self.back()


class Vote(NominationForm):
    """Cast the partner's voice."""

    permission = states.VOTE.permission
    moves = (states.VOTE,)
    verb = "contactgroup.vote.viewed"
    template_name = "contactgroup/vote.html"
    form_class = VoteForm
    heading = submit_label = states.VOTE.label
    remark = gettext_lazy(
        "Your partner has one voice. Until the vote is closed only your own partner reads it, and you may replace it;"
        " every vote stays on record. To withhold is to take no part in the decision."
    )

    def get_initial(self) -> dict[str, Any]:
        """Nothing is chosen beforehand."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the own partner has a vote that stands, the button says that this one replaces it."""
        context = super().get_context_data(**kwargs)
        cast_already = VoteModel.objects.visible_to(self.actor).filter(
            root=self.nomination.pk, round__closed_at__isnull=True, partner=self.actor.partner_id
        )
        if cast_already.exists():
            context["submit_label"] = _("Change the vote")
        return context

    def act(self, form: forms.Form) -> str:
        """Back to the votes."""
        actions.cast(nomination=self.nomination, **form.cleaned_data, by=self.actor, at=timezone.now())
        return f"{self.back()}#votes"


class CloseVoting(NominationForm):
    """Close the round and count."""

    permission = states.CLOSE_VOTING.permission
    moves = (states.CLOSE_VOTING,)
    verb = "contactgroup.close_voting.viewed"
    form_class = VersionedForm
    heading = submit_label = states.CLOSE_VOTING.label
    remark = gettext_lazy("No vote is taken afterwards, and everyone on the nomination reads how each partner voted.")

    def act(self, form: forms.Form) -> str:
        """Back to the votes."""
        actions.close_voting(nomination=self.nomination, **form.cleaned_data, by=self.actor, at=timezone.now())
        return f"{self.back()}#votes"


class Decide(NominationForm):
    """Record the final decision."""

    permission = states.DECIDE.permission
    moves = (states.DECIDE,)
    verb = "contactgroup.decide.viewed"
    template_name = "contactgroup/decide.html"
    form_class = DecideForm
    keeps_drafts = True
    heading = submit_label = states.DECIDE.label

    @cached_property
    def last_round(self) -> RoundView | None:
        """The last round; none where there was none."""
        electors = list(Elector.objects.visible_to(self.actor).of(self.nomination.pk).with_partner())
        found = rounds(self.nomination, electors, recusals(self.nomination, actor=self.actor), actor=self.actor)
        return found[0] if found else None

    @property
    def count(self) -> Count | None:
        """Its result."""
        return None if self.last_round is None else self.last_round.count

    def get_form_kwargs(self) -> dict[str, Any]:
        """The outcomes that the vote allows."""
        carried = self.count is not None and self.count.carried
        possible = FINAL - ({Outcome.NOT_SELECTED} if carried else TAKING_UP)
        today = timezone.localtime().date()
        return {**super().get_form_kwargs(), "possible": possible, "today": today}

    def act(self, form: forms.Form) -> str:
        """Back to the nomination."""
        typed = cast("DecideForm", form)
        data = typed.cleaned_data
        actions.decide(
            nomination=self.nomination,
            outcome=data["outcome"],
            text=data["text"],
            answer_until=typed.answer_until(),
            version=data["version"],
            by=self.actor,
            at=timezone.now(),
        )
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The result, and the invitations that taking up sends."""
        proposals = ProposedInvitation.objects.visible_to(self.actor).of(self.nomination.pk).select_related("partner")
        rule = None if self.last_round is None else self.last_round.rule
        return super().get_context_data(count=self.count, rule=rule, proposals=list(proposals), **kwargs)


class AskForMore(NominationForm):
    """Give the nomination back."""

    permission = states.RETURN.permission
    moves = (states.RETURN,)
    verb = "contactgroup.return.viewed"
    form_class = WordsForm
    keeps_drafts = True
    heading = submit_label = states.RETURN.label
    remark = gettext_lazy(
        "The nominator answers by revising the dossier; then it comes to an agenda and to a vote anew."
    )

    def act(self, form: forms.Form) -> str:
        """Back to the nomination."""
        data = form.cleaned_data
        actions.ask_for_more(
            nomination=self.nomination, text=data["words"], version=data["version"], by=self.actor, at=timezone.now()
        )
        return self.back()
