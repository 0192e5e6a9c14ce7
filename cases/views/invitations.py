"""Invite, and the pages of an invitation."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import states as case_states
from cases.forms.filters import InvitationFilter
from cases.forms.invitations import AcceptForm, DeclineForm, InviteForm
from cases.invitations import actions, states
from cases.invitations.models import Invitation
from cases.permissions import CasePermission, InvitationPermission
from cases.queries import invitation as invitation_queries
from cases.queries import lists
from cases.queries.columns import INVITATIONS
from cases.views.base import CaseForm
from foundation import access
from foundation.access import Cursor, Page
from foundation.access.hits import Hits
from foundation.access.models import Offer
from foundation.components.handling import HandlingCode
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage, VersionedForm
from foundation.pages.lists import Exported, ListPage
from foundation.workflow.states import Transition, available


class Invite(CaseForm):
    """Invite a partner without the Contact Group."""

    permission = CasePermission.INVITE
    verb = "cases.invite_form.opened"
    form_class = InviteForm
    keeps_drafts = True
    heading = gettext_lazy("Invite a partner")
    lead = gettext_lazy(
        "The partner's coordinator answers. On acceptance the case opens to the prosecutor and case registry that it names."
    )
    submit_label = gettext_lazy("Send invitation")
    part = "invitations"

    @property
    def not_now(self) -> str:
        """While a nomination runs, the Contact Group decides whom to invite."""
        return "" if self.case.status in case_states.INVITING else str(case_states.NOT_INVITING)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Partners that can answer."""
        owner = self.case.owner.partner_id
        return {**super().get_form_kwargs(), "owner_partner_id": owner, "today": timezone.localdate()}

    def write(self, form: forms.Form) -> None:
        """Offer and send."""
        assert isinstance(form, InviteForm)
        cleaned = form.cleaned_data
        actions.invite(
            case=self.case,
            partner=cleaned["partner"],
            purpose=cleaned["purpose"],
            text=cleaned["text"],
            answer_until=form.answer_until(),
            by=self.actor,
            at=self.now,
        )


