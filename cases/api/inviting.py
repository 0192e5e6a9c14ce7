"""Acts on invitations: to send one, to answer it, to take it back."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone

from cases.api.invitations import OfInvitation
from cases.api.operations import OfCase
from cases.api.writes import OnCase
from cases.forms.invitations import AcceptForm, DeclineForm, InviteForm, can_answer
from cases.invitations import actions
from cases.permissions import CasePermission, InvitationPermission
from foundation.pages.api.invented import OTHER_PARTNER
from foundation.pages.api.lists import ListOperation
from foundation.pages.api.names import PartnerName
from foundation.pages.api.writing import Creating, Done, Moving, Writing, done
from foundation.pages.forms import VersionedForm
from foundation.systems.scopes import Scope
from foundation.tenancy.models import Partner


class Invite(OnCase, Creating):
    """Invite a partner without the Contact Group.

    The partner's coordinator answers, and reads until then the purpose, the text, the reference, the authority and the handling codes
    alone. Without an answer by the end of the day in `answer_by`, in the bearer's time zone, the invitation lapses and opens nothing.
    """

    permission = CasePermission.INVITE
    scope = Scope.INVITATIONS_WRITE
    verb = "cases.invitation.sent"
    form_class = InviteForm
    coded = ("partner",)
    sample: ClassVar[dict[str, Any]] = {
        "partner": "MK",
        "purpose": "Parallel proceedings on the lorries",
        "text": "Lorries cross at night; proceedings may be held on their drivers.",
        "answer_by": "2099-12-18",
    }

    def form_arguments(self) -> dict[str, Any]:
        """Partners that can answer."""
        return {"owner_partner_id": self.case.owner.partner_id, "today": timezone.localdate()}

    def act(self, form: forms.Form) -> Done:
        """Offer and send."""
        assert isinstance(form, InviteForm)
        said = {name: form.cleaned_data[name] for name in ("partner", "purpose", "text")}
        made = actions.invite(case=self.case, answer_until=form.answer_until(), by=self.actor, at=self.now, **said)
        return done(made, "api_invitation")


class InvitablePartners(OfCase, ListOperation):
    """List the partners that can be invited to this case without the Contact Group.

    Those whose coordinator could answer, by code; the list has one page.
    """

    verb = "cases.invitable.viewed"
    item = PartnerName
    example: ClassVar[dict[str, Any]] = {"items": [OTHER_PARTNER], "next": None}

    def rows(self) -> tuple[Partner, ...]:
        """As the form of the invitation offers them."""
        return tuple(can_answer(self.case.owner.partner_id))


class OnInvitation(OfInvitation, Writing):
    """An act on one invitation, which is loaded as for reading it, with the permission of the act."""

    scope = Scope.INVITATIONS_WRITE

    @property
    def edited(self) -> models.Model:
        """The invitation."""
        return self.invitation


class InvitationAccept(OnInvitation, Moving):
    """Accept an invitation.

    `prosecutor` is the key of a membership, as `/authorities/{id}` tells it. The case opens to that person and to the case registry of
    the authority where the person works, with `whole_authority` to everyone there; not to whoever accepts. The invited partner's
    coordinator alone can.
    """

    permission = InvitationPermission.ANSWER
    verb = "cases.invitation.accepted"
    form_class = AcceptForm
    sample: ClassVar[dict[str, Any]] = {"prosecutor": "2f8d6c1e-7b1a-4c39-9d02-5e4b3a2c1d10", "whole_authority": False}

    def form_arguments(self) -> dict[str, Any]:
        """People of the own partner."""
        return {"actor": self.actor, "at": self.now}

    def act(self, form: forms.Form) -> Done:
        """Accept for the authority where the named person works."""
        authority = form.cleaned_data["prosecutor"].authority
        answered = actions.accept(
            invitation=self.invitation, authority=authority, by=self.actor, at=self.now, **form.cleaned_data
        )
        return done(answered, "api_invitation")


class InvitationDecline(OnInvitation, Moving):
    """Decline an invitation.

    The case stays closed to the bearer's partner, and the inviting authority reads the reason; `other` needs words in `text`.
    """

    permission = InvitationPermission.ANSWER
    verb = "cases.invitation.declined"
    form_class = DeclineForm
    sample: ClassVar[dict[str, Any]] = {
        "reason": "other",
        "text": "The proceedings were joined to those of another partner.",
    }

    def act(self, form: forms.Form) -> Done:
        """Decline."""
        answered = actions.decline(invitation=self.invitation, by=self.actor, at=self.now, **form.cleaned_data)
        return done(answered, "api_invitation")


class InvitationWithdraw(OnInvitation, Moving):
    """Withdraw an invitation that is not answered.

    The partner's coordinator is told, and nothing can be accepted any more. The inviting side alone can.
    """

    permission = InvitationPermission.WITHDRAW
    verb = "cases.invitation.withdrawn"
    form_class = VersionedForm

    def act(self, form: forms.Form) -> Done:
        """Withdraw."""
        version = form.cleaned_data["version"]
        taken_back = actions.withdraw(invitation=self.invitation, version=version, by=self.actor, at=self.now)
        return done(taken_back, "api_invitation")
