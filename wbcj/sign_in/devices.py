"""Known devices: a browser that somebody signed in with before carries a signed cookie that says so, and opens nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

SALT = "wbcj.sign_in.device"
KEPT = timedelta(days=180)
PEOPLE = 20


@dataclass(frozen=True)
class Device:
    """A browser, and whom it was used by, as marks that name nobody."""

    id: str
    people: tuple[str, ...]


def mark(login: str) -> str:
    """What stands for a typed address in cookies and counters: nobody can read the address from it."""
    return salted_hmac(SALT, login.strip().casefold()).hexdigest()[:32]


def known(request: HttpRequest, login: str) -> Device | None:
    """The device that the request comes from, when this person signed in with it before."""
    device = _carried(request)
    return device if device and mark(login) in device.people else None


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Let the browser prove later that this person signed in with it."""
    device = _carried(request) or Device(secrets.token_hex(16), ())
    others = [one for one in device.people if one != mark(login)]
    people = [*others, mark(login)][-PEOPLE:]
    response.set_cookie(
        settings.WBCJ_DEVICE_COOKIE,
        signing.dumps([device.id, people], salt=SALT),
        max_age=KEPT,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _carried(request: HttpRequest) -> Device | None:
    try:
        found = signing.loads(request.COOKIES.get(settings.WBCJ_DEVICE_COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    return Device(found[0], tuple(found[1]))


# In this order: every browser also claims to be its ancestors.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """Browser and system in words that a person knows; what the browser says of itself proves nothing."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
