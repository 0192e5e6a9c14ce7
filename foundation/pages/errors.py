"""The answers when something is wrong: in the product's look, with the request id, telling nothing about what exists."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import translation

from foundation.pages import echo

CARRIED = ("submission_key", "version", "next", "acting", "original", "before", "differs")
NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", *CARRIED})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not allowed."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this reader; the answer is the same."""
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood."""
    return render(request, "errors/400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than a form may carry. The body is not read, and no middleware has chosen the language yet."""
    with translation.override(translation.get_language_from_request(request)):
        page = loader.render_to_string("errors/413.html", {"request_id": _request_id(request)})
    return HttpResponse(page, status=413)


def too_many(request: HttpRequest, *, wait: int) -> HttpResponse:
    """429: too many attempts. ``wait`` is in seconds."""
    answer = render(request, "errors/429.html", {"minutes": -(-wait // 60)}, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without database and context processors, since those may be what failed."""
    return HttpResponse(loader.render_to_string("errors/500.html", {"request_id": _request_id(request)}), status=500)


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
    open_names = [name for name in request.POST if not secret(name)]
    along = [name for name in request.POST if name in CARRIED or _of_a_conflict(name)]
    context = {
        "why": why,
        "typed": echo.typed(request, open_names),
        "along": [(name, request.POST.getlist(name)) for name in (*along, *open_names)],
        "left_out": any(name not in NEVER_SHOWN and name not in along for name in request.POST if secret(name)),
        "action": request.get_full_path(),
        "back": urlencode({"next": request.get_full_path()}),
        "again": why != "foreign",
    }
    return render(request, "errors/kept.html", context, status=403)


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
