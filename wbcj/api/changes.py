"""The feed of changes for partner systems: what changed, what came into sight and what is gone, of every kind of record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from cases.permissions import CasePermission, InvitationPermission
from contactgroup.permissions import NominationPermission
from foundation import access
from foundation.access import feed
from foundation.access.feed_places import BadPlace, Place, PlaceTooOld
from foundation.audit.models import Event
from foundation.pages.api import bearers, problems
from foundation.pages.api.fields import Document, RecordAddressField
from foundation.pages.api.lists import AFTER, LIMIT, PagedOperation
from foundation.pages.api.operations import invalid
from foundation.systems.scopes import Scope
from jits.permissions import JitPermission
from meetings.permissions import MeetingPermission
from wbcj import composition
from wbcj.home.permissions import HomePermission

SINCE: Final = "updated_since"
_PLACE = "Qm9yZGVyIGxpbmVz"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of record in the feed: what the token must be for and what the role must allow."""

    scope: Scope
    permission: access.Permission


KINDS: Final = {
    "case": Kind(scope=Scope.CASES_READ, permission=CasePermission.LIST),
    "invitation": Kind(scope=Scope.INVITATIONS_READ, permission=InvitationPermission.LIST),
    "jit": Kind(scope=Scope.JITS_READ, permission=JitPermission.VIEW),
    "meeting": Kind(scope=Scope.MEETINGS_READ, permission=MeetingPermission.VIEW),
    "nomination": Kind(scope=Scope.CONTACT_GROUP_READ, permission=NominationPermission.VIEW),
}


class ChangesForm(forms.Form):
    """Where a first call begins."""

    updated_since = forms.DateTimeField(
        label=gettext_lazy(
            "Begin with what changed since this instant, or up to an hour earlier; not together with a place."
        ),
        required=False,
    )


class ChangeItem(serializers.Serializer[Any]):
    """A record that changed or came into sight; or, with `gone`, one that is seen no more, for whatever reason."""

    id = serializers.UUIDField(source="root")
    kind = serializers.ChoiceField(choices=sorted(KINDS), help_text="Others may come.")
    url = RecordAddressField(
        {kind: composition.READ_AT[kind] for kind in KINDS},
        help_text="Where the record is read, on the same host; null for one that is gone.",
    )
    changed_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When it last changed for the bearer, as far as this page tells; null for one that is gone.",
    )
    gone = serializers.BooleanField(help_text="True: the bearer sees it no more. Why is not told.")


class ChangesDocument(Document):
    """One page of the feed."""

    items = ChangeItem(many=True)
    next = serializers.CharField(
        allow_null=True, help_text="Where more is, on the same host; null when there is nothing more for now."
    )
    place = serializers.CharField(
        help_text="Keep it once the items are dealt with; the next call gives it as `after`. It suits this bearer alone."
    )


class Changes(PagedOperation):
    """Follow what changes.

    A first call without a place begins with everything that the bearer sees, and then leads on to what changes; with `updated_since`
    it begins with what changed since. Deal with the items, keep `place`, follow `next` until it is null, and come back with
    `after` = the last place. Nothing is missed; something may be told twice. A page may be empty and lead on.

    An item with `gone` stands for a record that was seen and is seen no more: its share was taken back or ran out, an office
    ended, or it was removed; which of these is not told. What a token's scopes do not open is not in its feed. A place is kept
    for a number of days; an older one is answered 410: read everything anew, beginning without a place.

    Scope: of each kind of record the one that reads it (`cases:read`, `invitations:read`, `contactgroup:read`, `meetings:read`).
    """

    permission = HomePermission.VIEW
    scope = None
    verb = "api.changes.viewed"
    item = ChangeItem
    output = ChangesDocument
    also = (problems.PLACE_TOO_OLD,)
    form_class = ChangesForm
    parameters = (*PagedOperation.parameters, SINCE)
    example = {
        "items": [
            {
                "id": "5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
                "kind": "case",
                "url": "/api/v1/cases/5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
                "changed_at": "2026-11-30T09:41:00Z",
                "gone": False,
            },
            {
                "id": "0c9d5a52-6e2f-4c38-9f0e-1b8a8f0f3b02",
                "kind": "nomination",
                "url": None,
                "changed_at": None,
                "gone": True,
            },
        ],
        "next": None,
        "place": _PLACE,
    }

    def understood(self) -> None:
        """And the token reads some kind of record. Raises Refused."""
        super().understood()
        scopes = [kind.scope for kind in KINDS.values()]
        if not self.bearer.scopes.intersection(scopes):
            self._refuse(Event.Outcome.FORBIDDEN)
            needed = f'{bearers.CHALLENGE}, error="insufficient_scope", scope="{" ".join(scopes)}"'
            raise problems.Refused(problems.NO_SCOPE, headers={"WWW-Authenticate": needed})

    def load(self) -> None:
        """The kinds that token and role open. Raises Forbidden when the role opens none of the token's."""
        self.kinds = [
            name
            for name, kind in KINDS.items()
            if kind.scope in self.bearer.scopes and access.role_allows(self.actor, kind.permission)
        ]
        if not self.kinds:
            raise access.Forbidden

    def read(self) -> dict[str, Any]:
        """One page. Raises Refused for what is no place, or one that leads nowhere any more."""
        limit = self._limit()
        try:
            page = feed.changes(self.actor, place=self._place(), kinds=self.kinds, limit=limit)
        except BadPlace as error:
            raise invalid([(AFTER, "invalid", _("This is no place in this feed. Begin anew."))]) from error
        except PlaceTooOld as error:
            raise problems.Refused(problems.PLACE_TOO_OLD) from error
        self.returned = tuple(one.root for one in page.told)
        place = page.place.sealed(self.actor.membership_id)
        following = f"{self.asked.path}?{urlencode({LIMIT: limit, AFTER: place})}" if page.more else None
        return {"items": self.written(page.told), "next": following, "place": place}

    def _place(self) -> Place:
        text, since = self.asked.GET.get(AFTER, ""), self._since()
        if text and since is not None:
            raise invalid([(SINCE, "invalid", _("A place and an instant do not go together."))])
        if text:
            return Place.opened(text, self.actor.membership_id)
        return feed.begin(self.actor, kinds=self.kinds, since=since)

    def _since(self) -> datetime | None:
        form = ChangesForm(self.asked.GET)
        if not form.is_valid() or self.asked.GET.get(SINCE) == "":
            raise invalid([(SINCE, "invalid", _("An instant with its offset, such as 2026-11-30T09:41:00Z."))])
        since: datetime | None = form.cleaned_data[SINCE]
        if since is not None and since > self.now:
            raise invalid([(SINCE, "invalid", _("This instant is still to come."))])
        return since
