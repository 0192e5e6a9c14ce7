"""Mails in the console: how they stand, every attempt of one, and the button to send it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.notifications.delivery import actions, queries
from foundation.notifications.models import Delivery, State
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.forms import ActionPage
from foundation.webhooks import queries as webhooks
from wbcj.console.base import ConsolePage


class Deliveries(ConsolePage):
    """Numbers by state, and the rows of one state: first those of which nobody knows."""

    permission = NotificationsPermission.DELIVERIES
    verb = "console.deliveries.viewed"
    template_name = "console/deliveries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The numbers, and the rows of the state in the address."""
        try:
            state = State(self.request.GET.get("state", State.AMBIGUOUS))
        except ValueError as error:
            raise Http404 from error
        now = timezone.now()
        return super().get_context_data(
            now=now,
            standing=queries.standing(now),
            state=state,
            deliveries=queries.of_state(state),
            webhooks=webhooks.numbers(),
            **kwargs,
        )


class SendAgainForm(forms.Form):
    """Nothing to fill in."""


class GivenUp(ConsolePage, ActionPage):
    """After a long absence of the mail server: let all that was given up go out again."""

    permission = NotificationsPermission.SEND_AGAIN
    verb = "console.deliveries.again_asked"
    form_class = SendAgainForm
    submit_label = gettext_lazy("Send all again")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many there are."""
        count = queries.standing(timezone.now()).of(State.FAILED)
        lead = ngettext(
            "%(count)d mail was given up. It has surely not arrived.",
            "%(count)d mails were given up. They have surely not arrived.",
            count,
        )
        return super().get_context_data(
            heading=_("Send all that was given up again?"),
            lead=lead % {"count": count},
            cancel_url=reverse("console_deliveries"),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Send them again."""
        actions.send_given_up_again(by=self.actor, at=timezone.now())
        messages.success(self.request, _("The mails go out again, the oldest first."))
        return reverse("console_deliveries")


class OneDelivery(ConsolePage, ActionPage):
    """One mail with its attempts; one that ended without being known to have arrived can be sent again."""

    permission = NotificationsPermission.SEND_AGAIN
    verb = "console.delivery.viewed"
    above = ((gettext_lazy("Mails"), "console_deliveries"),)
    template_name = "console/delivery.html"
    form_class = SendAgainForm
    submit_label = gettext_lazy("Send again")

    def load(self) -> None:
        """The delivery."""
        super().load()
        found = Delivery.objects.prefetch_related("attempts_made")
        self.delivery = get_object_or_404(found, pk=self.kwargs["delivery"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is known of it, and whether it may be sent again."""
        kwargs.pop("delivery", None)
        return super().get_context_data(
            one=self.delivery,
            attempts=list(self.delivery.attempts_made.all()),
            may_again=self.delivery.state in actions.UNFINISHED,
            ambiguous=self.delivery.state == State.AMBIGUOUS,
            cancel_url=reverse("console_deliveries"),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Send again."""
        actions.send_again(delivery_id=self.delivery.pk, by=self.actor, at=timezone.now())
        messages.success(self.request, _("The mail goes out again within seconds."))
        return reverse("console_deliveries")
