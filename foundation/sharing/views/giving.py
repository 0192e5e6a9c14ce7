"""Share in three steps, with a look at what they will see; hand over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit.models import Event
from foundation.pages.forms import ActionPage
from foundation.sharing import actions, previews, queries, rules
from foundation.sharing.forms import HandOverForm, PartnerForm, ShareForm, principal_choices
from foundation.sharing.permissions import SharingPermission
from foundation.sharing.views.record import PREVIEWED, SharingPage
from foundation.tenancy import principals
from foundation.tenancy.models import Partner
from foundation.workflow.refusals import Refusal


class ChoosePartner(SharingPage):
    """The first step of a share: of which partner is the one to share with?"""

    permission = SharingPermission.SHARE
    verb = "sharing.partner.asked"
    template_name = "sharing/choose_partner.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A form that leads on by GET, since it changes nothing."""
        return super().get_context_data(
            form=PartnerForm(initial={"partner": self.actor.partner_id}),
            next_url=reverse("sharing_share", kwargs={"pk": self.root.pk}),
            why_not_share=rules.why_not_share(self.root.kind),
            **kwargs,
        )


class ShareWith(SharingPage, ActionPage):
    """The second and third step: with whom, how far, why; then what they will see, and only then the share itself."""

    permission = SharingPermission.SHARE
    verb = "sharing.share.asked"
    template_name = "sharing/share.html"
    form_class = ShareForm
    keeps_drafts = True
    submit_label = gettext_lazy("Go on to the last step")
    partner: Partner

    def load(self) -> None:
        """The root, and the partner chosen in the first step."""
        super().load()
        chosen = PartnerForm(self.request.GET)
        if not chosen.is_valid():
            raise Http404
        self.partner = chosen.cleaned_data["partner"]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The principals of the partner."""
        return {**super().get_form_kwargs(), "choices": principal_choices(self.partner, timezone.now())}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask once more with everything that will be visible; the confirmed form goes the way of every action."""
        if "confirmed" in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        if "change" in request.POST or not form.is_valid():
            return self.render_to_response(
                self.get_context_data(form=form), status=200 if "change" in request.POST else 422
            )
        return self._look(form) if "look" in request.POST else self._ask(form)

    def _look(self, form: forms.Form) -> HttpResponse:
        """The page as they would see it: shared, rendered, and undone. What sharing refuses is refused here too."""
        assert isinstance(form, ShareForm)
        try:
            shown = previews.planned(
                self.root,
                principal=form.cleaned_data["principal"],
                level=form.up_to,
                purpose=form.cleaned_data["purpose"],
                until=form.until,
                by=self.actor,
                at=timezone.now(),
                request=self.request,
            )
        except Refusal as error:
            self.outcome = Event.Outcome.CONFLICT
            form.add_error(None, str(error))
            return self._again(form, 409)
        self.verb = PREVIEWED  # type: ignore[misc]  # one event says what was looked at
        self.template_name = "sharing/preview.html"
        return self.render_to_response(
            self.get_context_data(form=form, shown=shown), status=500 if shown.failed else 200
        )

    def _ask(self, form: forms.Form) -> HttpResponse:
        card = principals.cards([form.cleaned_data["principal"]])[form.cleaned_data["principal"]]
        shown = queries.preview(self.actor, self.root, card, at=timezone.now())
        self.template_name = "sharing/confirm_share.html"
        level = access.Level(form.cleaned_data["level"])
        return self.render_to_response(self.get_context_data(form=form, preview=shown, level=level))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The partner of the first step."""
        change = reverse("sharing_choose", kwargs={"pk": self.root.pk})
        return super().get_context_data(partner=self.partner, change_url=change, cancel_url=self.home, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Share."""
        assert isinstance(form, ShareForm)
        actions.share(
            root_id=self.root.pk,
            principal=form.cleaned_data["principal"],
            level=form.up_to,
            purpose=form.cleaned_data["purpose"],
            until=form.until,
            by=self.actor,
            at=timezone.now(),
        )
        messages.success(self.request, _("Shared. They see it from now on."))
        return self.home


class HandOver(SharingPage, ActionPage):
    """Give management to a colleague and leave."""

    permission = SharingPermission.HAND_OVER
    verb = "sharing.hand_over.asked"
    template_name = "sharing/hand_over.html"
    form_class = HandOverForm
    keeps_drafts = True
    submit_label = gettext_lazy("Hand over")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The colleagues of the actor's authority."""
        return {**super().get_form_kwargs(), "actor": self.actor, "at": timezone.now()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where to go back."""
        return super().get_context_data(cancel_url=self.home, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Hand over."""
        actions.hand_over(
            root_id=self.root.pk,
            membership_id=form.cleaned_data["membership"].pk,
            purpose=form.cleaned_data["purpose"],
            by=self.actor,
            at=timezone.now(),
        )
        messages.success(self.request, _("Handed over."))
        return self.home if self.sees_still() else reverse("home")
