"""The page of a root as somebody else would be shown it, for those who may ask: same view, same template, nothing that works."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from foundation.access.models import Root
from foundation.pages import addresses, inert
from foundation.pages.base import ActorPage, access_role_required
from foundation.pages.memberships import LABELS
from foundation.pages.requests import ActorRequest
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account


def main_part(root: Root, *, request: HttpRequest, reader: Actor) -> str:
    """The main part of the root's page as that reader sees it, made inert. The caller runs ``acting`` for the reader and undoes it.

    Raises Forbidden where the reader's role does not open the page, and whatever the page raises.
    """
    address = reverse(addresses.name_of(root.kind), kwargs={"pk": root.pk})
    match = resolve(address)
    page = cast("type[ActorPage]", match.func.view_class)  # type: ignore[attr-defined]  # Django's as_view puts it there
    asked = _request(request, address, reader)
    asked.resolver_match = match
    view = page()
    view.setup(asked, *match.args, **match.kwargs)
    access_role_required(reader, view.permission)
    view.load()
    response: HttpResponse = view.get(asked, *match.args, **match.kwargs)
    if hasattr(response, "render"):
        response.render()
    return inert.main_of(response.content.decode(response.charset))


def _request(request: HttpRequest, address: str, reader: Actor) -> ActorRequest:
    """A fresh request of nobody: no cookies, no messages, a session that is thrown away, a token that fits no browser."""
    asked = ActorRequest()
    asked.method = "GET"
    asked.path = asked.path_info = address
    asked.META = {name: value for name, value in request.META.items() if name.startswith(("SERVER_", "HTTP_HOST"))}
    asked.user = Account(pk=reader.account_id, full_name=reader.account_name)
    asked.session = {LABELS: []}
    asked.actor = reader
    asked.request_id = ""
    return asked
