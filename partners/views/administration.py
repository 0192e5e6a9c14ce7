"""What a partner's administrator does: invite, move, end, appoint, name an authority."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.access import Permission
from foundation.pages.forms import ActionPage
from foundation.tenancy.models import Authority, Membership, Office, OfficeHolder, Partner
from partners import actions, forms, rules
from partners.actions import periods
from partners.permissions import PartnerPermission
from partners.views.directory import trail


class AdministrationPage(ActionPage):
    """Base: a form of the directory; ``back`` is the page that it belongs to."""

    permission: ClassVar[Permission] = PartnerPermission.ADMINISTER
    template_name = "partners/form.html"
    heading: ClassVar[Any]
    lead: ClassVar[Any] = ""
    danger: ClassVar[bool] = False
    kicker = ""
    back = ""
    steps: list[dict[str, str]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the frame of the form shows."""
        return super().get_context_data(
            heading=self.heading,
            lead=self.lead,
            kicker=self.kicker,
            cancel_url=self.back,
            trail=self.steps,
            variant="danger" if self.danger else "primary",
            **kwargs,
        )

    def about_authority(self, authority: Authority, kicker: str = "") -> None:
        """Place the form below an authority whose partner the actor administers; else Forbidden."""
        periods.require_administrator(self.actor, authority.partner_id)
        self._place(authority, kicker)

    def _place(self, authority: Authority, kicker: str) -> None:
        self.kicker = kicker or authority.name
        self.back = reverse("authority", kwargs={"pk": authority.pk})
        self.steps = trail(authority.partner, authority)

    def proposed(self, confirmed: bool) -> None:
        """Say what comes next."""
        if confirmed:
            messages.success(self.request, _("Done. Nobody else was there to confirm it, and nothing was shared yet."))
        else:
            messages.success(self.request, _("Proposed. It takes effect when a second person has confirmed it."))


class Invite(AdministrationPage):
    """Propose a person for an authority."""

    verb = "partners.membership.propose"
    form_class = forms.InviteForm
    heading = gettext_lazy("Invite a person")
    lead = gettext_lazy("A second person of the authority confirms. Then the person gets a mail to choose a password.")
    submit_label = gettext_lazy("Propose")

    def load(self) -> None:
        """The authority, of the actor's own partner."""
        self.authority = get_object_or_404(Authority.objects.select_related("partner"), pk=self.kwargs["pk"])
        self.about_authority(self.authority)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The roles on offer follow the partner."""
        return {**super().get_form_kwargs(), "authority": self.authority}

    def act(self, form: django_forms.Form) -> str:
        """Propose."""
        assert isinstance(form, forms.InviteForm)
        data = form.cleaned_data
        membership = actions.invite(
            by=self.actor,
            at=timezone.now(),
            authority_id=self.authority.pk,
            email=data["email"],
            full_name=data["full_name"],
            role=data["role"],
            function=data["function"],
            language=data["language"],
            **form.period(),
        )
        self.proposed(membership.founding)
        return self.back


class MembershipPage(AdministrationPage):
    """Base: a form about one membership of the actor's own partner."""

    membership: Membership

    def load(self) -> None:
        """The membership; those of other partners may not even be looked at here."""
        found = Membership.objects.select_related("account", "authority__partner")
        self.membership = get_object_or_404(found, pk=self.kwargs["pk"])
        self.about_authority(self.membership.authority, self.membership.account.full_name)


class EndMembership(MembershipPage):
    """End a membership, now or later."""

    verb = "partners.membership.end"
    form_class = forms.EndForm
    heading = gettext_lazy("End this membership?")
    lead = gettext_lazy("Sight through it and the offices held through it end with it. It cannot be taken back.")
    submit_label = gettext_lazy("End membership")
    danger = True

    def act(self, form: django_forms.Form) -> str:
        """End it."""
        ends_at = forms.end_of(form.cleaned_data["last_day"])
        actions.end_membership(by=self.actor, at=timezone.now(), membership_id=self.membership.pk, ends_at=ends_at)
        messages.success(self.request, _("The end is set."))
        return self.back


class Move(MembershipPage):
    """End a membership and propose the person anew elsewhere."""

    verb = "partners.membership.move"
    form_class = forms.MoveForm
    heading = gettext_lazy("Move this person")
    lead = gettext_lazy(
        "The present membership ends, and a new one is proposed. Cases stay with the old authority; nothing moves along."
    )
    submit_label = gettext_lazy("End and propose anew")

    def get_initial(self) -> dict[str, Any]:
        """What holds now."""
        m = self.membership
        return {"authority": m.authority_id, "role": m.role, "function": m.function}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The authorities on offer are the partner's own."""
        return {**super().get_form_kwargs(), "membership": self.membership}

    def act(self, form: django_forms.Form) -> str:
        """Move."""
        data = form.cleaned_data
        moved = actions.move(
            by=self.actor,
            at=timezone.now(),
            membership_id=self.membership.pk,
            authority_id=data["authority"].pk,
            role=data["role"],
            function=data["function"],
            starts_at=forms.beginning_of(data["first_day"]),
        )
        self.proposed(moved.founding)
        return reverse("authority", kwargs={"pk": moved.authority_id})


