"""The directory for partner systems: partners, authorities and people, as its pages show them."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers

from foundation.pages.api.fields import AddressField, CodeField, Document
from foundation.pages.api.invented import PARTNER, PERSON
from foundation.pages.api.lists import ListOperation
from foundation.pages.api.names import PartnerName
from foundation.pages.api.operations import Operation
from foundation.sharing.api.operations import SharePrincipal
from foundation.sharing.forms import principal_choices
from foundation.systems.scopes import Scope
from foundation.tenancy import principals
from foundation.tenancy.choices import AccountKind, AuthorityKind, Capacity, OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Authority, Membership, Partner
from partners import queries
from partners.permissions import PartnerPermission

_PLACE = "/api/v1/partners/0b0c1a6e-6f0d-4e6e-9a55-3d5f1b2f8c11"
_AUTHORITY = {
    "id": "9f6f6d1c-1f0e-4a55-8b43-0a7b0a2b7d10",
    "url": "/api/v1/authorities/9f6f6d1c-1f0e-4a55-8b43-0a7b0a2b7d10",
    "name": "Special Prosecution Office",
    "local_name": "Prokuroria e Posaçme",
    "kind": {"code": "prosecution", "label": "Prosecution office"},
}
_HOLDER = {**PERSON, "authority": _AUTHORITY["name"], "until": None}
_KIND = {"code": "western_balkan", "label": "Western Balkan partner"}


class PartnerItem(serializers.Serializer[Any]):
    """A partner, with how many open authorities and people at work it has."""

    id = serializers.UUIDField(source="partner.pk")
    url = AddressField("api_partner", source="partner.pk")
    code = serializers.CharField(source="partner.code")
    name = serializers.CharField(source="partner.name")
    kind = CodeField(PartnerKind, source="partner.kind")
    authorities = serializers.IntegerField()
    people = serializers.IntegerField()


class AuthorityItem(serializers.Serializer[Any]):
    """An open authority of a partner, with how many people at work it has."""

    id = serializers.UUIDField(source="authority.pk")
    url = AddressField("api_authority", source="authority.pk")
    name = serializers.CharField(source="authority.name")
    local_name = serializers.CharField(source="authority.local_name", help_text="In its own language; may be empty.")
    kind = CodeField(AuthorityKind, source="authority.kind")
    people = serializers.IntegerField()


class HolderItem(serializers.Serializer[Any]):
    """Who holds an office now."""

    id = serializers.UUIDField(source="holder.membership.pk", help_text="The key of the membership.")
    name = serializers.CharField(source="holder.membership.account.full_name")
    authority = serializers.CharField(source="holder.membership.authority.name")
    capacity = CodeField(Capacity, source="holder.capacity")
    until = serializers.DateTimeField(source="holder.ends_at", allow_null=True)


class OfficeItem(serializers.Serializer[Any]):
    """An office, such as a seat in the Contact Group, with whoever holds it now."""

    id = serializers.UUIDField(source="office.pk")
    kind = CodeField(OfficeKind, source="office.kind")
    holders = HolderItem(many=True)


class PartnerDocument(Document):
    """A partner with its open authorities and its offices."""

    id = serializers.UUIDField(source="partner.pk")
    code = serializers.CharField(source="partner.code")
    name = serializers.CharField(source="partner.name")
    kind = CodeField(PartnerKind, source="partner.kind")
    time_zone = serializers.CharField(source="partner.time_zone", help_text="A name of the IANA database.")
    authorities = AuthorityItem(many=True)
    offices = OfficeItem(many=True, help_text="Those of the partner as a whole; an authority tells its own.")


class MemberItem(serializers.Serializer[Any]):
    """Somebody, or a system, at work in an authority."""

    id = serializers.UUIDField(source="membership.pk", help_text="The key of the membership.")
    name = serializers.CharField(source="membership.account.full_name")
    kind = CodeField(AccountKind, source="membership.account.kind", help_text="A system is listed, and not counted.")
    role = CodeField(Role, source="membership.role")
    function = serializers.CharField(source="membership.function")


class AuthorityDocument(Document):
    """An authority with the people and systems that are at work there."""

    id = serializers.UUIDField(source="authority.pk")
    name = serializers.CharField(source="authority.name")
    local_name = serializers.CharField(source="authority.local_name", help_text="In its own language; may be empty.")
    kind = CodeField(AuthorityKind, source="authority.kind")
    partner = PartnerName(source="authority.partner")
    closed_at = serializers.DateTimeField(source="authority.closed_at", allow_null=True)
    people = MemberItem(many=True)
    offices = OfficeItem(many=True)


class PartnerList(ListOperation):
    """List the partners.

    All of them, by kind and in the order of the project; the list has one page.
    """

    permission = PartnerPermission.DIRECTORY
    scope = Scope.PARTNERS_READ
    verb = "partners.directory.viewed"
    item = PartnerItem
    example = {
        "items": [{**PARTNER, "url": _PLACE, "kind": _KIND, "authorities": 5, "people": 41}],
        "next": None,
    }

    def rows(self) -> tuple[Any, ...]:
        """Of every kind."""
        return tuple(row for _label, rows in queries.partners(self.now) for row in rows)


class PartnerRead(Operation):
    """Read a partner with its authorities, its coordinators and its seat in the Contact Group."""

    permission = PartnerPermission.DIRECTORY
    scope = Scope.PARTNERS_READ
    verb = "partners.partner.viewed"
    output = PartnerDocument
    example = {
        **PARTNER,
        "kind": _KIND,
        "time_zone": "Europe/Tirane",
        "authorities": [{**_AUTHORITY, "people": 12}],
        "offices": [
            {
                "id": "5e6f7a8b-9c0d-4e1f-82a3-b4c5d6e7f817",
                "kind": {"code": "contact_group_seat", "label": "Contact Group seat"},
                "holders": [{**_HOLDER, "capacity": {"code": "member", "label": "Member"}}],
            }
        ],
    }

    def load(self) -> None:
        """The partner; the directory is open."""
        self.partner = get_object_or_404(Partner, pk=self.kwargs["pk"])

    def read(self) -> dict[str, Any]:
        """The partner, its open authorities and its offices."""
        rows = queries.authorities_of(self.partner, self.now)
        offices = queries.offices(self.partner.offices.filter(authority=None), at=self.now, all_states=False)
        return self.document({"partner": self.partner, "authorities": rows, "offices": offices})


class PrincipalList(ListOperation):
    """List whom something can be shared with at a partner.

    The partner as a whole, its offices, its open authorities and whoever is at work there; the list has one page.
    """

    permission = PartnerPermission.DIRECTORY
    scope = Scope.PARTNERS_READ
    verb = "partners.principals.viewed"
    item = SharePrincipal
    example = {
        "items": [
            {"kind": "partner", "id": 11, "key": PARTNER["id"], "name": PARTNER["name"], "of": ""},
            {
                "kind": "authority",
                "id": 118,
                "key": _AUTHORITY["id"],
                "name": _AUTHORITY["name"],
                "of": PARTNER["name"],
            },
        ],
        "next": None,
    }

    def load(self) -> None:
        """The partner; the directory is open."""
        self.partner = get_object_or_404(Partner, pk=self.kwargs["pk"])

    def rows(self) -> tuple[Any, ...]:
        """What the page of sharing offers."""
        offered = [number for _label, group in principal_choices(self.partner, self.now) for number, _name in group]
        cards = principals.cards(offered)
        return tuple(cards[number] for number in offered)


class AuthorityRead(Operation):
    """Read an authority with the people and systems that work there, and its case registry."""

    permission = PartnerPermission.DIRECTORY
    scope = Scope.PARTNERS_READ
    verb = "partners.authority.viewed"
    output = AuthorityDocument
    example = {
        **{name: value for name, value in _AUTHORITY.items() if name != "url"},
        "partner": PARTNER,
        "closed_at": None,
        "people": [
            {
                "id": "3c0a0a54-02a4-4d39-9dc1-6e8cf2f3b0aa",
                "name": "Ana Hoxha",
                "kind": {"code": "person", "label": "Person"},
                "role": {"code": "prosecutor", "label": "Prosecutor"},
                "function": "Head of section",
            }
        ],
        "offices": [
            {
                "id": "6f7a8b9c-0d1e-4f2a-93b4-c5d6e7f8a918",
                "kind": {"code": "case_registry", "label": "Case registry"},
                "holders": [{**_HOLDER, "capacity": {"code": "holder", "label": "Holder"}}],
            }
        ],
    }

    def load(self) -> None:
        """The authority; the directory is open."""
        self.authority = get_object_or_404(Authority.objects.select_related("partner"), pk=self.kwargs["pk"])

    def read(self) -> dict[str, Any]:
        """The authority and whoever is at work there now."""
        found = Membership.objects.filter(authority=self.authority)
        people = queries.memberships(found, at=self.now, administered=None, all_states=False)
        offices = queries.offices(self.authority.offices.all(), at=self.now, all_states=False)
        return self.document({"authority": self.authority, "people": people, "offices": offices})
