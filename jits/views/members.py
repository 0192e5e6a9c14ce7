"""The annex of members, and its changes."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jits import actions, states
from jits.forms.members import EndMemberForm, EnterForm, OnForm
from jits.models import JitMember, JitParty
from jits.queries.members import annex
from jits.views.base import JitForm, JitMove, OfJit, trail


class AnnexPage(OfJit):
    """Who is in the team on a day, and what was notified."""

    verb = "jits.members.viewed"
    template_name = "jits/members.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The annex as its reader sees it; today where no day, or none that is one, is asked about."""
        form = OnForm(self.request.GET if "on" in self.request.GET else None)
        asked = form.cleaned_data["on"] if form.is_valid() else None
        view = annex(self.jit, on=asked or timezone.now().astimezone(UTC).date(), actor=self.actor)
        form = form if form.is_bound else OnForm(initial={"on": view.on})
        return super().get_context_data(view=view, form=form, jit=self.jit, trail=trail(self.jit), **kwargs)


class Enter(JitMove):
    """Enter a member for the own party."""

    transition = states.ENTER
    permission = states.ENTER.permission
    verb = "jits.enter.viewed"
    form_class = EnterForm
    keeps_drafts = True
    heading = submit_label = states.ENTER.label
    remark = gettext_lazy("The other parties are given notice. A change of members does not reopen the agreement.")
    call = staticmethod(actions.enter_member)

    def back(self) -> str:
        """The annex."""
        return reverse("jit_members", args=[self.jit.pk])

    def get_initial(self) -> dict[str, Any]:
        """The own authority, from today."""
        authority = "" if self.own is None else self.actor.authority_name
        return {**super().get_initial(), "authority": authority, "from_date": timezone.now().astimezone(UTC).date()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The other parties."""
        parties = JitParty.objects.visible_to(self.actor).of(self.jit.pk).with_names()
        others = [party.partner for party in parties if party.partner_id != self.actor.partner_id]
        return {**super().get_form_kwargs(), "partners": others}


class EndMember(JitForm):
    """Say which is a member's last day."""

    transition = states.END_MEMBER
    permission = states.END_MEMBER.permission
    verb = "jits.end_member.viewed"
    form_class = EndMemberForm
    keeps_drafts = True
    heading = submit_label = states.END_MEMBER.label
    remark = gettext_lazy("The other parties are given notice. The member stays in the annex of every day until then.")
    danger = True
    member: JitMember

    def load(self) -> None:
        """The team and a member of the own party, or 404."""
        super().load()
        found = JitMember.objects.visible_to(self.actor).of(self.jit.pk).with_names()
        self.member = get_object_or_404(found, pk=self.kwargs["child"], party__partner=self.actor.partner_id)

    def get_initial(self) -> dict[str, Any]:
        """The last day as it stands."""
        return {"until_date": self.member.until_date, "version": self.member.version}

    def back(self) -> str:
        """The annex."""
        return reverse("jit_members", args=[self.jit.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose membership it is."""
        name = self.member.name or _("identity protected")
        lead = _("No. %(number)s, %(name)s") % {"number": self.member.number, "name": name}
        steps = [*trail(self.jit), {"label": _("Members"), "url": self.back()}]
        return super().get_context_data(**{"lead": lead, "trail": steps, **kwargs})

    def act(self, form: forms.Form) -> str:
        """Back to the annex."""
        actions.end_member(member=self.member, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return self.back()
