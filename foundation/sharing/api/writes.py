"""Acts on who sees a record: each calls the action of its page, with the form of its page.

A page asks afresh who one is and shows what they will see; a token was granted by somebody who had just said so, and a program has
read what it shares: the act is done at once.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation import access
from foundation.access.models import Root, Share
from foundation.pages.api.writing import Acting, Creating, Done, Removing, Writing
from foundation.sharing import actions, queries
from foundation.sharing.forms import HandOverForm, LeaveForm, RevokeForm, ShareForm, principal_choices_around
from foundation.sharing.permissions import SharingPermission
from foundation.systems.scopes import Scope
from foundation.tenancy import principals

LAST_NUMBER = 2**31 - 1
"""Of a principal: what is greater is in no table."""


class OnRoot(Writing):
    """An act on who sees a record: loads its root through the wall and requires the permission on it."""

    permission: ClassVar[access.Permission]
    scope = Scope.SHARING_WRITE
    root: Root

    def load(self) -> None:
        """The root, whatever its kind."""
        self.root = get_object_or_404(Root.objects.visible_to(self.actor), pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root_id)

    def read_at(self, key: Any) -> Done:
        """The receipt; the shares of a record are read together."""
        return Done(id=key, url=reverse("api_sharing", kwargs={"pk": self.root.pk}))


class ShareGive(OnRoot, Creating):
    """Give a share of a record.

    `principal` is the number of a principal from `/partners/{id}/principals`. They see the record at once, until the end of `last_day`
    in the bearer's time zone; without it, until somebody ends it. Some kinds of record are shared by acts of their own alone.
    """

    permission = SharingPermission.SHARE
    verb = "sharing.share.granted"
    form_class = ShareForm
    sample: ClassVar[dict[str, Any]] = {
        "principal": 118,
        "level": 2,
        "purpose": "To compare the registration papers.",
        "last_day": "2026-12-31",
    }

    def form_arguments(self) -> dict[str, Any]:
        """What its partner can be given; nothing where there is no such principal."""
        said = self.body.get("principal")
        number = said if isinstance(said, int) and 0 < said <= LAST_NUMBER else 0
        return {"choices": principal_choices_around(number, self.now)}

    def act(self, form: forms.Form) -> Done:
        """Share."""
        assert isinstance(form, ShareForm)
        share_id = actions.share(
            root_id=self.root.pk,
            principal=form.cleaned_data["principal"],
            level=form.up_to,
            purpose=form.cleaned_data["purpose"],
            until=form.until,
            by=self.actor,
            at=self.now,
        )
        return self.read_at(share_id)


class ShareRevoke(OnRoot, Removing):
    """Take a share back.

    They see the record no more from this moment, unless another share gives it. Shares that hang on something else are kept; `kept`
    says so where they are read.
    """

    permission = SharingPermission.SHARE
    verb = "sharing.share.revoked"
    form_class = RevokeForm

    def load(self) -> None:
        """A share that stands."""
        super().load()
        shares = Share.objects.visible_to(self.actor).live().filter(root=self.root.pk)
        self.share = get_object_or_404(shares, pk=self.kwargs["share"])

    def act(self, form: forms.Form) -> Done:
        """Revoke."""
        share_id = self.share.pk
        actions.revoke(root_id=self.root.pk, share_id=share_id, by=self.actor, at=self.now)
        return self.read_at(share_id)


class Leave(OnRoot, Acting):
    """End own shares of a record.

    `groups` are the numbers of own principals: the bearer's own, those of offices that it holds, and of the authority or partner for
    which it holds one. Refused where nobody would be left to manage the record.
    """

    permission = SharingPermission.LEAVE
    verb = "sharing.share.left"
    form_class = LeaveForm
    sample: ClassVar[dict[str, Any]] = {"groups": [118]}

    def load(self) -> None:
        """The shares that the bearer may end."""
        super().load()
        self.own = queries.own_shares(self.actor, self.root.pk)

    def form_arguments(self) -> dict[str, Any]:
        """One choice for each own principal."""
        cards = principals.cards({share.principal_id for share in self.own})
        return {"choices": [(group, str(card)) for group, card in cards.items()]}

    def act(self, form: forms.Form) -> Done:
        """Leave."""
        actions.leave(root_id=self.root.pk, groups=form.cleaned_data["groups"], by=self.actor, at=self.now)
        return self.read_at(self.root.pk)


class HandOver(OnRoot, Acting):
    """Hand a record over.

    `membership` is the key of somebody else at work in the bearer's authority, who manages the record from now on; the bearer's own
    shares end. Refused where it manages the record through an office alone.
    """

    permission = SharingPermission.HAND_OVER
    verb = "sharing.root.handed_over"
    form_class = HandOverForm
    sample: ClassVar[dict[str, Any]] = {
        "membership": "3c0a0a54-02a4-4d39-9dc1-6e8cf2f3b0aa",
        "purpose": "Takes over the investigation.",
    }

    def form_arguments(self) -> dict[str, Any]:
        """The colleagues of the bearer's authority."""
        return {"actor": self.actor, "at": self.now}

    def act(self, form: forms.Form) -> Done:
        """Hand over."""
        actions.hand_over(
            root_id=self.root.pk,
            membership_id=form.cleaned_data["membership"].pk,
            purpose=form.cleaned_data["purpose"],
            by=self.actor,
            at=self.now,
        )
        return self.read_at(self.root.pk)