class InvitationList(ListPage):
    """Invitations to the own partner and from the own authority."""

    permission = InvitationPermission.LIST
    verb = "cases.invitations.viewed"
    template_name = "cases/invitations.html"
    form_class = InvitationFilter
    export = "invitations_export"

    def read(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of invitations."""
        wanted = self.form.cleaned_data
        return lists.invitation_page(self.actor, at=self.now, after=after, wanted=wanted, limit=limit)

    def hits(self) -> Hits:
        """Those that fit."""
        return lists.invitation_hits(self.actor, self.form.cleaned_data, at=self.now)


class InvitationExport(Exported, InvitationList):
    """The list of invitations as a file."""

    verb = "cases.invitations.exported"
    columns = INVITATIONS
    heading = gettext_lazy("Invitations")
    named = back = "invitations"


class OfInvitation(ActorPage):
    """A page about one invitation."""

    permission: ClassVar[access.Permission] = InvitationPermission.VIEW
    invitation: Invitation

    def load(self) -> None:
        """The invitation with its names."""
        self.invitation = invitation_queries.detail(self.actor, self.kwargs["pk"])
        self.root_id = self.invitation.pk
        access.require(self.actor, self.permission, self.invitation)

    @cached_property
    def now(self) -> datetime:
        """The clock of this request."""
        return timezone.now()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The invitation as it stands now."""
        trail = [{"label": _("Invitations"), "url": reverse("invitations")}]
        row = lists.invitation_row(self.invitation, self.now)
        return super().get_context_data(invitation=self.invitation, row=row, trail=trail, now=self.now, **kwargs)


class InvitationPage(OfInvitation):
    """What the invited partner may know, and its answer."""

    verb = "cases.invitation.viewed"
    template_name = "cases/invitation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The acts that are open to this reader, and the case where the reader sees it too."""
        return super().get_context_data(
            case_root=invitation_queries.case_root(self.actor, self.invitation),
            handling=[HandlingCode(code) for code in self.invitation.handling],
            transitions=self._transitions(),
            **kwargs,
        )

    def _transitions(self) -> list[Any]:
        """By role and level; and answers only to the invited, withdrawal only to the inviting side."""
        status = self.invitation.status_at(self.now)
        possible = available(states.TRANSITIONS, status, lambda p: access.allowed(self.actor, p, self.invitation))
        invited = self.invitation.partner_id == self.actor.partner_id
        inviting = Offer.objects.visible_to(self.actor).filter(invitation=self.invitation.pk).exists()
        return [
            row
            for row in possible
            if (invited if row.permission == InvitationPermission.ANSWER else inviting and not invited)
        ]


class InvitationForm(OfInvitation, ActionPage):
    """An act on an invitation."""

    template_name = "cases/form.html"
    heading: ClassVar[Promise | str]
    lead: ClassVar[Promise | str] = ""
    danger: ClassVar[bool] = False
    transition: ClassVar[Transition[InvitationPermission]]

    @property
    def not_now(self) -> str:
        """What its table says."""
        return self.transition.why_not(self.invitation.status_at(self.now))

    def get_initial(self) -> dict[str, Any]:
        """The version that the reader sees."""
        return {"version": self.invitation.version}

    def act(self, form: forms.Form) -> str:
        """Write, then show the invitation."""
        self.write(form)
        return self.back()

    def back(self) -> str:
        """The invitation."""
        return reverse("invitation", kwargs={"pk": self.invitation.pk})

    def write(self, form: forms.Form) -> None:
        """Call the action."""
        raise TypeError(f"{type(self).__name__} has no write()")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        context = super().get_context_data(
            heading=self.heading, lead=self.lead, cancel_url=self.back(), danger=self.danger, **kwargs
        )
        context["trail"] = [*context["trail"], {"label": self.invitation.root.reference, "url": self.back()}]
        return context


class InvitationAccept(InvitationForm):
    """Take part."""

    permission = InvitationPermission.ANSWER
    transition = states.ACCEPT
    verb = "cases.invitation_form.opened"
    form_class = AcceptForm
    heading = gettext_lazy("Accept the invitation")
    lead = gettext_lazy(
        "The case opens to the person you name and to the case registry of that authority. You do not see it by this."
    )
    submit_label = gettext_lazy("Accept")

    def get_form_kwargs(self) -> dict[str, Any]:
        """People of the own partner."""
        return {**super().get_form_kwargs(), "actor": self.actor, "at": self.now}

    def write(self, form: forms.Form) -> None:
        """Accept for the authority where the named person works."""
        actions.accept(
            invitation=self.invitation,
            authority=form.cleaned_data["prosecutor"].authority,
            by=self.actor,
            at=self.now,
            **form.cleaned_data,
        )


class InvitationDecline(InvitationForm):
    """Stay out."""

    permission = InvitationPermission.ANSWER
    transition = states.DECLINE
    verb = "cases.invitation_form.opened"
    form_class = DeclineForm
    keeps_drafts = True
    heading = gettext_lazy("Decline the invitation")
    lead = gettext_lazy("The case stays closed to your partner. The inviting authority reads the reason.")
    submit_label = gettext_lazy("Decline")
    danger = True

    def write(self, form: forms.Form) -> None:
        """Decline."""
        actions.decline(invitation=self.invitation, by=self.actor, at=self.now, **form.cleaned_data)


class InvitationWithdraw(InvitationForm):
    """Take it back."""

    permission = InvitationPermission.WITHDRAW
    transition = states.WITHDRAW
    verb = "cases.invitation_form.opened"
    form_class = VersionedForm
    heading = gettext_lazy("Withdraw the invitation")
    lead = gettext_lazy("The partner's coordinator is told, and nothing can be accepted any more.")
    submit_label = gettext_lazy("Withdraw invitation")
    danger = True

    def write(self, form: forms.Form) -> None:
        """Withdraw."""
        version = form.cleaned_data["version"]
        actions.withdraw(invitation=self.invitation, version=version, by=self.actor, at=self.now)
