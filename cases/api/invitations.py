"""Invitations to take part in a case, for partner systems: those to the own partner and those that the own side sent."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from cases.choices import DeclineReason, InvitationStatus
from cases.forms.filters import InvitationFilter
from cases.invitations.models import Invitation
from cases.permissions import InvitationPermission
from cases.queries import invitation as invitation_queries
from cases.queries import lists
from foundation import access
from foundation.access import Cursor, Page
from foundation.components.handling import HandlingCode
from foundation.pages.api.fields import AddressField, CodeField, Document
from foundation.pages.api.invented import AUTHORITY, HANDLING, OTHER_AUTHORITY, OTHER_PARTNER, OTHER_PERSON, PERSON
from foundation.pages.api.lists import FilteredOperation
from foundation.pages.api.names import AuthorityName, PartnerName, PersonName
from foundation.pages.api.operations import Operation
from foundation.systems.scopes import Scope

_ITEM: dict[str, Any] = {
    "id": "c1d9a0b4-52e1-4f6c-8b1d-7a3e5f9c2d66",
    "url": "/api/v1/invitations/c1d9a0b4-52e1-4f6c-8b1d-7a3e5f9c2d66",
    "reference": "I-2026-4HX9P",
    "purpose": "Parallel proceedings on the lorries",
    "status": {"code": "accepted", "label": "Accepted"},
    "handling": HANDLING,
    "handling_text": "",
    "inviting_authority": AUTHORITY,
    "partner": OTHER_PARTNER,
    "sent_at": "2026-11-06T09:00:00Z",
    "answer_until": "2026-11-20T16:00:00Z",
    "active_at": "2026-11-12T13:05:00Z",
    "version": 2,
}
_DOCUMENT = {
    **_ITEM,
    "text": "Lorries cross at night; proceedings may be held on their drivers.",
    "case": {
        "reference": "C-2026-7KQ2M",
        "id": "5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
        "url": "/api/v1/cases/5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
    },
    "answered_at": "2026-11-12T13:05:00Z",
    "answered_by": PERSON,
    "authority": OTHER_AUTHORITY,
    "prosecutor": OTHER_PERSON,
    "decline_reason": None,
    "decline_text": "",
    "withdrawn_at": None,
}


class InvitationItem(serializers.Serializer[Any]):
    """An invitation as the list shows it."""

    id = serializers.UUIDField(source="invitation.pk")
    url = AddressField("api_invitation", source="invitation.pk")
    reference = serializers.CharField(source="invitation.root.reference", help_text="Given by the system; for people.")
    purpose = serializers.CharField(source="invitation.purpose")
    status = CodeField(InvitationStatus, help_text="By the clock of this answer: an unanswered one lapses.")
    handling = serializers.ListField(
        child=CodeField(HandlingCode), source="invitation.handling", help_text="They bind whoever holds this answer."
    )
    handling_text = serializers.CharField(source="invitation.handling_text", help_text="Other restrictions, in words.")
    inviting_authority = AuthorityName(source="invitation.inviting_authority")
    partner = PartnerName(source="invitation.partner", help_text="Who is asked to take part.")
    sent_at = serializers.DateTimeField(source="invitation.sent_at")
    answer_until = serializers.DateTimeField(source="invitation.answer_until")
    active_at = serializers.DateTimeField(
        source="invitation.root.sort_at", help_text="Last activity; moves at most once a minute."
    )
    version = serializers.IntegerField(source="invitation.version")


class InvitedCase(serializers.Serializer[Any]):
    """The case behind an invitation. Its key is there for those alone who see the case as well."""

    reference = serializers.CharField(source="invitation.case_reference")
    id = serializers.UUIDField(source="case_root.pk", allow_null=True)
    url = AddressField("api_case", source="case_root.pk", allow_null=True)


class InvitationDocument(Document, InvitationItem):
    """An invitation with what the invited partner may know, and the answer."""

    text = serializers.CharField(source="invitation.text", help_text="What the invited partner may know of the case.")
    case = InvitedCase(source="*")
    answered_at = serializers.DateTimeField(source="invitation.answered_at", allow_null=True)
    answered_by = PersonName(source="invitation.answered_by", allow_null=True)
    authority = AuthorityName(
        source="invitation.authority", allow_null=True, help_text="Which takes part; null unless it was accepted."
    )
    prosecutor = PersonName(
        source="invitation.prosecutor", allow_null=True, help_text="To whom the case was opened by the answer."
    )
    decline_reason = CodeField(DeclineReason, source="invitation.decline_reason", allow_null=True)
    decline_text = serializers.CharField(source="invitation.decline_text")
    withdrawn_at = serializers.DateTimeField(source="invitation.withdrawn_at", allow_null=True)


class InvitationList(FilteredOperation):
    """List the invitations to the bearer's partner and from its authority.

    Last activity first. What was received and what was sent stand in one list: `partner` is who was asked, `inviting_authority` who
    asks. A narrowed list may give a short or an empty page while `next` leads on.
    """

    permission = InvitationPermission.LIST
    scope = Scope.INVITATIONS_READ
    verb = "cases.invitations.viewed"
    item = InvitationItem
    example = {"items": [_ITEM], "next": None}
    form_class = InvitationFilter

    def paged(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of the list of the page."""
        return lists.invitation_page(self.actor, at=self.now, after=after, wanted=self.form.cleaned_data, limit=limit)


class OfInvitation(Operation):
    """An operation about one invitation: loads it through the wall and requires the permission on it."""

    permission: ClassVar[access.Permission] = InvitationPermission.VIEW
    scope = Scope.INVITATIONS_READ
    invitation: Invitation

    def load(self) -> None:
        """The invitation with its names, through the wall."""
        self.invitation = invitation_queries.detail(self.actor, self.kwargs["pk"])
        self.root_id = self.invitation.pk
        access.require(self.actor, self.permission, self.invitation)


class InvitationRead(OfInvitation):
    """Read an invitation with what the invited partner may know, and the answer.

    It holds copies that were made when it was sent. The key of the case is there for those alone who see the case as well.
    """

    verb = "cases.invitation.viewed"
    output = InvitationDocument
    example = _DOCUMENT

    def read(self) -> dict[str, Any]:
        """As it stands now, and the case where the bearer sees it too."""
        return self.document(
            {
                "invitation": self.invitation,
                "status": self.invitation.status_at(self.now),
                "case_root": invitation_queries.case_root(self.actor, self.invitation),
            }
        )
