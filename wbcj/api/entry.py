"""Where the API begins, and who the bearer is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from foundation.pages.api.fields import CodeField, Document
from foundation.pages.api.operations import Address, Operation
from foundation.tenancy.choices import OfficeKind, Role
from foundation.tenancy.models import Partner
from wbcj.api import VERSION
from wbcj.home.permissions import HomePermission

LINKS = {
    "me": "api_me",
    "partners": "api_partners",
    "cases": "api_cases",
    "invitations": "api_invitations",
    "nominations": "api_nominations",
    "voting_rules": "api_voting_rules",
    "meetings": "api_meetings",
    "teams": "api_teams",
    "changes": "api_changes",
    "openapi": "api_document",
    "documentation": "api_documentation",
    "reference": "api_reference",
}


class EntryDocument(Document):
    """The version and the addresses from which the others are reached."""

    version = serializers.CharField()
    links = serializers.DictField(child=serializers.CharField())


class Entry(Address):
    """Say which version this is and where everything begins.

    Needs no token: it tells addresses alone.
    """

    output = EntryDocument
    example = {"version": VERSION, "links": {"me": "/api/v1/me", "cases": "/api/v1/cases"}}

    def read(self) -> dict[str, Any]:
        """The same for everybody."""
        return self.document({"version": VERSION, "links": {name: reverse(url) for name, url in LINKS.items()}})


class MeAuthority(serializers.Serializer[Any]):
    """The authority that the system works for."""

    id = serializers.UUIDField(source="authority_id")
    name = serializers.CharField(source="authority_name")


class MePartner(serializers.Serializer[Any]):
    """Its partner."""

    id = serializers.UUIDField(source="pk")
    code = serializers.CharField()
    name = serializers.CharField()


class MeDocument(Document):
    """Who the token acts as, and for what it may be used."""

    id = serializers.UUIDField(source="actor.membership_id", help_text="The key of the membership.")
    name = serializers.CharField(source="actor.account_name")
    role = CodeField(Role, source="actor.role")
    offices = serializers.ListField(child=CodeField(OfficeKind), help_text="Offices that it holds now.")
    authority = MeAuthority(source="actor")
    partner = MePartner()
    token_id = serializers.UUIDField(help_text="The token's key, by which its administrator finds it.")
    scopes = serializers.ListField(child=serializers.CharField())


class Me(Operation):
    """Say who the token acts as, and what it may be used for.

    A first call to make: it tells whether the token works.
    """

    permission = HomePermission.VIEW
    scope = None
    verb = "api.bearer.viewed"
    output = MeDocument
    example = {
        "id": "6d0c7b54-7f0f-4c7e-8c53-0f2d3b9a7f02",
        "name": "Case register of the Special Prosecution Office",
        "role": {"code": "registrar", "label": "Registrar"},
        "offices": [],
        "authority": {"id": "9f6f6d1c-1f0e-4a55-8b43-0a7b0a2b7d10", "name": "Special Prosecution Office"},
        "partner": {"id": "0b0c1a6e-6f0d-4e6e-9a55-3d5f1b2f8c11", "code": "AL", "name": "Albania"},
        "token_id": "0f5f3a1c-9a8e-4b7e-9a43-8a7a0e5d2c31",
        "scopes": ["cases:read", "partners:read"],
    }

    def read(self) -> dict[str, Any]:
        """The membership, its partner and the token."""
        return self.document(
            {
                "actor": self.actor,
                "offices": sorted(self.actor.offices),
                "partner": Partner.objects.get(pk=self.actor.partner_id),
                "token_id": self.bearer.token_id,
                "scopes": sorted(self.bearer.scopes),
            }
        )
