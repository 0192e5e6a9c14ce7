"""A file that kills whoever looks into it is given up after a few attempts, in sight of its sender and of staff."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.documents.choices import UploadState
from foundation.documents.inspection import apart, limits
from foundation.documents.intake import actions, inspection
from foundation.documents.intake.inspection import ATTEMPTS
from foundation.documents.models import Upload
from foundation.documents.refusals import Unreachable
from foundation.jobs import actions as job_actions
from foundation.jobs.models import Job
from foundation.notifications.models import Notice
from foundation.tenancy.choices import Role
from tests.bed.sides import as_owner
from tests.documents.arriving import browser, look_into, newest, send, shown, stored


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def ann(world):
    return browser(world.ann)


@pytest.fixture
def killed(world, case, ann):
    """Each worker that had the file in hand was killed: nothing but the number of the claims is left."""
    send(ann, case.pk, b"hello")
    inspections().update(attempts=ATTEMPTS)
    return look_into(world.ann)


def inspections():
    return Job.objects.filter(task=actions.TASK)


def page_of(ann, upload):
    return shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))


def discard(ann, upload):
    return ann.post(reverse("upload_discard", kwargs={"pk": upload.pk}), {"submission_key": str(uuid4())})


def test_a_file_that_kills_its_workers_is_given_up_after_a_few_attempts(world, case, ann, killed):
    assert ATTEMPTS <= 5
    assert inspections().get().outcome == "WorkerLost"
    assert inspections().get().failed_at is not None
    assert "Could not be looked into" in page_of(ann, killed)
    listed = shown(ann.get(reverse("document_add", kwargs={"pk": case.pk})))
    assert "Could not be looked into" in listed
    assert ann.get(reverse("upload_piece", kwargs={"pk": killed.pk, "number": 0})).json()["state"] == "failed"
    with world.ann.acting() as by:
        assert Notice.objects.visible_to(by).filter(kind="documents.upload.not_looked_into").count() == 1


def test_an_error_of_ours_ends_the_same_way(world, case, ann, monkeypatch):
    def poison(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(apart, "inspect", poison)
    send(ann, case.pk, b"hello")
    for _time in range(ATTEMPTS):
        upload = look_into(world.ann)

    assert inspections().get().outcome == "ZeroDivisionError"
    assert "Could not be looked into" in page_of(ann, upload)


def test_its_sender_may_discard_it_and_nothing_of_it_stays(
    world, ann, killed, shelf, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert discard(ann, killed).status_code == 302

    assert newest(world.ann) is None
    assert stored(shelf) == []


def test_a_file_that_is_in_hand_is_not_discarded(world, case, ann, shelf):
    send(ann, case.pk, b"hello")

    assert discard(ann, newest(world.ann)).status_code == 409
    assert newest(world.ann).state == UploadState.INSPECTING
    assert stored(shelf)


def run_again(world):
    tina = world.house.person("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR, authority="Programme team")
    with tina.acting() as by:
        job_actions.run_again(job_id=inspections().get().pk, by=by, at=timezone.now())


def test_staff_start_it_again_and_it_is_filed(world, ann, killed):
    run_again(world)
    assert "Being looked into" in page_of(ann, killed)
    assert discard(ann, killed).status_code == 409

    assert look_into(world.ann).state == UploadState.READY


def test_what_was_discarded_is_not_missed_by_who_starts_it_again(world, ann, killed):
    discard(ann, killed)
    run_again(world)

    look_into(world.ann)

    assert inspections().get().outcome == "done"


def test_a_storage_that_is_too_slow_is_asked_again_and_the_file_is_not_refused(world, case, ann, monkeypatch):
    send(ann, case.pk, b"hello")
    with monkeypatch.context() as slow:
        slow.setattr(limits, "STORAGE_SECONDS", -1.0)
        upload = look_into(world.ann)

    assert (upload.state, upload.asked) == (UploadState.INSPECTING, 1)
    assert look_into(world.ann).state == UploadState.READY


def test_a_file_in_pieces_on_a_storage_that_is_too_slow_waits_as_well(world, case, ann, shelf):
    send(ann, case.pk, b"hello")
    with world.ann.acting() as by:
        look = inspection.Inspection()
        look.prepare(by, newest(world.ann).pk)
    look.upload.sha256 = ""

    with pytest.raises(Unreachable):
        inspection.kept_of(look.upload, key=look.key, seconds=-1.0)


def test_what_was_said_for_a_group_that_is_not_ones_own_any_more_is_asked_anew(world, case, ann):
    send(ann, case.pk, b"MZ" + bytes(500), title="Order of 3 May", audience="authority")
    refused = look_into(world.ann)
    with as_owner():
        Upload.objects.update(form={**refused.form, "audience": world.mira.membership.group_id})

    form = ann.get(reverse("document_add", kwargs={"pk": case.pk}) + f"?again={refused.pk}").context["form"]

    assert (form["title"].value(), form["audience"].value()) == ("Order of 3 May", "everyone")


def test_after_a_week_the_sender_reads_what_it_was(world, case, ann, monkeypatch):
    send(ann, case.pk, b"hello")
    with as_owner():
        Upload.objects.update(asked=1000)
    monkeypatch.setattr(limits, "STORAGE_SECONDS", -1.0)

    upload = look_into(world.ann)

    assert upload.state == UploadState.REFUSED
    assert "did not answer for a week, or was too slow" in page_of(ann, upload)
