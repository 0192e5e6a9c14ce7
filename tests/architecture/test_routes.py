"""Every address has a policy: a permission and a verb for the record, or a reason to have none."""

import pytest

from foundation import access
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from tests.architecture.pages import Route, routes
from wbcj import composition, roles

PUBLIC_ROUTES = {
    "accessibility": "a statement for everybody; reads settings alone",
    "privacy": "a statement for everybody; reads settings alone",
    "acting": "chooses the membership, so it stands before any; asks for the session and records the switch",
    "calendar": "a secret address in place of a session: acts for its owner through both walls, limited and on record",
    "health_live": "says that the process answers",
    "health_ready": "says that database and broker answer",
    "mfa_reauthenticate_webauthn": "the sign-in library's own page, which leads back to itself; asks for the session",
    "verify": "anybody who holds a file may ask whether it is the sealed original; reads nothing but fingerprints",
    "set_language": "Django's own: writes a cookie",
}
NOT_ABOUT_A_ROOT = {
    "console_delivery": "a delivery is no root; its page shows keys and instants only",
    "console_holiday_strike": "a public holiday is no root: reference data",
    "console_offset_end": "an offset is no root: reference data",
    "console_reminder_run_again": "a reminder is no root; its page shows keys and instants only",
    "console_run_again": "a job is no root; its page shows keys and instants only",
}
# Sign-in by allauth: before anybody acts. Its pages read accounts and sessions alone.
SIGN_IN = "account/"

# Operations of partner systems have a guard of their own (test_api.py).
API = "api/"

OURS = [r for r in routes() if (r.ours or not r.pattern.startswith(SIGN_IN)) and not r.pattern.startswith(API)]


def page_of(route: Route) -> type[ActorPage] | None:
    return route.page if route.page and issubclass(route.page, ActorPage) else None


PAGES = [(route, page) for route in OURS if (page := page_of(route))]


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.pattern or "home")
def test_every_address_has_a_policy(route):
    if route.name in PUBLIC_ROUTES:
        return
    page = page_of(route)
    assert page, f"{route.pattern} is neither an ActorPage nor in PUBLIC_ROUTES"
    assert isinstance(getattr(page, "permission", None), access.Permission)
    assert getattr(page, "verb", "").count(".") >= 2


def test_no_stale_exceptions():
    named = {route.name for route in OURS if not page_of(route)}
    assert set(PUBLIC_ROUTES) == named


def test_every_permission_of_a_page_is_given_to_somebody():
    given = {str(permission) for permissions in roles.MAY.values() for permission in permissions}
    assert {str(page.permission) for _route, page in PAGES} <= given


def test_no_two_pages_share_a_name():
    names = [route.name for route in OURS]
    assert "" not in names
    assert sorted(names) == sorted(set(names))


def test_a_page_about_a_record_takes_its_key():
    """The refusal of a page is recorded with the key that was asked for, and finds it under this name."""
    keyed = {r.name for r, _page in PAGES if "<uuid:" in r.pattern and "<uuid:pk>" not in r.pattern}
    assert keyed == set(NOT_ABOUT_A_ROOT)


def test_every_form_page_acts():
    idle = [r.pattern for r, page in PAGES if issubclass(page, ActionPage) and page.act is ActionPage.act]
    assert idle == []


def test_the_addresses_of_roots_and_the_navigation_lead_somewhere():
    pages = {route.name: (route.pattern, page) for route, page in PAGES}
    for name in composition.ADDRESSES.values():
        assert "<uuid:pk>" in pages[name][0]
    for entry in composition.NAVIGATION:
        assert pages[entry.url_name][1].permission == entry.permission
