"""Partners, authorities and people: read by everyone who is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import access
from foundation.pages.base import ActorPage
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Account, Authority, Membership, Partner
from partners import queries
from partners.permissions import PartnerPermission

Step = dict[str, str]


def administered_by(actor: Actor) -> UUID | None:
    """The partner whose people this actor administers, if any."""
    return actor.partner_id if access.role_allows(actor, PartnerPermission.ADMINISTER) else None


def trail(partner: Partner | None = None, authority: Authority | None = None) -> list[Step]:
    """The way down to a page of the directory."""
    steps = [{"label": _("Directory"), "url": reverse("directory")}]
    if partner is not None:
        steps.append({"label": partner.name, "url": reverse("partner", kwargs={"pk": partner.pk})})
    if authority is not None:
        steps.append({"label": authority.name, "url": reverse("authority", kwargs={"pk": authority.pk})})
    return steps


class Directory(ActorPage):
    """All partners by kind."""

    permission = PartnerPermission.DIRECTORY
    verb = "partners.directory.viewed"
    template_name = "partners/directory.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Partners with the numbers of their authorities and people."""
        now = timezone.now()
        waiting = queries.waiting_for(self.actor, now)
        return super().get_context_data(kinds=queries.partners(now), waiting=len(waiting), **kwargs)


class PartnerPage(ActorPage):
    """One partner: its offices and its authorities."""

    permission = PartnerPermission.DIRECTORY
    verb = "partners.partner.viewed"
    template_name = "partners/partner.html"
    partner: Partner

    def load(self) -> None:
        """The partner; the directory is open."""
        self.partner = get_object_or_404(Partner, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offices, authorities and what the actor may do here."""
        now = timezone.now()
        administers = administered_by(self.actor) == self.partner.pk
        rows = queries.authorities_of(self.partner, now)
        founds = access.role_allows(self.actor, PartnerPermission.FOUND) and not any(row.people for row in rows)
        return super().get_context_data(
            partner=self.partner,
            authorities=rows,
            offices=queries.offices(self.partner.offices.filter(authority=None), at=now, all_states=administers),
            administers=administers,
            may_found=founds and bool(rows),
            trail=trail(),
            **kwargs,
        )


class AuthorityPage(ActorPage):
    """One authority: its people and its offices; for its administrator also who is proposed and who has left."""

    permission = PartnerPermission.DIRECTORY
    verb = "partners.authority.viewed"
    template_name = "partners/authority.html"
    authority: Authority

    def load(self) -> None:
        """The authority; the directory is open."""
        self.authority = get_object_or_404(Authority.objects.select_related("partner"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """People, offices and what the actor may do here."""
        now = timezone.now()
        administered = administered_by(self.actor)
        administers = administered == self.authority.partner_id
        rows = queries.memberships(
            Membership.objects.filter(authority=self.authority), at=now, administered=administered, all_states=True
        )
        standing = [row for row in rows if row.state is queries.State.LIVE]
        live = [row for row in standing if row.membership.account.kind == AccountKind.PERSON]
        return super().get_context_data(
            authority=self.authority,
            people=live,
            systems=[row for row in standing if row not in live],
            others=[row for row in rows if row.state is not queries.State.LIVE],
            alone=administers and len({row.membership.account_id for row in live}) == 1,
            offices=queries.offices(self.authority.offices.all(), at=now, all_states=administers),
            administers=administers,
            trail=trail(self.authority.partner),
            **kwargs,
        )


class PersonPage(ActorPage):
    """One person: memberships and offices; for the administrator of a partner also what ended there."""

    permission = PartnerPermission.DIRECTORY
    verb = "partners.person.viewed"
    template_name = "partners/person.html"
    account: Account

    def load(self) -> None:
        """Somebody who works for a partner now, or of whom the actor administers some membership."""
        self.account = get_object_or_404(Account, pk=self.kwargs["pk"])
        self.rows = queries.memberships(
            Membership.objects.filter(account=self.account),
            at=timezone.now(),
            administered=administered_by(self.actor),
            all_states=True,
        )
        if not self.rows and self.account.pk != self.actor.account_id:
            raise access.NotThere

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines of the person."""
        own = self.account.pk == self.actor.account_id
        is_system = self.account.kind == AccountKind.SYSTEM
        return super().get_context_data(
            person=self.account, rows=self.rows, own=own, is_system=is_system, trail=trail(), **kwargs
        )


class Waiting(ActorPage):
    """Proposals that wait for this actor, and those of the own partner that wait for others."""

    permission = PartnerPermission.CONFIRM
    verb = "partners.proposals.listed"
    template_name = "partners/waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the actor may answer; an administrator also sees what others must."""
        now = timezone.now()
        others: list[queries.Proposal] = []
        if administered_by(self.actor) is not None:
            others = queries.waiting_for_others(self.actor, now)
        return super().get_context_data(
            proposals=queries.waiting_for(self.actor, now), others=others, trail=trail(), **kwargs
        )
