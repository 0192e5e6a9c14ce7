"""Answers as JSON with a strong fingerprint. The Kosovo* rule holds here too: marked where named, with the footnote once."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from rest_framework.renderers import JSONRenderer

from foundation.components import kosovo

MEDIA_TYPE = "application/json"
FOOTNOTE = "footnote"
_FINGERPRINT = re.compile(r'(?:W/)?("[^"]*")')


def answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """The document, or 304 for a client that holds it already."""
    body = JSONRenderer().render(data)
    if kosovo.names_kosovo(body.decode()):
        body = JSONRenderer().render(_marked(data) | {FOOTNOTE: kosovo.footnote(translation.get_language() or "en")})
    fingerprint = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if _held(request.headers.get("If-None-Match", ""), fingerprint):
        return HttpResponse(status=304, headers={"ETag": fingerprint})
    return HttpResponse(body, content_type=MEDIA_TYPE, headers={"ETag": fingerprint})


def _held(said: str, fingerprint: str) -> bool:
    """Whether the client says that it holds this very document; a proxy may have weakened its mark."""
    return said.strip() == "*" or fingerprint in _FINGERPRINT.findall(said)


def _marked(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _marked(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_marked(value) for value in data]
    return kosovo.mark_text(data) if isinstance(data, str) else data
