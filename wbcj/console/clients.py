"""Partner systems of all partners and their tokens, for project staff: never a secret, and a token can be stopped at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import TextChoices
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.pages import submissions
from foundation.pages.filters import any_of
from foundation.pages.forms import ActionPage
from foundation.pages.lists import ListPage
from foundation.systems import actions
from foundation.systems.models import SystemToken
from foundation.systems.permissions import SystemPermission
from foundation.systems.queries import TokenRow, tokens_of_all
from foundation.systems.querysets import SystemTokenQuerySet
from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Membership
from foundation.tenancy.querysets import MembershipQuerySet
from partners.queries import State, in_state, state_of
from wbcj.console import finding
from wbcj.console.base import ConsolePage

EXPIRING: Final = timedelta(days=14)
UNUSED: Final = timedelta(days=30)


class Tokens(TextChoices):
    """Which systems are shown, by their tokens."""

    EXPIRING = "expiring", gettext_lazy("Expires within 14 days")
    UNUSED = "unused", gettext_lazy("Unused for 30 days")
    LAPSED = "lapsed", gettext_lazy("Stopped: who granted it no longer may")
    REVOKED = "revoked", gettext_lazy("Revoked")
    NONE = "none", gettext_lazy("No token that works")


class ClientForm(finding.OfPartner):
    """Filters of the list of systems."""

    in_view = ("text", "tokens")
    searches = gettext_lazy("System, authority, partner or prefix of a token")
    tokens = forms.ChoiceField(label=gettext_lazy("Tokens"), choices=any_of(Tokens.choices))
    state = forms.ChoiceField(label=gettext_lazy("How the system stands"), choices=any_of(State.choices))


@dataclass(frozen=True, kw_only=True)
class ClientRow:
    """One system with its tokens, each with the key of the form that revokes it; ``own`` where the reader administers it."""

    membership: Membership
    state: State
    tokens: tuple[tuple[TokenRow, str], ...]
    own: bool


def chosen_tokens(overseen: SystemTokenQuerySet, chosen: str, at: datetime) -> SystemTokenQuerySet:
    """The tokens that a choice speaks of; for ``NONE`` those that work."""
    match chosen:
        case Tokens.EXPIRING:
            return overseen.expiring(at, before=at + EXPIRING)
        case Tokens.UNUSED:
            return overseen.unused(at, since=at - UNUSED)
        case Tokens.LAPSED:
            return overseen.standing(at).lapsed()
        case Tokens.REVOKED:
            return overseen.filter(revoked_at__isnull=False)
    return overseen.standing(at).rightful()


class Clients(ConsolePage, ListPage):
    """Every partner system, those registered last first."""

    permission = SystemPermission.OVERSEE
    verb = "console.clients.listed"
    template_name = "console/clients.html"
    form_class = ClientForm
    form: ClientForm

    def form_arguments(self) -> dict[str, Any]:
        """The partners to choose among."""
        return {"partners": finding.partners()}

    def read(self, *, after: access.Cursor | None, limit: int) -> access.Page[ClientRow]:
        """One page of systems with all their tokens."""
        page = finding.page_of(self._found(), after=after, limit=limit)
        tokens = tokens_of_all(self.actor, [system.pk for system in page.rows], self.now)
        return page.map(lambda system: self._row(system, tokens.get(system.pk, [])))

    def _found(self) -> MembershipQuerySet:
        chosen = self.form.cleaned_data
        found = Membership.objects.filter(account__kind=AccountKind.SYSTEM)
        if chosen["partner"]:
            found = found.filter(authority__partner_id=chosen["partner"])
        if chosen["state"]:
            found = found.filter(in_state(State(chosen["state"]), self.now))
        if chosen["tokens"]:
            overseen = SystemToken.objects.overseen_by(self.actor)
            keys = chosen_tokens(overseen, chosen["tokens"], self.now).values("membership_id")
            found = found.exclude(pk__in=keys) if chosen["tokens"] == Tokens.NONE else found.filter(pk__in=keys)
        return finding.named(found, chosen["text"], more=self._prefixes()) if chosen["text"] else found

    def _prefixes(self) -> dict[UUID, str]:
        # Whole ones: made by chance, they would begin with any letter that is a word of a name.
        typed = self.form.cleaned_data["text"].split()
        overseen = SystemToken.objects.overseen_by(self.actor).filter(prefix__in=typed)
        found: dict[UUID, str] = {}
        for key, prefix in overseen.values_list("membership_id", "prefix"):
            found[key] = f"{found.get(key, '')} {prefix}"
        return found

    def _row(self, system: Membership, tokens: Sequence[TokenRow]) -> ClientRow:
        own = system.authority.partner_id == self.actor.partner_id
        return ClientRow(
            membership=system,
            state=state_of(system, self.now),
            tokens=tuple((row, submissions.new_key()) for row in tokens),
            own=own and access.role_allows(self.actor, SystemPermission.ADMINISTER),
        )


class Recall(ConsolePage, ActionPage):
    """Stop a token of whatever partner: one click in the list; the page of its own is for who comes here otherwise."""

    permission = SystemPermission.RECALL
    verb = "systems.token.recall"
    above = ((gettext_lazy("API clients"), "console_clients"),)
    template_name = "console/recall.html"
    form_class = forms.Form
    submit_label = gettext_lazy("Revoke token")

    def load(self) -> None:
        """The token, of whatever system."""
        super().load()
        found = SystemToken.objects.overseen_by(self.actor).select_related(
            "membership__account", "membership__authority"
        )
        self.token = get_object_or_404(found, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which token it is."""
        return super().get_context_data(token=self.token, cancel_url=reverse("console_clients"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Revoke it."""
        actions.revoke(by=self.actor, at=timezone.now(), token_id=self.token.pk)
        messages.success(self.request, _("Revoked. The token opens nothing any more, and its partner was told."))
        return reverse("console_clients")
