"""The admin console: who comes in, what it shows, and that it shows no case content."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.audit import events
from foundation.jobs import actions
from foundation.jobs.models import Job
from foundation.tenancy.choices import Role

PAGES = [
    "console",
    "console_clients",
    "console_deliveries",
    "console_events",
    "console_files",
    "console_gallery",
    "console_papers",
    "console_partners",
    "console_people",
    "console_reminders",
    "console_work",
]


@pytest.fixture
def tina(house):
    """A technical administrator who may open the console."""
    return house.staff("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)


@pytest.fixture
def failed(ann):
    now = timezone.now()
    return Job.objects.create(
        task="tests.fails",
        key="failed",
        subject=uuid4(),
        account=ann.account.pk,
        membership=ann.membership.pk,
        due_at=now - timedelta(hours=1),
        created_at=now,
        attempts=8,
        failed_at=now,
        outcome="ValueError",
    )


def done(person, verb):
    """Who did such an act to what, as the record tells it."""
    with person.acting() as actor:
        return [(one.membership, one.root) for one in events.newest(actor, before=None) if one.verb == verb]


@pytest.mark.parametrize("name", PAGES)
def test_the_console_opens_for_a_technical_administrator(name, tina, browser):
    assert browser(tina).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_whoever_is_not_signed_in_comes_through_the_one_door(name, client, db):
    answer = client.get(reverse(name))

    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_the_role_without_the_mark_on_the_account_is_not_enough(name, tina, browser):
    tina.account.is_staff = False
    tina.account.save(update_fields=["is_staff"])

    assert browser(tina).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_the_mark_on_the_account_without_the_role_is_not_enough(name, ann, browser):
    ann.account.is_staff = True
    ann.account.save(update_fields=["is_staff"])

    assert browser(ann).get(reverse(name)).status_code == 403


def test_a_technical_administrator_whose_membership_ended_is_out(tina, house, browser):
    tina.membership.ends_at = timezone.now() - timedelta(minutes=1)
    tina.membership.save(update_fields=["ends_at"])

    assert browser(tina).get(reverse("console")).status_code == 403


def test_the_record_shows_keys_and_no_titles(tina, ann, meeting, browser):
    browser(ann).get("/")
    browser(ann).get(reverse("root", kwargs={"pk": meeting}))

    page = browser(tina).get(reverse("console_events")).content.decode()

    assert str(meeting) in page
    assert "home.address.followed" in page
    assert "KRONOS" not in page.upper()


def test_reading_the_record_is_on_record(tina, browser):
    browser(tina).get(reverse("console_events"))

    with tina.acting() as actor:
        assert "console.events.viewed" in {event.verb for event in events.newest(actor, before=None)}


def test_nobody_else_reads_the_record_not_even_through_the_database(ann, db):
    with ann.acting() as actor, pytest.raises(access.Forbidden):
        events.newest(actor, before=None)


def test_older_events_follow_the_newer_ones(tina):
    with tina.acting() as actor:
        newest = events.newest(actor, before=None, limit=5)
        older = events.newest(actor, before=newest[-1].at, limit=5) if newest else []

    assert not {event.pk for event in newest} & {event.pk for event in older}


def test_failed_work_is_listed_and_can_run_again(tina, failed, browser):
    hers = browser(tina)
    assert "tests.fails" in hers.get(reverse("console_work")).content.decode()
    place = reverse("console_run_again", kwargs={"job": failed.pk})
    assert hers.get(place).status_code == 200

    answer = hers.post(place, {"submission_key": str(uuid4())})

    assert answer.headers["Location"] == reverse("console_work")
    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts, failed.outcome) == (None, 0, "")
    assert hers.post(place, {"submission_key": str(uuid4())}).status_code == 409
    assert done(tina, "jobs.job.run_again") == [(tina.membership.pk, failed.pk)]


def test_the_button_of_failed_work_pressed_twice_runs_it_once(tina, failed, browser):
    hers, place = browser(tina), reverse("console_run_again", kwargs={"job": failed.pk})
    sent = {"submission_key": str(uuid4())}

    assert [hers.post(place, sent).status_code for _time in range(2)] == [302, 302]
    assert len(done(tina, "jobs.job.run_again")) == 1


def test_work_that_has_not_failed_or_is_not_there_is_not_run_again(tina, failed, browser):
    hers, now = browser(tina), timezone.now()
    Job.objects.filter(pk=failed.pk).update(failed_at=None, attempts=3)

    answer = hers.post(reverse("console_run_again", kwargs={"job": failed.pk}), {"submission_key": str(uuid4())})

    assert answer.status_code == 409
    failed.refresh_from_db()
    assert (failed.attempts, failed.outcome) == (3, "ValueError")
    assert done(tina, "jobs.job.run_again") == []
    assert hers.get(reverse("console_run_again", kwargs={"job": uuid4()})).status_code == 404
    with tina.acting() as actor, pytest.raises(Job.DoesNotExist):
        actions.run_again(job_id=uuid4(), by=actor, at=now)


def test_a_queue_that_no_worker_takes_is_told_on_the_first_page_and_by_name(tina, failed, browser):
    hers, told = browser(tina), "Background work stands still"
    assert told not in hers.get(reverse("console")).content.decode()

    task, since = "foundation.documents.tasks.inspect_upload", timezone.now() - timedelta(minutes=10)
    Job.objects.filter(pk=failed.pk).update(task=task, failed_at=None, due_at=since)

    assert told in hers.get(reverse("console")).content.decode()
    assert "Work has been due in the queue “slow” for minutes" in hers.get(reverse("console_work")).content.decode()


def test_nobody_else_lets_work_run_again(ann, failed, browser):
    place = reverse("console_run_again", kwargs={"job": failed.pk})

    assert browser(ann).post(place, {"submission_key": str(uuid4())}).status_code == 403
    with ann.acting() as actor, pytest.raises(access.Forbidden):
        actions.run_again(job_id=failed.pk, by=actor, at=timezone.now())


def test_the_console_shows_no_case_content_even_to_one_who_was_given_a_share(tina, ann, meeting, browser):
    with ann.acting() as actor:
        group = tina.membership.group_id
        access.grant(by=actor, root_id=meeting, principal=group, level=Level.VIEW, reason=Reason.SHARE)
    hers = browser(tina)

    for name in PAGES:
        assert "KRONOS" not in hers.get(reverse(name)).content.decode().upper()
