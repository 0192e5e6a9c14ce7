"""The inbox pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import inbox, kinds
from foundation.notifications.models import Notice

HINT = kinds.declare("tests.inbox.hinted", "Something happened.")


@pytest.fixture
def share(ann, bob, meeting):
    """Bob sees the meeting and was told so; the key of his share."""
    with ann.acting() as actor:
        group = bob.membership.group_id
        key = access.grant(by=actor, root_id=meeting, principal=group, level=Level.VIEW, reason=Reason.SHARE)
        inbox.tell(kind=HINT, root_id=meeting, principals=[group], by=actor, at=timezone.now())
    return key


def test_a_line_names_what_it_is_about_and_leads_there(bob, meeting, share, browser):
    page = browser(bob).get(reverse("inbox")).content.decode()

    assert "Something happened." in page
    assert "M-2026-KRONOS" in page
    assert reverse("root", kwargs={"pk": meeting}) in page
    assert "new" in page


def test_a_line_about_what_is_not_visible_any_more_says_so_without_naming_it(ann, bob, meeting, share, browser):
    with ann.acting() as actor:
        access.revoke(by=actor, share_id=share)

    page = browser(bob).get(reverse("inbox")).content.decode()

    assert "You do not see this any more." in page
    assert "KRONOS" not in page
    assert str(meeting) not in page


def test_one_button_marks_all_as_read(bob, share, browser):
    his = browser(bob)

    answer = his.post(reverse("inbox"), {"submission_key": str(uuid4())})

    assert answer.status_code == 302
    with bob.acting() as actor:
        assert not Notice.objects.visible_to(actor).unread().exists()
    assert "Mark all as read" not in his.get(reverse("inbox")).content.decode()


def test_nobody_reads_or_marks_the_inbox_of_somebody_else(ann, bob, share, browser):
    hers = browser(ann)
    hers.post(reverse("inbox"), {"submission_key": str(uuid4())})

    assert "Something happened." not in hers.get(reverse("inbox")).content.decode()
    with bob.acting() as actor:
        assert Notice.objects.visible_to(actor).unread().count() == 1


def test_pages_of_the_inbox_show_every_line_once(bob, meeting, share):
    with bob.acting() as actor:
        now = timezone.now()
        for number in range(24):
            at = now - timedelta(hours=number // 3)
            Notice.objects.create(membership_id=actor.membership_id, kind=HINT.name, root=meeting, at=at)
        seen, after = [], None
        for _page in range(5):
            lines, after = inbox.page(actor, after=after, limit=6)
            seen += [line.notice.pk for line in lines]
            if after is None:
                break

    assert len(seen) == len(set(seen)) == 25


@pytest.mark.parametrize("after", ["nonsense", "x" * 4000, "%00", "MjAyNi0xMS0yMnw"])
def test_a_cursor_that_we_never_gave_out_is_not_there(after, bob, browser):
    assert browser(bob).get(f"{reverse('inbox')}?after={after}").status_code == 404


def test_the_inbox_takes_the_same_number_of_statements_for_one_line_and_for_fifty(bob, meeting, share, browser):
    his = browser(bob)
    his.get(reverse("inbox"))
    with CaptureQueriesContext(connection) as few:
        his.get(reverse("inbox"))
    with bob.acting() as actor:
        for _number in range(60):
            Notice.objects.create(membership_id=actor.membership_id, kind=HINT.name, root=meeting, at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        his.get(reverse("inbox"))

    assert len(many) == len(few) <= 8


def post(browser, **data):
    return browser.post(reverse("inbox"), {"submission_key": str(uuid4()), **data})


def test_one_line_is_marked_read_and_new_again(bob, share, browser):
    his = browser(bob)
    with bob.acting() as actor:
        (notice,) = Notice.objects.visible_to(actor)

    post(his, notice=notice.pk, mark="read")
    assert "Mark as new" in his.get(reverse("inbox")).content.decode()

    post(his, notice=notice.pk, mark="new")
    with bob.acting() as actor:
        assert Notice.objects.visible_to(actor).unread().count() == 1


def test_a_line_of_somebody_else_is_not_there(ann, bob, share, browser):
    with bob.acting() as actor:
        (notice,) = Notice.objects.visible_to(actor)

    assert post(browser(ann), notice=notice.pk, mark="read").status_code == 404


def test_the_inbox_shows_what_is_new_alone_and_says_when_there_is_nothing(bob, share, browser):
    his, new = browser(bob), reverse("inbox") + "?show=unread"
    assert "Something happened." in his.get(new).content.decode()

    post(his)

    page = his.get(new).content.decode()
    assert "Something happened." not in page
    assert "Nothing new" in page
    assert "Something happened." in his.get(reverse("inbox")).content.decode()


def badge(browser):
    entries = {entry["url"]: entry["badge"] for entry in browser.get(reverse("home")).context["navigation"]}
    return entries[reverse("inbox")]


def test_the_head_of_every_page_says_how_much_is_new(
    ann, bob, meeting, share, browser, django_capture_on_commit_callbacks
):
    his = browser(bob)
    assert badge(his) == "1"
    with django_capture_on_commit_callbacks(execute=True), ann.acting() as actor:
        inbox.tell(kind=HINT, root_id=meeting, principals=[bob.membership.group_id], by=actor, at=timezone.now())
    assert badge(his) == "2"

    with django_capture_on_commit_callbacks(execute=True):
        post(his)

    assert badge(his) == ""


def test_the_number_in_the_head_costs_a_page_nothing_while_it_is_remembered(bob, share, browser):
    his = browser(bob)
    his.get(reverse("inbox"))
    with CaptureQueriesContext(connection) as captured:
        his.get(reverse("inbox"))

    assert [one["sql"] for one in captured if "notifications_notice" in one["sql"]] != []
    assert len([one for one in captured if "notifications_notice" in one["sql"]]) == 1
