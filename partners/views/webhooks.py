"""Webhooks of the systems of one's own partner, for its administrators."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages import submissions
from foundation.pages.base import ActorPage
from foundation.systems.actions import not_at_work
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.actors import Actor
from foundation.webhooks import actions, queries
from foundation.webhooks.models import Delivery, Subscription
from partners import webhook_forms
from partners.views.systems import SystemAdministrationPage, own_system, steps_to


def _own(actor: Actor, key: object) -> Subscription:
    """A subscription of a system of the actor's own partner; of others nobody learns here."""
    found = Subscription.objects.visible_to(actor)
    return get_object_or_404(
        found.select_related("membership__account", "membership__authority__partner", "revoked_by__account"), pk=key
    )


def _address(subscription: Subscription) -> str:
    return reverse("webhook", kwargs={"pk": subscription.pk})


class WebhookPage(ActorPage):
    """One subscription, what becomes of it, and its newest deliveries."""

    permission = SystemPermission.ADMINISTER
    verb = "webhooks.subscription.viewed"
    template_name = "partners/webhooks/webhook.html"
    subscription: Subscription

    def load(self) -> None:
        """The subscription."""
        self.subscription = _own(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its deliveries, each with the key of the form that sends it again; keys for the buttons of the page."""
        deliveries = queries.deliveries_of(self.actor, self.subscription.pk)
        system = self.subscription.membership
        return super().get_context_data(
            subscription=self.subscription,
            system=system,
            row=queries.row_of(self.subscription),
            two_secrets=self.subscription.two_secrets(timezone.now()),
            rows=[(row, submissions.new_key()) for row in deliveries],
            at_most=queries.SHOWN,
            key=submissions.new_key(),
            trail=steps_to(system.authority.partner, system),
            **kwargs,
        )


class SecretPage(SystemAdministrationPage):
    """Base: a form that makes a secret, which stands in the answer to that very form and nowhere else."""

    subscribed: actions.Subscribed | None = None

    def repeated(self) -> HttpResponseBase | None:
        """Say why there is no secret to see."""
        answer = super().repeated()
        if answer is not None:
            messages.warning(
                self.request,
                _("That secret was made already, and shown once. If you did not copy it, rotate the secret."),
            )
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Act, and show the secret in this answer."""
        answer = super().post(request, *args, **kwargs)
        if self.subscribed is None:
            return answer
        self.template_name = "partners/webhooks/secret.html"
        context = self.get_context_data(
            subscribed=self.subscribed, subscription=self.subscribed.subscription, next_url=self.back
        )
        return self.render_to_response(context)


class Subscribe(SecretPage):
    """Tell a system of events."""

    verb = "webhooks.subscription.make"
    form_class = webhook_forms.SubscribeForm
    heading = gettext_lazy("New webhook")
    lead = gettext_lazy(
        "When something changes that the system sees, it gets a request at its address: what kind of record, its key, and a"
        " link. It then reads the rest with its token."
    )
    submit_label = gettext_lazy("Subscribe")

    def load(self) -> None:
        """The system."""
        self.system = own_system(self.actor, self.kwargs["pk"])
        self.about_system(self.system)

    @property
    def not_now(self) -> str:
        """A system that does not stand is told of nothing."""
        return not_at_work(self.system, timezone.now())

    def act(self, form: django_forms.Form) -> str:
        """Subscribe it."""
        self.subscribed = actions.subscribe(
            by=self.actor,
            at=timezone.now(),
            membership_id=self.system.pk,
            url=form.cleaned_data["url"],
            chosen=form.cleaned_data["chosen"],
        )
        self.back = _address(self.subscribed.subscription)
        return self.back


class SubscriptionPage(SystemAdministrationPage):
    """Base: a form about one subscription."""

    subscription: Subscription
    form_class: type[django_forms.Form] = django_forms.Form

    def load(self) -> None:
        """The subscription and its system."""
        self._about(_own(self.actor, self.kwargs["pk"]))

    def _about(self, subscription: Subscription) -> None:
        self.subscription = subscription
        self.about_system(subscription.membership, f"{subscription.membership.account.full_name}, {subscription.url}")
        self.back = _address(subscription)
        self.steps = [*self.steps, {"label": _("Webhook"), "url": self.back}]


class RotateSecret(SubscriptionPage, SecretPage):
    """Replace the secret by a new one."""

    verb = "webhooks.subscription.rotate"
    form_class = webhook_forms.SecretForm
    heading = gettext_lazy("Rotate this secret")
    lead = gettext_lazy("A new secret signs from now on. It is shown once.")
    submit_label = gettext_lazy("Make the new secret")

    def act(self, form: django_forms.Form) -> str:
        """Rotate it."""
        overlap = form.cleaned_data["overlap"]
        self.subscribed = actions.rotate(
            by=self.actor, at=timezone.now(), subscription_id=self.subscription.pk, overlap=overlap
        )
        return self.back


class SubscriptionAct(SubscriptionPage):
    """Base: an act on one subscription that asks once more and for nothing else. ``does`` is the action, ``said`` what was done."""

    does: ClassVar[Any]
    said: ClassVar[Promise]

    def act(self, form: django_forms.Form) -> str:
        """Call the action."""
        type(self).does(by=self.actor, at=timezone.now(), subscription_id=self.subscription.pk)
        messages.success(self.request, str(self.said))
        return self.back


class Pause(SubscriptionAct):
    """Send nothing for now."""

    verb = "webhooks.subscription.pause"
    heading = gettext_lazy("Pause this webhook?")
    lead = gettext_lazy("Nothing is sent and nothing is kept for it until you resume it. What waits is dropped.")
    submit_label = gettext_lazy("Pause")
    does = staticmethod(actions.pause)
    said = gettext_lazy("Paused.")


class Resume(SubscriptionAct):
    """Send again from now on."""

    verb = "webhooks.subscription.resume"
    heading = gettext_lazy("Resume this webhook?")
    lead = gettext_lazy("What changes from now on is sent. Of what changed meanwhile the system was not told.")
    submit_label = gettext_lazy("Resume")
    does = staticmethod(actions.resume)
    said = gettext_lazy("Resumed.")


class End(SubscriptionAct):
    """Never send again."""

    verb = "webhooks.subscription.end"
    heading = gettext_lazy("End this webhook?")
    lead = gettext_lazy("Nothing is sent to this address any more. It cannot be taken back; you can subscribe anew.")
    submit_label = gettext_lazy("End webhook")
    danger: ClassVar[bool] = True
    does = staticmethod(actions.end)
    said = gettext_lazy("Ended.")


class SendTest(SubscriptionAct):
    """Try the way."""

    verb = "webhooks.test.ask"
    heading = gettext_lazy("Send a test?")
    lead = gettext_lazy("The address gets a request of the kind test.sent, signed like all others.")
    submit_label = gettext_lazy("Send a test")
    does = staticmethod(actions.send_test)
    said = gettext_lazy("The test goes out within seconds. How it went stands in the list.")


class OneDelivery(SubscriptionPage):
    """One delivery with its attempts; one that has ended can be sent again."""

    verb = "webhooks.delivery.send_again"
    template_name = "partners/webhooks/delivery.html"
    heading = gettext_lazy("One delivery")
    submit_label = gettext_lazy("Send again")

    def load(self) -> None:
        """The delivery and its subscription."""
        self.delivery = get_object_or_404(Delivery.objects.visible_to(self.actor), pk=self.kwargs["pk"])
        self._about(_own(self.actor, self.delivery.subscription_id))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is known of it, and whether it may be sent again."""
        row = queries.delivery_row(self.delivery)
        return super().get_context_data(
            row=row,
            attempts=list(self.delivery.attempts_made.all()),
            may_again=row.ended and self.subscription.works,
            **kwargs,
        )

    def act(self, form: django_forms.Form) -> str:
        """Send it again."""
        actions.send_again(by=self.actor, at=timezone.now(), delivery_id=self.delivery.pk)
        messages.success(self.request, _("It goes out again within seconds."))
        return self.back
