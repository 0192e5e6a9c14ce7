"""Says where a request comes from, for the product's own web server to serve."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest

from foundation.pages import clients


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The address of the client, and nothing else."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [clients.client(WSGIRequest(environ)).encode()]
