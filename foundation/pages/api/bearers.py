"""Who asks: the token of the Authorization header, and nothing else. No session and no cookie opens the API."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from foundation.pages import clients
from foundation.pages.api import limits, problems
from foundation.systems import tokens
from foundation.systems.tokens import Bearer

SCHEME = "bearer"
CHALLENGE = 'Bearer realm="WBCJ Coordination"'


def of(request: HttpRequest) -> Bearer:
    """Whoever holds the token of this request. Raises Refused with 401, or 429 for a network that showed too many wrong ones."""
    network = clients.network(request)
    wait = limits.wait_of(network)
    if wait:
        raise problems.Refused(problems.TOO_MANY, headers={"Retry-After": str(wait)})
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not secret.strip():
        raise problems.Refused(problems.NO_TOKEN, headers={"WWW-Authenticate": CHALLENGE})
    try:
        return tokens.bearer(secret.strip(), address=clients.client(request), at=timezone.now())
    except tokens.Refused as error:
        limits.wrong(network)
        raise ended() from error


def ended() -> problems.Refused:
    """The answer to a token that opens nothing, or nothing any more."""
    return problems.Refused(problems.NO_TOKEN, headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})
