"""Pages that belong to no app: the acting switch."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.audit import record
from foundation.audit.models import Event
from foundation.pages import memberships
from foundation.pages.requests import SESSION_KEY, account_of


@login_required
@require_http_methods(["GET", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """Choose the membership to act through. Who may: everyone, among the own live memberships."""
    account_id = account_of(request)
    if request.method == "POST":
        return _switch(request, account_id, request.POST.get("membership", ""))
    return _ask(request, account_id, request.GET.get("next", ""))


def _switch(request: HttpRequest, account_id: UUID, chosen: str) -> HttpResponse:
    try:
        with access.acting_as(account_id, UUID(chosen)) as actor:
            record.happened("pages.acting.switched", by=actor)
    except (ValueError, access.NotInOffice):
        record.refused("pages.acting.switched", outcome=Event.Outcome.CONFLICT, membership=None)
        return _ask(request, account_id, request.POST.get("next", ""), refused=True)
    request.session[SESSION_KEY] = str(actor.membership_id)
    return redirect(_inside(request, request.POST.get("next", "")))


def _ask(request: HttpRequest, account_id: UUID, next_address: str, *, refused: bool = False) -> HttpResponse:
    lines = memberships.offered(request, account_id, timezone.now())
    context = {"memberships": lines, "next": _inside(request, next_address), "refused": refused}
    return render(request, "pages/acting.html", context, status=409 if refused else 200)


def _inside(request: HttpRequest, address: str) -> str:
    """That address when it is one of ours, else the home page."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"
