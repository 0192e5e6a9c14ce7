"""The database breaks off: 503 in the look of the house, true about what was changed, with everything that was typed."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from faults.interruption.deeds import browser, fields
from foundation.notifications.models import Notice
from foundation.pages import errors
from tests.people import Person

pytestmark = pytest.mark.urls("tests.pages.urls")
ADDRESS = "/tests/broken-off/"
TYPED = {"text": "Half a story", "version": "1", "submission_key": "8f3c1a0e-7f8b-4a55-8f7e-5d9a1f2b3c4d"}


def test_a_form_that_broke_off_is_503_and_goes_again_with_one_button(ann: Person) -> None:
    hers = browser(ann)

    answer = hers.post(ADDRESS, TYPED)

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Nothing was changed" in page
    assert "Half a story</textarea>" in page
    assert "Kronos" not in page
    carried = fields(page, to=ADDRESS)
    assert carried.pop("csrfmiddlewaretoken")
    assert carried == {name: [value] for name, value in TYPED.items()}

    assert hers.post("/tests/note/", carried).status_code == 302
    with ann.acting() as actor:
        assert Notice.objects.visible_to(actor).filter(kind="tests.Half a story").count() == 1


def test_no_password_goes_along(ann: Person) -> None:
    page = browser(ann).post(ADDRESS, {**TYPED, "password": "a secret of hers"}).content.decode()

    assert "a secret of hers" not in page
    assert "you will type them once more" in page


def test_a_page_that_broke_off_is_loaded_again(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("cases.views.cases.CaseList.load", break_off)

    answer = browser(ann).get("/cases/?status=open")

    assert answer.status_code == 503
    assert "load the page again" in answer.content.decode()
    assert 'href="/cases/?status=open"' in answer.content.decode()


def test_a_form_that_no_page_had_begun_with_is_not_offered_again(rf: RequestFactory) -> None:
    request = rf.post(ADDRESS, TYPED)

    answer = errors.broke_off(request)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert fields(page, to=ADDRESS) == {}
    assert "Nothing was changed" not in page
    assert "Half a story" in page


def test_another_error_stays_500(ann: Person) -> None:
    assert browser(ann).get("/tests/broken/").status_code == 500
