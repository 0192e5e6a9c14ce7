"""People and appointments of all partners, and the partners themselves, for project staff.

An overview alone: whoever is invited, moved or ended is so by their own partner's administrator, on the pages of the directory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.pages.filters import any_of
from foundation.pages.lists import ListPage
from foundation.tenancy.choices import AccountKind, Role
from foundation.tenancy.models import Authority, Membership, OfficeHolder, Partner
from foundation.tenancy.querysets import MembershipQuerySet
from partners.queries import State, in_state, partners, state_of
from wbcj import roles
from wbcj.console import finding
from wbcj.console.base import ConsolePage
from wbcj.console.permissions import ConsolePermission
from wbcj.sign_in import factors

ENDING: Final = timedelta(days=30)


class PeopleForm(finding.OfPartner):
    """Filters of the list of people."""

    in_view = ("text", "state")
    searches = gettext_lazy("Name, function, authority or partner")
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=any_of(State.choices))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=any_of(Role.choices))
    ending = forms.BooleanField(label=gettext_lazy("Ends within 30 days, itself or an office"))
    without = forms.BooleanField(label=gettext_lazy("Needs a second factor and has none"))


@dataclass(frozen=True, kw_only=True)
class Held:
    """An office held through a membership, with its last day in the reader's zone."""

    name: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One membership; ``factor`` says whether its person has set up a second factor, ``needs`` whether the role asks for one."""

    membership: Membership
    state: State
    offices: tuple[Held, ...]
    factor: bool
    needs: bool
    ends_soon: bool

    @property
    def until(self) -> date | None:
        """Its last day in the reader's zone."""
        return _day(self.membership.ends_at)

    @property
    def signed_in(self) -> date | None:
        """The day of the last sign-in in the reader's zone."""
        return _day(self.membership.account.last_login)


def _day(at: datetime | None) -> date | None:
    return None if at is None else timezone.localdate(at)


def ending_soon(found: MembershipQuerySet, at: datetime) -> MembershipQuerySet:
    """Those in office that end within 30 days, or through which an office is held that does."""
    soon = Q(ends_at__gt=at, ends_at__lt=at + ENDING)
    offices = OfficeHolder.objects.live(at).filter(soon, membership=OuterRef("pk"))
    return found.live(at).filter(soon | Exists(offices))


def without_factor(found: MembershipQuerySet, at: datetime) -> MembershipQuerySet:
    """Those in office whose role asks for a second factor that their person has not set up."""
    theirs = Authenticator.objects.filter(user_id=OuterRef("account_id"), type__in=factors.MAIN)
    return found.live(at).filter(~Exists(theirs), role__in=list(roles.SECOND_FACTOR), account__is_active=True)


class People(ConsolePage, ListPage):
    """Everybody who is or was appointed, those proposed last first."""

    permission = ConsolePermission.PEOPLE
    verb = "console.people.listed"
    template_name = "console/people.html"
    form_class = PeopleForm
    form: PeopleForm

    def form_arguments(self) -> dict[str, Any]:
        """The partners to choose among."""
        return {"partners": finding.partners()}

    def read(self, *, after: access.Cursor | None, limit: int) -> access.Page[PersonRow]:
        """One page of memberships, with offices and factors; three statements."""
        page = finding.page_of(self._found(), after=after, limit=limit)
        held = _offices([row.pk for row in page.rows], self.now)
        secured = factors.holders([row.account_id for row in page.rows])
        return page.map(lambda row: _line(row, held.get(row.pk, ()), secured, self.now))

    def _found(self) -> MembershipQuerySet:
        chosen, found = self.form.cleaned_data, Membership.objects.people()
        if chosen["partner"]:
            found = found.filter(authority__partner_id=chosen["partner"])
        if chosen["role"]:
            found = found.filter(role=chosen["role"])
        if chosen["state"]:
            found = found.filter(in_state(State(chosen["state"]), self.now))
        if chosen["ending"]:
            found = ending_soon(found, self.now)
        if chosen["without"]:
            found = without_factor(found, self.now)
        return finding.named(found, chosen["text"]) if chosen["text"] else found


def _line(row: Membership, held: Sequence[OfficeHolder], secured: Collection[UUID], at: datetime) -> PersonRow:
    words = {row.role, *(holder.office.kind for holder in held)}
    return PersonRow(
        membership=row,
        state=state_of(row, at),
        offices=tuple(Held(name=one.office.get_kind_display(), until=_day(one.ends_at)) for one in held),
        factor=row.account_id in secured,
        needs=not words.isdisjoint(roles.SECOND_FACTOR),
        ends_soon=row.ends_at is not None and at < row.ends_at < at + ENDING,
    )


def _offices(memberships: Collection[UUID], at: datetime) -> Mapping[UUID, list[OfficeHolder]]:
    held: dict[UUID, list[OfficeHolder]] = defaultdict(list)
    live = OfficeHolder.objects.live(at).filter(membership__in=memberships).select_related("office")
    for holder in live.order_by("office__kind"):
        held[holder.membership_id].append(holder)
    return held


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    """One partner in numbers. ``administrators`` are those at work; ``unconfirmed`` authorities have a name that nobody confirmed."""

    partner: Partner
    authorities: int
    unconfirmed: int
    people: int
    administrators: int
    systems: int
    waiting: int

    @property
    def may_be_founded(self) -> bool:
        """Nobody works there yet: the programme team names the first administrator."""
        return self.people == 0 and self.authorities > 0


class Partners(ConsolePage):
    """All partners in numbers: who has no administrator, a single one, names to confirm, proposals that wait."""

    permission = ConsolePermission.PEOPLE
    verb = "console.partners.viewed"
    template_name = "console/partners.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The partners by kind; seven statements."""
        now = timezone.now()
        live = Membership.objects.live(now).filter(account__is_active=True)
        administrators = _by_partner(live.filter(role=Role.PARTNER_ADMINISTRATOR))
        systems = _by_partner(live.filter(account__kind=AccountKind.SYSTEM))
        waiting = _by_partner(Membership.objects.waiting(now))
        unconfirmed = dict(
            Authority.objects.standing(now).filter(to_be_confirmed=True).values_list("partner").annotate(Count("pk"))
        )
        kinds = [
            (
                label,
                [
                    PartnerLine(
                        partner=row.partner,
                        authorities=row.authorities,
                        unconfirmed=unconfirmed.get(row.partner.pk, 0),
                        people=row.people,
                        administrators=administrators.get(row.partner.pk, 0),
                        systems=systems.get(row.partner.pk, 0),
                        waiting=waiting.get(row.partner.pk, 0),
                    )
                    for row in rows
                ],
            )
            for label, rows in partners(now)
        ]
        return super().get_context_data(kinds=kinds, **kwargs)


def _by_partner(found: MembershipQuerySet) -> Mapping[UUID, int]:
    return dict(found.values_list("authority__partner").annotate(Count("account", distinct=True)))
