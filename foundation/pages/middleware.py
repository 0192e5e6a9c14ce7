"""What holds for every answer: its request has an id, no oversized body was read for it, and no browser stores it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve

from foundation.audit.record import request_id
from foundation.pages import errors
from foundation.pages.api import problems

if TYPE_CHECKING:
    from foundation.pages.requests import ActorRequest

Answer = Callable[[HttpRequest], HttpResponseBase]


class RequestId:
    """Gives each request a fresh random id; one from outside is never trusted."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the id in the header."""
        ours = cast("ActorRequest", request)
        ours.request_id, ours.actor, ours.reached = secrets.token_hex(8), None, ""
        token = request_id.set(ours.request_id)
        structlog.contextvars.bind_contextvars(request_id=ours.request_id)
        try:
            response = self._answer(ours)
        finally:
            request_id.reset(token)
            structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = ours.request_id
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if (
            length.isascii()
            and length.isdigit()
            and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            and not _streams(request)
        ):
            return errors.too_large(request)
        return self.get_response(request)


class Compressed(GZipMiddleware):
    """Compresses pages (docs/adr/0012-compressed-pages.md); what is streamed is a file and goes out as it is, with its length.

    An answer of the API goes out as it is too: compressed, its fingerprint would be a weak one.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what was rendered."""
        if response.streaming or problems.concerns(request):
            return response
        return super().process_response(request, response)


def _streams(request: HttpRequest) -> bool:
    """Whether the page at this address reads a large body by itself, a piece at a time, and knows its own limit."""
    try:
        page = getattr(resolve(request.path_info).func, "view_class", None)
    except Resolver404:
        return False
    return bool(getattr(page, "streams", False))


class Unstored:
    """Tells the browser to store no answer: after signing out, Back leads to the door and not to a case kept in memory."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, whoever asks and whatever the answer is."""
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response
