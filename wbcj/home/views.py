"""Home ("what waits for me") and the one address of every root."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from foundation.access.models import Root
from foundation.notifications import inbox
from foundation.pages.base import ActorPage
from wbcj import composition
from wbcj.home.permissions import HomePermission


class Home(ActorPage):
    """What waits for me."""

    permission = HomePermission.VIEW
    verb = "home.page.viewed"
    template_name = "home/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The unread lines of the inbox."""
        return super().get_context_data(lines=inbox.lines(self.actor), **kwargs)


class RootAddress(ActorPage):
    """/r/<key>/: inbox, mail, search and share screens link to nothing else."""

    permission = HomePermission.VIEW
    verb = "home.address.followed"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect by kind; a root that is not visible is not there."""
        root = Root.objects.visible_to(self.actor).filter(pk=kwargs["pk"]).first()
        if root is None or root.kind not in composition.ADDRESSES:
            raise Http404
        return redirect(reverse(composition.ADDRESSES[root.kind], kwargs={"pk": root.pk}))
