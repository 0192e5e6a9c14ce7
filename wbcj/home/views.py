"""Home ("what waits for me"), the one address of every root, and the menu of one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from foundation.access.models import Root
from foundation.audit import record
from foundation.notifications import inbox
from foundation.pages import panels
from foundation.pages.base import ActorPage
from foundation.sharing import words
from wbcj import composition
from wbcj.home.permissions import HomePermission

NEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One line of the newest activity."""

    root: Root
    kind: str


class Home(ActorPage):
    """What waits for me, and what moved lately."""

    permission = HomePermission.VIEW
    verb = "home.page.viewed"
    template_name = "home/home.html"

    def load(self) -> None:
        """The newest roots of all kinds that have a page."""
        kinds = sorted(composition.ADDRESSES)
        page = Root.objects.newest_page(self.actor, kinds=kinds, limit=NEWEST) if kinds else None
        self.newest = () if page is None else page.rows
        self.returned = () if page is None else page.roots

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The panels of what waits, in the order of composition.py, and the newest activity."""
        now = timezone.now()
        newest = [Activity(root=root, kind=str(words.of(root.kind).name)) for root in self.newest]
        waiting = panels.on("home", actor=self.actor, at=now)
        return super().get_context_data(now=now, panels=waiting, newest=newest, **kwargs)


class RootAddress(ActorPage):
    """/r/<key>/: inbox, mail, search and share screens link to nothing else."""

    permission = HomePermission.VIEW
    verb = "home.address.followed"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect by kind and mark what the inbox says of it as read; a root that is not visible is not there."""
        root = Root.objects.visible_to(self.actor).filter(pk=kwargs["pk"]).first()
        if root is None or root.kind not in composition.ADDRESSES:
            raise Http404
        inbox.mark_read(by=self.actor, at=timezone.now(), root_id=root.pk)
        record.consulted(self.verb, by=self.actor, root=root.pk)
        return redirect(reverse(composition.ADDRESSES[root.kind], kwargs={"pk": root.pk}))


class MyAccount(ActorPage):
    """One's own account: password, second factor, signed-in devices, language and time zone."""

    permission = HomePermission.VIEW
    verb = "home.account.viewed"
    template_name = "home/account.html"
