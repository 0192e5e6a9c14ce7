"""Who can see a root, and why; and the page as one of them sees it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import access
from foundation.access.models import Root, Share
from foundation.pages import addresses
from foundation.pages.base import ActorPage
from foundation.sharing import previews, queries, rules, words
from foundation.sharing.forms import DayForm
from foundation.sharing.permissions import SharingPermission

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
        since, until = day_form.span(now)
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
