"""What the parties decide, and who takes part besides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from jits import actions, states
from jits.forms.checklist import DraftForm
from jits.forms.moves import EndForm, InviteForm, MoveForm, ReasonForm
from jits.models import JitParticipant
from jits.queries.participants import invitable
from jits.views.base import JitForm, JitMove


class Assess(JitMove):
    """Take the request up."""

    transition = states.ASSESS
    permission = states.ASSESS.permission
    verb = "jits.assess.viewed"
    form_class = MoveForm
    heading = submit_label = states.ASSESS.label
    remark = gettext_lazy(
        "The parties see that the request is taken up. Each of them says by itself whether it agrees in principle."
    )
    call = staticmethod(actions.assess)


class Agree(JitMove):
    """Agree in principle, for the own party."""

    transition = states.AGREE
    permission = states.AGREE.permission
    verb = "jits.agree.viewed"
    form_class = MoveForm
    heading = submit_label = states.AGREE.label
    remark = gettext_lazy(
        "You say for your party that a team is wanted as the request describes it. It binds nobody: the agreement is signed later."
    )
    call = staticmethod(actions.agree)


class Draft(JitMove):
    """Begin the drafting."""

    transition = states.DRAFT
    permission = states.DRAFT.permission
    verb = "jits.draft.viewed"
    form_class = DraftForm
    keeps_drafts = True
    heading = submit_label = states.DRAFT.label
    remark = gettext_lazy("All parties agreed in principle. From now on the agreement is drafted.")
    call = staticmethod(actions.draft)


class Refuse(JitMove):
    """Say no, for the own party."""

    transition = states.REFUSE
    permission = states.REFUSE.permission
    verb = "jits.refuse.viewed"
    form_class = EndForm
    keeps_drafts = True
    heading = submit_label = states.REFUSE.label
    remark = gettext_lazy(
        "The team is over with it. Parallel investigations stay possible, and another team can be proposed."
    )
    danger = True
    call = staticmethod(actions.refuse)


class NotSetUp(JitMove):
    """Record that there will be no team."""

    transition = states.NOT_SET_UP
    permission = states.NOT_SET_UP.permission
    verb = "jits.not_set_up.viewed"
    form_class = EndForm
    keeps_drafts = True
    heading = submit_label = states.NOT_SET_UP.label
    remark = gettext_lazy(
        "The team is over with it, for all parties. Reasons are counted without names, to make setting up easier."
    )
    danger = True
    call = staticmethod(actions.not_set_up)


class Suspend(JitMove):
    """Let the team rest."""

    transition = states.SUSPEND
    permission = states.SUSPEND.permission
    verb = "jits.suspend.viewed"
    form_class = ReasonForm
    keeps_drafts = True
    heading = submit_label = states.SUSPEND.label
    remark = gettext_lazy("Nothing moves until a party resumes it; then it goes on from where it stands now.")
    call = staticmethod(actions.suspend)


class Resume(JitMove):
    """Go on."""

    transition = states.RESUME
    permission = states.RESUME.permission
    verb = "jits.resume.viewed"
    form_class = MoveForm
    heading = submit_label = states.RESUME.label
    call = staticmethod(actions.resume)

    @property
    def remark(self) -> str:  # type: ignore[override]  # says why it rests
        """Why it was suspended."""
        return self.jit.suspended_because


class Invite(JitMove):
    """Invite an office to take part."""

    transition = states.INVITE
    permission = states.INVITE.permission
    verb = "jits.invite.viewed"
    form_class = InviteForm
    heading = submit_label = states.INVITE.label
    remark = gettext_lazy(
        "A participant reads the team at once and changes nothing. It becomes no party, and does not see the case by it."
    )
    call = staticmethod(actions.invite)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who can be invited."""
        return {**super().get_form_kwargs(), "offices": invitable(self.jit, by=self.actor)}


class EndPart(JitForm):
    """End the part of a participant."""

    transition = states.END_PART
    permission = states.END_PART.permission
    verb = "jits.end_part.viewed"
    form_class = MoveForm
    heading = submit_label = states.END_PART.label
    remark = gettext_lazy("The office does not see the team any more, from now on.")
    danger = True

    def load(self) -> None:
        """The team and the participant, or 404."""
        super().load()
        found = JitParticipant.objects.visible_to(self.actor).of(self.jit.pk).with_names()
        self.participant = get_object_or_404(found, pk=self.kwargs["child"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose part it is."""
        office = self.participant.office
        return super().get_context_data(lead=f"{office.get_kind_display()}, {office.partner.name}", **kwargs)

    def act(self, form: forms.Form) -> str:
        """Back to the team."""
        version = form.cleaned_data["version"]
        actions.end_part(
            jit=self.jit, participant=self.participant.pk, version=version, by=self.actor, at=timezone.now()
        )
        return self.back()
