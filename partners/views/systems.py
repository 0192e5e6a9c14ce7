"""Systems of one's own partner and their tokens, for its administrators."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages import submissions
from foundation.pages.base import ActorPage
from foundation.systems import actions as system_actions
from foundation.systems.models import SystemToken
from foundation.systems.permissions import SystemPermission
from foundation.systems.queries import tokens_of
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, Partner
from foundation.webhooks.queries import subscriptions_of
from partners import actions, queries, system_forms
from partners.views.administration import AdministrationPage
from partners.views.directory import Step, trail


def steps_to(partner: Partner, system: Membership | None = None) -> list[Step]:
    """The way to the systems of a partner, or to one of them."""
    steps = [*trail(partner), {"label": _("Partner systems"), "url": reverse("systems")}]
    if system is not None:
        steps.append({"label": system.account.full_name, "url": _address(system.pk)})
    return steps


def _address(system: UUID) -> str:
    return reverse("system", kwargs={"pk": system})


def own_system(actor: Actor, key: UUID) -> Membership:
    """A system of the actor's own partner; of those of other partners nobody learns here."""
    return get_object_or_404(Membership.objects.systems_of(actor.partner_id).with_names(), pk=key)


class Systems(ActorPage):
    """The systems of one's own partner."""

    permission = SystemPermission.ADMINISTER
    verb = "partners.systems.listed"
    template_name = "partners/systems.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with its tokens in numbers."""
        partner = Partner.objects.get(pk=self.actor.partner_id)
        rows = queries.systems_of(self.actor, timezone.now())
        return super().get_context_data(rows=rows, trail=trail(partner), **kwargs)


