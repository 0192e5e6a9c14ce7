"""The answers when something is wrong: in the product's look, with the request id, telling nothing about what exists."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlencode

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import translation

from foundation.pages import echo
from foundation.pages.api import problems

CARRIED = ("submission_key", "version", "next", "acting", "original", "before", "differs")
NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", *CARRIED})
# The database went away, was told to stop, or gave up on a statement: nobody's mistake, and over in a moment (of so many seconds).
AGAIN = "5"
BROKE_OFF = (OperationalError, InterfaceError)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not allowed."""
    if problems.concerns(request):
        return problems.answer(problems.FORBIDDEN)
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this reader; the answer is the same."""
    if problems.concerns(request):
        return problems.answer(problems.NOT_FOUND)
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood. Storing the session reports a broken database so as well, which is 503."""
    if _broke_off():
        return broke_off(request)
    if problems.concerns(request):
        return problems.answer(problems.BAD_REQUEST)
    return render(request, "errors/400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than a form may carry. The body is not read, and no middleware has chosen the language yet."""
    with translation.override(translation.get_language_from_request(request)):
        if problems.concerns(request):
            return problems.answer(problems.TOO_LARGE)
        page = loader.render_to_string("errors/413.html", {"request_id": _request_id(request)})
    return HttpResponse(page, status=413)


def too_many(request: HttpRequest, *, wait: int) -> HttpResponse:
    """429: too many attempts. ``wait`` is in seconds."""
    answer = render(request, "errors/429.html", {"minutes": -(-wait // 60)}, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without database and context processors, since those may be what failed. 503 when the database broke off."""
    if _broke_off():
        return broke_off(request)
    if problems.concerns(request):
        return problems.answer(problems.FAILED)
    return HttpResponse(loader.render_to_string("errors/500.html", {"request_id": _request_id(request)}), status=500)


def _broke_off() -> bool:
    """Whether the error that is answered now came from a database that broke off, itself or by what followed from it."""
    error = sys.exc_info()[1]
    while error is not None:
        if isinstance(error, BROKE_OFF):
            return True
        error = error.__cause__ or error.__context__
    return False


def broke_off(request: HttpRequest) -> HttpResponse:
    """503: the database broke off while the answer was prepared. Rendered like 500, with everything that was typed.

    ``reached`` of the request (ActorPage) says whether anything can have been changed; where the form carries its key, sending it
    again has its effect once in either case. A form that no page of ours began to work on is not offered again: it may be another
    site's.
    """
    if problems.concerns(request):
        return problems.answer(problems.AWAY, headers={"Retry-After": AGAIN})
    reached = getattr(request, "reached", "")
    again = bool(reached) and request.method == "POST" and "submission_key" in request.POST
    context = {
        "request_id": _request_id(request),
        "unchanged": reached == "begun" or request.method != "POST",
        "again": again,
        "address": request.get_full_path(),
        "csrf_token": get_token(request),
        "files": bool(request.FILES),
        **_carried(request),
    }
    page = loader.render_to_string("errors/503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": AGAIN})


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit any more (signed in anew, cookies cleared): nothing was changed, the typed text is shown."""
    if request.path == reverse("draft"):
        return HttpResponse(status=403)
    return kept(request, why="expired" if _from_here(request) else "foreign")


def kept(request: HttpRequest, *, why: str) -> HttpResponse:
    """Show what was typed, to copy or to send again. ``why`` is expired, signed_out, other_membership, step_up,
    second_factor or foreign.

    A foreign form came from another site, or nobody can tell: to send it again would be that site's wish, not the reader's.
    """
    context = {
        "why": why,
        "action": request.get_full_path(),
        "back": urlencode({"next": request.get_full_path()}),
        "again": why != "foreign",
        **_carried(request),
    }
    return render(request, "errors/kept.html", context, status=403)


def _carried(request: HttpRequest) -> dict[str, Any]:
    """What a form that could not be taken carries along, what of it is shown, and whether a secret was left out."""
    open_names = [name for name in request.POST if not secret(name)]
    along = [name for name in request.POST if name in CARRIED or _of_a_conflict(name)]
    return {
        "typed": echo.typed(request, open_names),
        "along": [(name, request.POST.getlist(name)) for name in (*along, *open_names)],
        "left_out": any(name not in NEVER_SHOWN and name not in along for name in request.POST if secret(name)),
    }


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was ours; every browser of today says where a form comes from."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _of_a_conflict(name: str) -> bool:
    """A choice of a conflict page, and the text beside it: they go along, and are no words to read by themselves."""
    return name.startswith(("choice.", "mine.", "draft."))


def secret(name: str) -> bool:
    """Whether a field is none to show again or to store: a secret, or one that a form carries for us."""
    return name in NEVER_SHOWN or _of_a_conflict(name) or "password" in name or "code" in name


def _request_id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
