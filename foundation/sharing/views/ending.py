"""End a share of others, or leave."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.models import Share
from foundation.pages.forms import ActionPage
from foundation.sharing import actions, queries
from foundation.sharing.forms import LeaveForm, RevokeForm
from foundation.sharing.permissions import SharingPermission
from foundation.sharing.views.record import SharingPage
from foundation.tenancy import principals


class RevokeShare(SharingPage, ActionPage):
    """End one share, after saying whom it concerns."""

    permission = SharingPermission.SHARE
    verb = "sharing.revoke.asked"
    template_name = "sharing/revoke.html"
    form_class = RevokeForm
    submit_label = gettext_lazy("End the share now")
    share: Share

    def load(self) -> None:
        """The share, live or not: an ended one is answered by the action."""
        super().load()
        shares = Share.objects.visible_to(self.actor).filter(root=self.root.pk)
        self.share = get_object_or_404(shares, pk=self.kwargs["share_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who loses sight, as far as no other share gives it."""
        card = principals.cards([self.share.principal_id]).get(self.share.principal_id)
        others = (
            Share.objects.visible_to(self.actor).live().filter(root=self.root.pk, principal=self.share.principal_id)
        )
        return super().get_context_data(
            share=self.share,
            level=access.Level(self.share.level),
            card=card,
            others=others.exclude(pk=self.share.pk).count(),
            cancel_url=self.home,
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Revoke."""
        share_id: UUID = self.share.pk
        actions.revoke(root_id=self.root.pk, share_id=share_id, by=self.actor, at=timezone.now())
        messages.success(self.request, _("The share has ended."))
        return self.home if self.sees_still() else reverse("home")


class Leave(SharingPage, ActionPage):
    """End one's own shares."""

    permission = SharingPermission.LEAVE
    verb = "sharing.leave.asked"
    template_name = "sharing/leave.html"
    form_class = LeaveForm
    submit_label = gettext_lazy("Leave")

    def load(self) -> None:
        """The shares that the actor may end."""
        super().load()
        self.own = queries.own_shares(self.actor, self.root.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        """One choice for each own principal."""
        cards = principals.cards({share.principal_id for share in self.own})
        choices = [(group, str(card)) for group, card in cards.items()]
        own_name = [group for group, _name in choices if group == self.actor.membership_group]
        return {**super().get_form_kwargs(), "choices": choices, "initial": {"groups": own_name}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the actor is the last to manage it."""
        mine = {share.principal_id for share in self.own}
        last = queries.last_manager_among(self.actor, self.root.pk, mine)
        return super().get_context_data(own=self.own, last_manager=last, cancel_url=self.home, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Leave."""
        actions.leave(root_id=self.root.pk, groups=form.cleaned_data["groups"], by=self.actor, at=timezone.now())
        still = self.sees_still()
        said = _("Your shares have ended. You still see this through another share.") if still else _("You have left.")
        messages.success(self.request, said)
        return self.home if still else reverse("home")
