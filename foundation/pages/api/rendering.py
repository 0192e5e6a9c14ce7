"""Answers as JSON with a strong fingerprint, the Kosovo* rule included."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.renderers import JSONRenderer

from foundation.components import kosovo
from foundation.pages.api import marking, preconditions

MEDIA_TYPE = "application/json"
_FINGERPRINT = re.compile(r'(?:W/)?("[^"]*")')


def answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """The document, or 304 for a client that holds it already."""
    body = JSONRenderer().render(data)
    if kosovo.names_kosovo(body.decode()):
        body = JSONRenderer().render(marking.marked(data))
    fingerprint = preconditions.mark(data, hashlib.sha256(body).hexdigest()[:32])
    if _held(request.headers.get("If-None-Match", ""), fingerprint):
        return HttpResponse(status=304, headers={"ETag": fingerprint})
    return HttpResponse(body, content_type=MEDIA_TYPE, headers={"ETag": fingerprint})


def plain(data: dict[str, Any], *, status: int) -> HttpResponse:
    """What an act answers: no representation of anything, so without a fingerprint."""
    return HttpResponse(JSONRenderer().render(data), status=status, content_type=MEDIA_TYPE)


def _held(said: str, fingerprint: str) -> bool:
    """Whether the client says that it holds this very document; a proxy may have weakened its mark."""
    return said.strip() == "*" or fingerprint in _FINGERPRINT.findall(said)