class OfficePage(AdministrationPage):
    """Base: a form about an office of the actor's own partner."""

    def about_office(self, office: Office, kicker: str = "") -> None:
        """Place the form below the office's authority or partner."""
        periods.require_administrator(self.actor, office.partner_id)
        self.kicker = kicker or office.get_kind_display()
        self.steps = trail(office.partner, office.authority)
        place = ("authority", office.authority_id) if office.authority_id else ("partner", office.partner_id)
        self.back = reverse(place[0], kwargs={"pk": place[1]})


class Appoint(OfficePage):
    """Propose somebody for an office."""

    verb = "partners.office.propose"
    form_class = forms.AppointForm
    heading = gettext_lazy("Appoint to this office")
    lead = gettext_lazy("A second person confirms: neither you nor the person who is appointed.")
    submit_label = gettext_lazy("Propose")

    def load(self) -> None:
        """The office, of the actor's own partner."""
        found = Office.objects.select_related("partner", "authority")
        self.office = get_object_or_404(found, pk=self.kwargs["pk"])
        self.about_office(self.office)

    def get_form_kwargs(self) -> dict[str, Any]:
        """People of the authority or partner, without the actor."""
        place = (
            {"authority_id": self.office.authority_id}
            if self.office.authority_id
            else {"authority__partner_id": self.office.partner_id}
        )
        people = Membership.objects.live(timezone.now()).filter(**place).exclude(account_id=self.actor.account_id)
        people = people.filter(account__kind__in=rules.held_by(self.office.kind))
        people = people.select_related("account", "authority").order_by("account__full_name")
        return {**super().get_form_kwargs(), "office": self.office, "people": people}

    def act(self, form: django_forms.Form) -> str:
        """Propose."""
        assert isinstance(form, forms.AppointForm)
        holder = actions.appoint(
            by=self.actor,
            at=timezone.now(),
            office_id=self.office.pk,
            membership_id=form.cleaned_data["membership"].pk,
            capacity=form.cleaned_data["capacity"],
            **form.period(),
        )
        self.proposed(holder.founding)
        return self.back


class EndHolder(OfficePage):
    """End an appointment to an office, now or later."""

    verb = "partners.office.end"
    form_class = forms.EndForm
    heading = gettext_lazy("End this appointment?")
    lead = gettext_lazy("Sight through the office ends with it. It cannot be taken back.")
    submit_label = gettext_lazy("End appointment")
    danger = True

    def load(self) -> None:
        """The appointment, of the actor's own partner."""
        found = OfficeHolder.objects.select_related("office__partner", "office__authority", "membership__account")
        self.holder = get_object_or_404(found, pk=self.kwargs["pk"])
        office = self.holder.office
        self.about_office(office, f"{self.holder.membership.account.full_name}, {office.get_kind_display()}")

    def act(self, form: django_forms.Form) -> str:
        """End it."""
        ends_at = forms.end_of(form.cleaned_data["last_day"])
        actions.end_holder(by=self.actor, at=timezone.now(), holder_id=self.holder.pk, ends_at=ends_at)
        messages.success(self.request, _("The end is set."))
        return self.back


class NameAuthority(AdministrationPage):
    """Confirm or mend the name of an authority."""

    verb = "partners.authority.name"
    form_class = forms.AuthorityForm
    heading = gettext_lazy("Name of the authority")
    lead = gettext_lazy("Everybody reads this name. Saving takes away the mark “to be confirmed by the partner”.")
    submit_label = gettext_lazy("Save")

    def load(self) -> None:
        """The authority, of the actor's own partner."""
        self.authority = get_object_or_404(Authority.objects.select_related("partner"), pk=self.kwargs["pk"])
        self.about_authority(self.authority)

    def get_initial(self) -> dict[str, Any]:
        """What stands there now."""
        a = self.authority
        return {"name": a.name, "local_name": a.local_name, "kind": a.kind, "name_read": a.name}

    def act(self, form: django_forms.Form) -> str:
        """Name it."""
        actions.name_authority(by=self.actor, at=timezone.now(), authority_id=self.authority.pk, **form.cleaned_data)
        return self.back


class Found(AdministrationPage):
    """The programme team names the first administrator of a partner."""

    permission = PartnerPermission.FOUND
    verb = "partners.administrator.found"
    form_class = forms.FoundForm
    heading = gettext_lazy("Name the first administrator")
    lead = gettext_lazy("Possible once, while the partner has no people and nothing was shared with it.")
    submit_label = gettext_lazy("Name administrator")

    def load(self) -> None:
        """The partner."""
        self.partner = get_object_or_404(Partner, pk=self.kwargs["pk"])
        self.kicker = self.partner.name
        self.back = reverse("partner", kwargs={"pk": self.partner.pk})
        self.steps = trail(self.partner)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The authorities of that partner."""
        return {**super().get_form_kwargs(), "authorities": self.partner.authorities.taking()}

    def act(self, form: django_forms.Form) -> str:
        """Name the administrator."""
        data = dict(form.cleaned_data)
        authority = data.pop("authority")
        actions.found_administrator(by=self.actor, at=timezone.now(), authority_id=authority.pk, **data)
        messages.success(self.request, _("Named. A mail with a link to choose a password is on its way."))
        return self.back
