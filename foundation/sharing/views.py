"""The record of one root: who can see it and why; share, revoke, leave, hand over."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.models import Root, Share
from foundation.audit.models import Event
from foundation.pages import addresses
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.sharing import actions, previews, queries, rules, words
from foundation.sharing.forms import (
    DayForm,
    HandOverForm,
    LeaveForm,
    PartnerForm,
    RevokeForm,
    ShareForm,
    principal_choices,
)
from foundation.sharing.permissions import SharingPermission
from foundation.tenancy import principals
from foundation.tenancy.models import Partner
from foundation.workflow.refusals import Refusal

PREVIEWED = "sharing.preview.looked_at"


class SharingPage(ActorPage):
    """Base: loads the root; a stranger gets 404, whoever may not do this 403."""

    permission = SharingPermission.VIEW
    root: Root

    def load(self) -> None:
        """The root, through the walls."""
        self.root = get_object_or_404(Root.objects.visible_to(self.actor), pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root_id)

    @property
    def home(self) -> str:
        """The page of the record of this root."""
        return reverse("sharing", kwargs={"pk": self.kwargs["pk"]})

    def sees_still(self) -> bool:
        """Does the actor see the root after what was done?"""
        return Root.objects.visible_to(self.actor).filter(pk=self.root.pk).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the head of every sharing page shows."""
        trail = [{"label": self.root.reference, "url": reverse("root", kwargs={"pk": self.root.pk})}]
        here = [] if self.request.path == self.home else [{"label": _("Who can see this"), "url": self.home}]
        return super().get_context_data(
            root=self.root,
            trail=[*trail, *here],
            words=words.of(self.root.kind),
            has_page=bool(addresses.name_of(self.root.kind)),
            **kwargs,
        )


class Sharing(SharingPage):
    """Who can see this, and why; and who could on a day past."""

    verb = "sharing.record.viewed"
    template_name = "sharing/sharing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Sight now or on the day asked for, past shares, and what the actor may do."""
        now = timezone.now()
        day_form = DayForm(self.request.GET) if "on" in self.request.GET else DayForm()
        since = until = now
        if day_form.is_bound and day_form.is_valid():
            since = timezone.make_aware(datetime.combine(day_form.cleaned_data["on"], time.min))
            until = min(since + timedelta(days=1), now)
        may = access.checker(self.actor, [self.root.pk])(self.root.pk)
        return super().get_context_data(
            now=now,
            day_form=day_form,
            day=day_form.cleaned_data["on"] if since != until else None,
            sight=queries.sight(self.actor, self.root, since=since, until=until),
            ended=queries.ended(self.actor, self.root.pk, at=now),
            own={share.pk for share in queries.own_shares(self.actor, self.root.pk)},
            may_share=may(SharingPermission.SHARE),
            may_hand_over=may(SharingPermission.HAND_OVER),
            why_not_share=rules.why_not_share(self.root.kind),
            **kwargs,
        )


class ChoosePartner(SharingPage):
    """The first step of a share: of which partner is the one to share with?"""

    permission = SharingPermission.SHARE
    verb = "sharing.partner.asked"
    template_name = "sharing/choose_partner.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A form that leads on by GET, since it changes nothing."""
        return super().get_context_data(
            form=PartnerForm(initial={"partner": self.actor.partner_id}),
            next_url=reverse("sharing_share", kwargs={"pk": self.root.pk}),
            why_not_share=rules.why_not_share(self.root.kind),
            **kwargs,
        )


class ShareWith(SharingPage, ActionPage):
    """The second and third step: with whom, how far, why; then what they will see, and only then the share itself."""

    permission = SharingPermission.SHARE
    verb = "sharing.share.asked"
    template_name = "sharing/share.html"
    form_class = ShareForm
    keeps_drafts = True
    submit_label = gettext_lazy("Look at what they will see")
    partner: Partner

    def load(self) -> None:
        """The root, and the partner chosen in the first step."""
        super().load()
        chosen = PartnerForm(self.request.GET)
        if not chosen.is_valid():
            raise Http404
        self.partner = chosen.cleaned_data["partner"]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The principals of the partner."""
        return {**super().get_form_kwargs(), "choices": principal_choices(self.partner, timezone.now())}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask once more with everything that will be visible; the confirmed form goes the way of every action."""
        if "confirmed" in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        if "change" in request.POST or not form.is_valid():
            return self.render_to_response(
                self.get_context_data(form=form), status=200 if "change" in request.POST else 422
            )
        return self._look(form) if "look" in request.POST else self._ask(form)

    def _look(self, form: forms.Form) -> HttpResponse:
        """The page as they would see it: shared, rendered, and undone. What sharing refuses is refused here too."""
        assert isinstance(form, ShareForm)
        try:
            shown = previews.planned(
                self.root,
                principal=form.cleaned_data["principal"],
                level=form.cleaned_data["level"],
                purpose=form.cleaned_data["purpose"],
                until=form.until,
                by=self.actor,
                at=timezone.now(),
                request=self.request,
            )
        except Refusal as error:
            self.outcome = Event.Outcome.CONFLICT
            form.add_error(None, str(error))
            return self._again(form, 409)
        self.verb = PREVIEWED  # type: ignore[misc]  # one event says what was looked at
        self.template_name = "sharing/preview.html"
        return self.render_to_response(
            self.get_context_data(form=form, shown=shown), status=500 if shown.failed else 200
        )

    def _ask(self, form: forms.Form) -> HttpResponse:
        card = principals.cards([form.cleaned_data["principal"]])[form.cleaned_data["principal"]]
        shown = queries.preview(self.actor, self.root, card, at=timezone.now())
        self.template_name = "sharing/confirm_share.html"
        level = access.Level(form.cleaned_data["level"])
        return self.render_to_response(self.get_context_data(form=form, preview=shown, level=level))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The partner of the first step."""
        change = reverse("sharing_choose", kwargs={"pk": self.root.pk})
        return super().get_context_data(partner=self.partner, change_url=change, cancel_url=self.home, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Share."""
        assert isinstance(form, ShareForm)
        actions.share(
            root_id=self.root.pk,
            principal=form.cleaned_data["principal"],
            level=form.cleaned_data["level"],
            purpose=form.cleaned_data["purpose"],
            until=form.until,
            by=self.actor,
            at=timezone.now(),
        )
        messages.success(self.request, _("Shared. They see it from now on."))
        return self.home


