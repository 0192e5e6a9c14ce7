"""Limits on attempts: they slow down whoever guesses, and never keep a person out because of what a stranger does.

Nothing here counts against an account alone in a way that closes it. An attempt is taken before the password is looked at and given
back when it was right, so that a thousand at once are a thousand. What is refused is not checked, costs no hashing, and is answered
alike for an account that exists and one that does not. While Redis is away nothing is limited: a closed door would let whoever can
disturb Redis lock everybody out, and long passwords with second factors hold without.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from foundation.pages import clients, errors
from foundation.tenancy.models import Account
from wbcj.sign_in import actions, devices, happenings

QUARTER, HOUR = 15 * 60, 60 * 60


@dataclass(frozen=True)
class Limit:
    """So many attempts in each window of so many seconds."""

    name: str
    attempts: int
    window: int


PAIR = Limit("pair", 10, QUARTER)
"""One network against one account."""
NETWORK = Limit("network", 100, QUARTER)
"""One network against all accounts: an office behind one address makes mistakes, a guesser makes more."""
DEVICE = Limit("device", 20, QUARTER)
"""One known device for one of its own people; nobody else can use it up."""
ACCOUNT = Limit("account", 100, QUARTER)
"""All networks together against one account. It closes nothing: past it, each unknown network has fewer attempts, and never none."""
PAIR_UNDER_ATTACK = 3
CODES = Limit("codes", 30, HOUR)
"""Wrong codes from unknown devices for one account and its present password. Six digits need an end, and only who knows the password
gets there: so the person is told, and with a new password the count begins anew."""
TOLD = Limit("told", 1, HOUR)
"""Mails that say so."""
SESSION = Limit("session", 10, QUARTER)
"""Confirming one's password or a code inside a session."""
MAILS = Limit("mails", 3, HOUR)
"""Links for a new password to one person. Each outlives the window, so whoever used them up sent the person a good one."""
ASKING = Limit("asking", 30, QUARTER)
"""Links asked for by one network."""


@dataclass
class Attempt:
    """What was counted; given back when the attempt was no guess."""

    keys: list[str] = field(default_factory=list)

    def count(self, limit: Limit, what: str, *, most: int | None = None) -> int:
        """Count one more; how many seconds to wait when there are too many, else none."""
        key, left = _window(limit, what)
        cache.add(key, 0, timeout=limit.window + 60)
        try:
            found = cache.incr(key)
        except ValueError:
            return 0
        if found > (limit.attempts if most is None else most):
            return left
        self.keys.append(key)
        return 0

    def give_back(self) -> None:
        """It was right: it counts for nothing."""
        for key in self.keys:
            try:
                cache.decr(key)
            except ValueError:
                continue
        self.keys.clear()


def password(request: HttpRequest, login: str) -> Attempt:
    """Take one attempt to sign in as this address. Raises the answer 429."""
    who, attempt = devices.mark(login), Attempt()
    device = devices.known(request, login)
    if device is not None:
        _refuse(request, attempt.count(DEVICE, f"{device.id}:{who}"))
        return attempt
    where = clients.network(request)
    attacked = (cache.get(_window(ACCOUNT, who)[0]) or 0) > ACCOUNT.attempts
    _refuse(request, attempt.count(PAIR, f"{where}:{who}", most=PAIR_UNDER_ATTACK if attacked else None))
    _refuse(request, attempt.count(NETWORK, where))
    attempt.count(ACCOUNT, who, most=10 * ACCOUNT.attempts)
    return attempt


def code(request: HttpRequest, account: Account) -> Attempt:
    """Take one attempt at a code, after the password was right. Raises the answer 429."""
    if request.user.is_authenticated:
        return session(request)
    who, attempt = devices.mark(account.email), Attempt()
    device = devices.known(request, account.email)
    if device is not None:
        _refuse(request, attempt.count(DEVICE, f"code:{device.id}:{who}"))
        return attempt
    _refuse(request, attempt.count(PAIR, f"code:{clients.network(request)}:{who}"))
    wait = attempt.count(CODES, f"{who}:{devices.mark(account.password)}")
    if wait and Attempt().count(TOLD, who) == 0:
        actions.happened(happenings.CODES_GUESSED, account=account, at=timezone.now())
    _refuse(request, wait)
    return attempt


def first_use(account: Account, code: str) -> bool:
    """Is this right code of an app used for the first time while it counts? The app's clock may be a step early or late."""
    typed = "".join(filter(str.isalnum, code))
    lasts = settings.MFA_TOTP_PERIOD * (1 + 2 * settings.MFA_TOTP_TOLERANCE)
    return bool(cache.add(f"sign-in:code-used:{account.pk}:{devices.mark(typed)}", 1, timeout=lasts))


def session(request: HttpRequest) -> Attempt:
    """Take one attempt to confirm who one is, inside a session. Raises the answer 429."""
    attempt = Attempt()
    _refuse(request, attempt.count(SESSION, str(request.session.session_key)))
    return attempt


def asking(request: HttpRequest) -> None:
    """Count one request for a link from this network. Raises the answer 429."""
    _refuse(request, Attempt().count(ASKING, clients.network(request)))


def may_mail(login: str) -> bool:
    """May one more link go to this address? The page says the same either way."""
    return Attempt().count(MAILS, devices.mark(login)) == 0


def _refuse(request: HttpRequest, wait: int) -> None:
    if wait:
        raise ImmediateHttpResponse(errors.too_many(request, wait=wait))


def _window(limit: Limit, what: str) -> tuple[str, int]:
    """The counter of the window that runs now, and how many seconds it still runs."""
    now = int(time.time())
    return f"sign-in:{limit.name}:{now // limit.window}:{what}", limit.window - now % limit.window
