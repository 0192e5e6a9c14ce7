"""The document of the API and its readers, for everybody: they describe the interface and hold nothing of any case."""

from __future__ import annotations

import functools
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.pages.api import description


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
def reference(request: HttpRequest) -> HttpResponse:
    """The same to read at a stretch, by ReDoc from our own host."""
    return render(request, "api/reference.html")
