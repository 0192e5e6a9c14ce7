"""Every night each stored file is held against its fingerprint; what broke is seen by whoever can do something about it."""

from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Level, NotThere
from foundation.documents import checking, nightly, tasks
from foundation.documents.checking import ALARM_TASK
from foundation.documents.cipher import CHUNK
from foundation.documents.models import CustodyEntry, FileCheck
from foundation.documents.refusals import Unreachable
from foundation.jobs.models import Job
from foundation.notifications.models import Notice
from foundation.tenancy.choices import Role
from tests.bed.sides import as_owner
from tests.documents.keeping import file_document

NIGHT = timedelta(seconds=30)


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def document(world, case):
    with world.ann.acting() as ann:
        return file_document(b"what was filed" * 1000, root_id=case.pk, by=ann, at=world.now)


@pytest.fixture
def segment(world, document, shelf):
    with world.ann.acting():
        return shelf / str(document.versions.get().location) / "0"


def damage(segment):
    data = bytearray(segment.read_bytes())
    data[50] ^= 1
    segment.write_bytes(data)


def later(hours):
    """The same as if so many hours had passed since every check."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_filecheck SET begun_at = begun_at - make_interval(hours => %s),"
            " checked_at = checked_at - make_interval(hours => %s)",
            [hours, hours],
        )


def verified(world, document):
    with world.ann.acting() as ann:
        found = CustodyEntry.objects.visible_to(ann).filter(document=document, act="verified").order_by("at")
        return [(entry.intact, entry.by_id) for entry in found]


def run(job):
    """As a worker does, whose transaction begins after the job was written."""
    with as_owner():
        Job.objects.filter(pk=job.pk).update(due_at=job.due_at - timedelta(hours=1))
    return tasks.alarm(job_id=str(job.pk))


def alarms():
    return Job.objects.filter(task=ALARM_TASK)


def test_an_intact_file_is_checked_once_a_night_and_custody_says_so_once_a_month(world, document, segment):
    for _night in range(3):
        assert nightly.check_files(budget=NIGHT).intact == 1
        assert nightly.check_files(budget=NIGHT).intact == 0, "again in the same night"
        later(24)

    assert verified(world, document) == [(True, None)]
    assert FileCheck.objects.get().intact is True


@pytest.mark.usefixtures("document")
def test_a_damaged_file_is_on_record_and_its_managers_are_told(world, case, document, segment):
    world.share(case, world.mira, Level.CONTRIBUTE)
    damage(segment)

    assert nightly.check_files(budget=NIGHT).broken == 1

    assert verified(world, document) == [(False, None)]
    assert [job.membership for job in alarms()] == [world.ann.membership.pk]
    assert run(alarms().get()) == "done"
    with world.ann.acting() as ann:
        notice = Notice.objects.visible_to(ann).get(kind="documents.file.broken")
        assert notice.root == case.pk
    with world.mira.acting() as mira:
        assert not Notice.objects.visible_to(mira).filter(kind="documents.file.broken").exists()


def test_of_a_damaged_file_with_an_audience_no_manager_outside_it_is_told(world, case, shelf):
    world.share(case, world.mira, Level.MANAGE)
    with world.ann.acting() as ann:
        hidden = file_document(b"ours alone" * 1000, root_id=case.pk, by=ann, at=world.now, audience="authority")
        damage(shelf / str(hidden.versions.get().location) / "0")

    assert nightly.check_files(budget=NIGHT).broken == 1

    assert [job.membership for job in alarms()] == [world.ann.membership.pk]


def test_of_a_damaged_file_for_everyone_every_manager_is_told(world, case, segment):
    world.share(case, world.mira, Level.MANAGE)
    damage(segment)

    assert nightly.check_files(budget=NIGHT).broken == 1

    assert {job.membership for job in alarms()} == {world.ann.membership.pk, world.mira.membership.pk}


def test_nobody_is_told_twice_and_what_was_put_back_is_intact_again(world, document, segment):
    whole = segment.read_bytes()
    for _night in range(2):
        damage(segment)
        nightly.check_files(budget=NIGHT)
        later(24)
        segment.write_bytes(whole)
        damage(segment)
    assert alarms().count() == 1

    segment.write_bytes(whole)
    assert nightly.check_files(budget=NIGHT).intact == 1
    assert verified(world, document) == [(False, None), (True, None)]


def test_a_missing_file_is_damaged(world, document, segment):
    segment.unlink()

    assert nightly.check_files(budget=NIGHT).broken == 1
    assert "gone" in FileCheck.objects.get().problem


def test_nothing_is_said_of_files_while_the_storage_is_away(document, segment, monkeypatch):
    def away(_due, **_until):
        raise Unreachable

    with monkeypatch.context() as patch:
        patch.setattr(nightly, "examined", away)
        assert nightly.check_files(budget=NIGHT).away
    assert FileCheck.objects.get().intact is None
    assert nightly.check_files(budget=NIGHT).intact == 0, "claimed by the run that was interrupted"
    later(2)
    assert nightly.check_files(budget=NIGHT).intact == 1


def test_the_check_goes_on_where_its_time_was_up(world, case):
    with world.ann.acting() as ann:
        for number in range(3):
            file_document(bytes([number]), root_id=case.pk, by=ann, at=world.now)

    assert nightly.check_files(budget=timedelta(0)).intact == 0
    assert nightly.check_files(budget=NIGHT).intact == 3


def test_the_task_says_how_the_night_went(document, segment):
    damage(segment)

    assert tasks.check_files() == "0 intact, 1 damaged"


def test_staff_see_that_a_file_is_damaged_and_not_which_document_it_is(world, document, segment):
    damage(segment)
    nightly.check_files(budget=NIGHT)
    tech = world.house.person("Tim", "EJ", Role.TECHNICAL_ADMINISTRATOR, authority="IT")
    type(tech.account).objects.filter(pk=tech.account.pk).update(is_staff=True)
    client = Client()
    client.force_login(tech.account)

    page = client.get(reverse("console_files")).content.decode()

    assert segment.parent.name in page
    assert "Request of 3 May" not in page
    assert 'Damaged files</a> <span class="count">1</span>' in client.get(reverse("console")).content.decode()
    other = Client()
    other.force_login(world.ann.account)
    assert other.get(reverse("console_files")).status_code == 403


def test_a_reader_cannot_call_a_file_broken_that_they_do_not_see(world, segment):
    def call():
        with transaction.atomic():
            checking.report(location=UUID(segment.parent.name), intact=False, problem="x", at=world.now)

    with world.stranger.acting(), pytest.raises(NotThere):
        call()
    assert not FileCheck.objects.exists()


def test_a_reader_outside_its_audience_cannot_call_a_file_broken(world, case):
    world.share(case, world.mira, Level.MANAGE)
    with world.ann.acting() as ann:
        hidden = file_document(b"ours alone", root_id=case.pk, by=ann, at=world.now, audience="authority")
        location = hidden.versions.get().location

    with world.mira.acting(), pytest.raises(NotThere), transaction.atomic():
        checking.report(location=location, intact=False, problem="x", at=world.now)
    assert not FileCheck.objects.exists()


def test_what_is_claimed_says_nothing_of_what_it_is(document, segment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_to_check(10, now())")
        names = {column.name for column in cursor.description}
    assert names == {"location", "root", "size", "sha256", "wrapped_key", "root_key", "master"}


@pytest.fixture
def film(world, case):
    with world.ann.acting() as ann:
        return file_document(b"x" * 3 * CHUNK, root_id=case.pk, by=ann, at=world.now)


def test_a_file_whose_check_takes_too_long_is_seen_and_the_others_are_checked_the_same_night(world, film, document):
    with world.ann.acting():
        large, small = film.versions.get().location, document.versions.get().location

    night = nightly.check_files(budget=NIGHT, longest=timedelta(0))

    assert (night.too_slow, night.intact, night.away) == (1, 1, False)
    assert FileCheck.objects.get(pk=large).checked_at is None
    assert FileCheck.objects.get(pk=small).intact
    later(2)
    assert [check.location for check in checking.standing(timezone.now()).damaged] == [large]


def test_a_later_check_that_never_ended_is_seen_too(document):
    nightly.check_files(budget=NIGHT)
    with as_owner():
        FileCheck.objects.update(
            begun_at=timezone.now() - timedelta(hours=2), checked_at=timezone.now() - timedelta(days=1)
        )

    assert checking.standing(timezone.now()).unended == 1


def test_a_large_file_holds_one_worker_and_not_two(document):
    """While one run goes on, in a session of its own, another one leaves the files to it."""
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [nightly.ONE_CHECKS])
        assert nightly.check_files(budget=NIGHT) == nightly.Night()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [nightly.ONE_CHECKS])

    assert nightly.check_files(budget=NIGHT).intact == 1


def test_the_largest_file_can_be_checked_within_the_time_limit_of_the_task(settings):
    assert timedelta(seconds=tasks.check_files.time_limit) > nightly.BUDGET + nightly.LONGEST
    assert settings.WBCJ_UPLOAD_LIMIT / nightly.LONGEST.total_seconds() < 5_000_000, (
        "bytes a second that a storage has to give"
    )


def test_the_schedule_wakes_at_night_alone(settings):
    hours = settings.CELERY_BEAT_SCHEDULE["check files"]["schedule"].hour
    assert hours == {20, 21, 22, 23, 0, 1, 2, 3}
