"""Who sees a record and why, for partner systems: a case, an invitation, a nomination, a meeting, or whatever else is shared."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root
from foundation.pages.api.fields import Coded, CodeField, Document
from foundation.pages.api.invented import AUTHORITY, PARTNER, PERSON
from foundation.pages.api.lists import checked
from foundation.pages.api.names import AuthorityName, PersonName
from foundation.pages.api.operations import Operation
from foundation.sharing import queries, words
from foundation.sharing.forms import DayForm
from foundation.sharing.permissions import SharingPermission
from foundation.systems.scopes import Scope
from foundation.tenancy.principals import PrincipalKind

ON = "on"
_GIVER = {**PERSON, "authority": AUTHORITY}
_PRINCIPAL = {"kind": "authority", "id": 118, "key": AUTHORITY["id"], "name": AUTHORITY["name"], "of": PARTNER["name"]}
_EXAMPLE = {
    "id": "5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
    "kind": {"code": "case", "label": "case"},
    "reference": "C-2026-7KQ2M",
    "title": "Cigarettes over the lake",
    "on": None,
    "seers": [
        {
            "principal": _PRINCIPAL,
            "level": {"code": 3, "label": "Manage"},
            "reasons": [
                {
                    "id": "0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e15",
                    "level": {"code": 3, "label": "Manage"},
                    "reason": {"code": "opened", "label": "Opened it"},
                    "purpose": "",
                    "since": "2026-11-02T08:15:00Z",
                    "given_by": _GIVER,
                    "until": None,
                    "kept": "",
                }
            ],
        }
    ],
    "people": 12,
    "names": None,
    "ended": [
        {
            "id": "1d2e3f4a-5b6c-4d7e-8f90-ab1c2d3e4f16",
            "principal": {
                "kind": "person",
                "id": 240,
                "key": PERSON["id"],
                "name": PERSON["name"],
                "of": AUTHORITY["name"],
            },
            "level": {"code": 1, "label": "View"},
            "reason": {"code": "share", "label": "Shared"},
            "purpose": "To compare the registration papers.",
            "since": "2026-11-04T11:00:00Z",
            "given_by": _GIVER,
            "ended_at": "2026-11-11T11:00:00Z",
            "ended_by": None,
        }
    ],
}


class Giver(PersonName):
    """Who gave or ended a share, for which authority."""

    authority = AuthorityName()


class SharePrincipal(serializers.Serializer[Any]):
    """A partner, authority, office or person to whom something is open."""

    kind = serializers.SerializerMethodField()
    id = serializers.IntegerField(source="group", help_text="Names it in shares and tasks; a number, and no UUID.")
    key = serializers.UUIDField(help_text="The key of the partner, authority, office or membership itself.")
    name = serializers.CharField()
    of = serializers.CharField(help_text="What it belongs to, in words; empty for a partner.")

    def get_kind(self, card: Any) -> str:
        """Partner, authority, office or person."""
        return "person" if card.kind == PrincipalKind.PERSON else str(card.kind)


class ReasonGiven(serializers.Serializer[Any]):
    """One share: how far, why, since when, by whom and until when."""

    id = serializers.UUIDField(source="share.pk", help_text="The key of the share.")
    level = CodeField(Level)
    reason = CodeField(Reason, source="share.reason")
    purpose = serializers.CharField(source="share.purpose", help_text="As whoever gave it put it; may be empty.")
    since = serializers.DateTimeField(source="share.granted_at")
    given_by = Giver(source="share.granted_by")
    until = serializers.DateTimeField(source="share.until", allow_null=True, help_text="Null: until it is taken back.")
    kept = serializers.CharField(help_text="Why nobody ends it by hand, in a sentence; empty where a manager may.")


class SeerItem(serializers.Serializer[Any]):
    """A principal that can see the record, with its highest level and every reason."""

    principal = SharePrincipal(source="card")
    level = CodeField(Level)
    reasons = ReasonGiven(many=True)


class NamedPerson(PersonName):
    """Somebody who can see the record."""

    authority = AuthorityName()


class EndedShare(serializers.Serializer[Any]):
    """A share that stands no more."""

    id = serializers.UUIDField(source="share.pk", help_text="The key of the share.")
    principal = SharePrincipal(source="card")
    level = CodeField(Level, source="share.level")
    reason = CodeField(Reason, source="share.reason")
    purpose = serializers.CharField(source="share.purpose")
    since = serializers.DateTimeField(source="share.granted_at")
    given_by = Giver(source="share.granted_by")
    ended_at = serializers.DateTimeField()
    ended_by = Giver(source="share.revoked_by", allow_null=True, help_text="Null: it ended by its date.")


class SharingDocument(Document):
    """Who sees a record, why, and which shares of it ended."""

    id = serializers.UUIDField(source="root.pk", help_text="The key of the record, whatever its kind.")
    kind = Coded(help_text="Case, invitation, nomination, meeting; others may come.")
    reference = serializers.CharField(source="root.reference")
    title = serializers.CharField(source="root.title")
    on = serializers.DateField(allow_null=True, help_text="The day that was asked for, in UTC; null: now.")
    seers = SeerItem(source="sight.seers", many=True)
    people = serializers.IntegerField(
        source="sight.accounts",
        help_text="How many people that is by name; whoever joins or leaves an authority or office comes and goes with it.",
    )
    names = NamedPerson(many=True, allow_null=True, help_text="Their names; there for those alone who may share it.")
    ended = EndedShare(many=True, help_text="Shares that ended, the last given first, a hundred at most.")


class SharingRead(Operation):
    """Say who can see a record and why, now or on a day past.

    For every kind of record, by its key. Whoever sees a record reads who else does.
    """

    permission = SharingPermission.VIEW
    scope = Scope.SHARING_READ
    verb = "sharing.record.viewed"
    output = SharingDocument
    example = _EXAMPLE
    parameters: Collection[str] = (ON,)
    form_class = DayForm

    def load(self) -> None:
        """The root, through the wall, and the day."""
        self.root = get_object_or_404(Root.objects.visible_to(self.actor), pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root_id)
        self.day = DayForm(self.asked.GET) if ON in self.asked.GET else DayForm()
        if self.day.is_bound:
            checked(self.day)

    def read(self) -> dict[str, Any]:
        """What the page shows."""
        since, until = self.day.span(self.now)
        sight = queries.sight(self.actor, self.root, since=since, until=until)
        may_share = access.allowed(self.actor, SharingPermission.SHARE, self.root_id)
        return self.document(
            {
                "root": self.root,
                "kind": {"code": self.root.kind, "label": str(words.of(self.root.kind).name)},
                "on": since.date() if self.day.is_bound else None,
                "sight": sight,
                "names": sight.people if may_share else None,
                "ended": [
                    {"card": card, "share": share, "ended_at": share.revoked_at or share.until}
                    for card, share in queries.ended(self.actor, self.root.pk, at=self.now)
                ],
            }
        )