class SystemPage(ActorPage):
    """One system, its tokens and its webhooks."""

    permission = SystemPermission.ADMINISTER
    verb = "partners.system.viewed"
    template_name = "partners/system.html"
    system: Membership

    def load(self) -> None:
        """The system, of the actor's own partner."""
        self.system = own_system(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its tokens, each with the key of the form that revokes it."""
        now = timezone.now()
        state = queries.state_of(self.system, now)
        rows = [(row, submissions.new_key()) for row in tokens_of(self.actor, self.system.pk, now)]
        return super().get_context_data(
            system=self.system,
            account=self.system.account,
            state=state,
            at_work=state is queries.State.LIVE,
            rows=rows,
            webhooks=subscriptions_of(self.actor, self.system.pk),
            trail=steps_to(self.system.authority.partner),
            **kwargs,
        )


class SystemAdministrationPage(AdministrationPage):
    """Base: a form about the systems of the actor's own partner."""

    permission = SystemPermission.ADMINISTER

    def about_system(self, system: Membership, kicker: str = "") -> None:
        """Place the form below its system."""
        self.kicker = kicker or system.account.full_name
        self.back = _address(system.pk)
        self.steps = steps_to(system.authority.partner, system)


class RegisterSystem(SystemAdministrationPage):
    """Propose a system for an authority."""

    verb = "partners.system.register"
    form_class = system_forms.RegisterForm
    heading = gettext_lazy("Register a system")
    lead = gettext_lazy(
        "A second person of the authority confirms it, as for a person. Then you grant it a token. It sees what is shared with its"
        " authority and with the offices that it holds; nobody can sign in as a system."
    )
    submit_label = gettext_lazy("Propose")

    def load(self) -> None:
        """The actor's own partner."""
        self.partner = Partner.objects.get(pk=self.actor.partner_id)
        self.kicker, self.back, self.steps = self.partner.name, reverse("systems"), steps_to(self.partner)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Authorities and roles on offer follow the partner."""
        return {**super().get_form_kwargs(), "partner": self.partner}

    def act(self, form: django_forms.Form) -> str:
        """Propose it."""
        data = dict(form.cleaned_data)
        authority = data.pop("authority")
        system = actions.register_system(by=self.actor, at=timezone.now(), authority_id=authority.pk, **data)
        self.proposed(system.founding)
        return _address(system.pk)


class SecretPage(SystemAdministrationPage):
    """Base: a form that grants a token, whose secret stands in the answer to that very form and nowhere else.

    It lies in no session, no address and no row; the same form sent again, or Back, leads to the page of the system.
    """

    system: Membership
    granted: system_actions.Granted | None = None

    def repeated(self) -> HttpResponseBase | None:
        """Say why there is no secret to see."""
        answer = super().repeated()
        if answer is not None:
            messages.warning(
                self.request,
                _(
                    "That token was granted already. Its secret was shown once; if you did not copy it, rotate or revoke it."
                ),
            )
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Grant, and show the secret in this answer."""
        answer = super().post(request, *args, **kwargs)
        if self.granted is None:
            return answer
        self.template_name = "partners/secret.html"
        return self.render_to_response(self.get_context_data(granted=self.granted, system=self.system))


class GrantToken(SecretPage):
    """Grant a token to a system."""

    verb = "systems.token.grant"
    form_class = system_forms.GrantForm
    heading = gettext_lazy("New token")
    lead = gettext_lazy("Its secret is shown once. The token stops when you may not grant it any more.")
    submit_label = gettext_lazy("Grant token")

    def load(self) -> None:
        """The system."""
        self.system = own_system(self.actor, self.kwargs["pk"])
        self.about_system(self.system)

    @property
    def not_now(self) -> str:
        """A system that does not stand has no use for a token."""
        return system_actions.not_at_work(self.system, timezone.now())

    def act(self, form: django_forms.Form) -> str:
        """Grant it."""
        assert isinstance(form, system_forms.GrantForm)
        now, data = timezone.now(), form.cleaned_data
        self.granted = system_actions.grant(
            by=self.actor,
            at=now,
            membership_id=self.system.pk,
            scopes=data["scopes"],
            expires_at=now + form.lasts,
            networks=data["networks"],
        )
        return self.back


class TokenPage(SystemAdministrationPage):
    """Base: a form about one token of a system of the actor's own partner."""

    token: SystemToken

    def load(self) -> None:
        """The token and its system."""
        found = SystemToken.objects.visible_to(self.actor)
        found = found.select_related("membership__account", "membership__authority__partner")
        self.token = get_object_or_404(found, pk=self.kwargs["pk"])
        self.system = self.token.membership
        self.about_system(self.system, f"{self.system.account.full_name}, {self.token.hint}")


class RotateToken(TokenPage, SecretPage):
    """Replace a token by a new one."""

    verb = "systems.token.rotate"
    form_class = system_forms.RotateForm
    heading = gettext_lazy("Rotate this token")
    lead = gettext_lazy(
        "A new token with the same scopes and address ranges takes its place. From then on it is you who granted it."
    )
    submit_label = gettext_lazy("Grant the new token")

    def act(self, form: django_forms.Form) -> str:
        """Rotate it."""
        assert isinstance(form, system_forms.RotateForm)
        now = timezone.now()
        self.granted = system_actions.rotate(
            by=self.actor,
            at=now,
            token_id=self.token.pk,
            expires_at=now + form.lasts,
            overlap=form.cleaned_data["overlap"],
        )
        return self.back


class RevokeToken(TokenPage):
    """Take a token back: one click in the list of tokens; the page of its own is for who comes here otherwise."""

    verb = "systems.token.revoke"
    form_class = system_forms.RevokeForm
    heading = gettext_lazy("Revoke this token?")
    lead = gettext_lazy("From this moment on it opens nothing. It cannot be taken back.")
    submit_label = gettext_lazy("Revoke token")
    danger: ClassVar[bool] = True

    def act(self, form: django_forms.Form) -> str:
        """Revoke it."""
        system_actions.revoke(by=self.actor, at=timezone.now(), token_id=self.token.pk)
        messages.success(self.request, _("Revoked. The token opens nothing any more."))
        return self.back
