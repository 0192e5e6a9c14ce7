"""The document of the API and its reader, for everybody: they describe the interface and hold nothing of any case."""

from __future__ import annotations

import functools
import json
from typing import Final

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.pages.api import description

REDOC_STYLES: Final = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
)
"""The two styles that ReDoc writes before it knows the page's nonce, by content: an empty one, and that of its scroll bar."""


@functools.cache
def _body() -> bytes:
    """Made once in a process: it changes with the code alone."""
    return json.dumps(description.document(), ensure_ascii=False).encode()


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(_body(), content_type="application/json")


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The same to read and to try, by Swagger UI from our own host."""
    return render(request, "api/documentation.html")


@require_safe
@csp_update({"style-src": REDOC_STYLES})
def reference(request: HttpRequest) -> HttpResponse:
    """The same to read in one piece, by ReDoc from our own host."""
    return render(request, "api/reference.html")