class PreviewShare(SharingPage):
    """The page as somebody sees it who holds this share and nothing else."""

    permission = SharingPermission.SHARE
    verb = PREVIEWED
    template_name = "sharing/preview.html"

    def load(self) -> None:
        """A live share of a root that has a page; the page itself, rendered and undone."""
        super().load()
        shares = Share.objects.visible_to(self.actor).live().filter(root=self.root.pk)
        share = get_object_or_404(shares, pk=self.kwargs["share_id"])
        if not addresses.name_of(self.root.kind):
            raise Http404
        self.shown = previews.of(share, self.root, by=self.actor, at=timezone.now(), request=self.request)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A page that could not be made is a failure, and answered as one."""
        return super().render_to_response(context, status=500 if self.shown.failed else 200, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is shown, and the way back."""
        return super().get_context_data(shown=self.shown, **kwargs)


class RevokeShare(SharingPage, ActionPage):
    """End one share, after saying whom it concerns."""

    permission = SharingPermission.SHARE
    verb = "sharing.revoke.asked"
    template_name = "sharing/revoke.html"
    form_class = RevokeForm
    submit_label = gettext_lazy("End the share now")
    share: Share

    def load(self) -> None:
        """The share, live or not: an ended one is answered by the action."""
        super().load()
        shares = Share.objects.visible_to(self.actor).filter(root=self.root.pk)
        self.share = get_object_or_404(shares, pk=self.kwargs["share_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who loses sight, as far as no other share gives it."""
        card = principals.cards([self.share.principal_id]).get(self.share.principal_id)
        others = (
            Share.objects.visible_to(self.actor).live().filter(root=self.root.pk, principal=self.share.principal_id)
        )
        return super().get_context_data(
            share=self.share,
            level=access.Level(self.share.level),
            card=card,
            others=others.exclude(pk=self.share.pk).count(),
            cancel_url=self.home,
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Revoke."""
        share_id: UUID = self.share.pk
        actions.revoke(root_id=self.root.pk, share_id=share_id, by=self.actor, at=timezone.now())
        messages.success(self.request, _("The share has ended."))
        return self.home if self.sees_still() else reverse("home")


class Leave(SharingPage, ActionPage):
    """End one's own shares."""

    permission = SharingPermission.LEAVE
    verb = "sharing.leave.asked"
    template_name = "sharing/leave.html"
    form_class = LeaveForm
    submit_label = gettext_lazy("Leave")

    def load(self) -> None:
        """The shares that the actor may end."""
        super().load()
        self.own = queries.own_shares(self.actor, self.root.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        """One choice for each own principal."""
        cards = principals.cards({share.principal_id for share in self.own})
        choices = [(group, str(card)) for group, card in cards.items()]
        own_name = [group for group, _name in choices if group == self.actor.membership_group]
        return {**super().get_form_kwargs(), "choices": choices, "initial": {"groups": own_name}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the actor is the last to manage it."""
        mine = {share.principal_id for share in self.own}
        last = queries.last_manager_among(self.actor, self.root.pk, mine)
        return super().get_context_data(own=self.own, last_manager=last, cancel_url=self.home, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Leave."""
        actions.leave(root_id=self.root.pk, groups=form.cleaned_data["groups"], by=self.actor, at=timezone.now())
        still = self.sees_still()
        said = _("Your shares have ended. You still see this through another share.") if still else _("You have left.")
        messages.success(self.request, said)
        return self.home if still else reverse("home")


class HandOver(SharingPage, ActionPage):
    """Give management to a colleague and leave."""

    permission = SharingPermission.HAND_OVER
    verb = "sharing.hand_over.asked"
    template_name = "sharing/hand_over.html"
    form_class = HandOverForm
    keeps_drafts = True
    submit_label = gettext_lazy("Hand over")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The colleagues of the actor's authority."""
        return {**super().get_form_kwargs(), "actor": self.actor, "at": timezone.now()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where to go back."""
        return super().get_context_data(cancel_url=self.home, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Hand over."""
        actions.hand_over(
            root_id=self.root.pk,
            membership_id=form.cleaned_data["membership"].pk,
            purpose=form.cleaned_data["purpose"],
            by=self.actor,
            at=timezone.now(),
        )
        messages.success(self.request, _("Handed over."))
        return self.home if self.sees_still() else reverse("home")
