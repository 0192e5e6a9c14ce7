"""Middleware of the components app."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from foundation.components import kosovo


class KosovoNames:
    """Applies the Kosovo* rule to every HTML answer.

    Stands below anything that compresses or fingerprints an answer and above everything that writes one. Streamed
    answers (exports) are not HTML pages and mark their own text with `kosovo.mark_text`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the rule applied."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _is_html(response):
            _mark(response)
        return response


def _is_html(response: HttpResponse) -> bool:
    kind = str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    return kind in {"text/html", "application/xhtml+xml"} and "Content-Encoding" not in response.headers


def _mark(response: HttpResponse) -> None:
    charset = response.charset or "utf-8"
    language = str(response.headers.get("Content-Language", "") or translation.get_language() or "en")
    marked = kosovo.mark_html(response.content.decode(charset), language)
    response.content = marked.encode(charset)
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
