"""A printout is sent as any stored file: an attachment, in whole or in part, in its turn, and as long as its reader may have it."""

from __future__ import annotations

import random
import threading
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from foundation import access
from foundation.access import decisions
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.documents import sending
from foundation.documents.cipher import CHUNK
from foundation.documents.models import FileCheck
from foundation.documents.printing import working
from foundation.documents.printing.permissions import PrintingPermission
from foundation.documents.refusals import Broken
from foundation.documents.rendering.press import Printed
from foundation.documents.segments import SegmentReader
from foundation.documents.sending import Stopped
from foundation.jobs.models import Job
from tests.bed.sides import as_owner
from tests.printing.ordering import download, printed, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_paper(monkeypatch, printed_blank):
    """A paper of several pieces; the seal, the vault and the walls are real."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(printed_blank)))
    writer.add_attachment("noise", random.Random(1).randbytes(6 * CHUNK))
    made = BytesIO()
    writer.write(made)

    class Long:
        def printed(self, html, *, seconds):
            return Printed(pdf=made.getvalue(), pages=1, refused=0)

    monkeypatch.setattr(working, "_press", Long())


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira)
    return case


@pytest.fixture
def printout(world, case):
    return printed(world, case, world.mira)


@pytest.fixture
def mira(world, browser):
    return browser(world.mira)


@pytest.fixture
def address(printout):
    return reverse("printout_file", args=[printout.pk])


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def whole(mira, address):
    return body(mira.get(address))


def damage(shelf, place):
    (path,) = (each for each in shelf.rglob("*") if each.is_file())
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def stopped():
    with as_owner():
        return list(Event.objects.filter(verb="documents.printout.stopped").values_list("outcome", "membership"))


def test_it_goes_out_as_an_attachment_that_no_browser_opens(mira, address, printout):
    answer = mira.get(address)

    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert printout.code in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(body(answer)) == int(answer.headers["Content-Length"]) == printout.size


def test_a_part_is_that_part_and_one_behind_the_end_is_refused(mira, address, printout, whole):
    middle = mira.get(address, headers={"range": f"bytes={CHUNK - 1}-{CHUNK}"})
    other = mira.get(address, headers={"range": "bytes=5-9", "if-range": '"another file"'})
    behind = mira.get(address, headers={"range": f"bytes={len(whole)}-"})

    assert (middle.status_code, body(middle)) == (206, whole[CHUNK - 1 : CHUNK + 1])
    assert middle.headers["ETag"] == f'"{printout.sha256}"'
    assert (other.status_code, body(other)) == (200, whole)
    assert (behind.status_code, behind.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


def test_a_head_says_what_would_be_sent(mira, address, printout):
    answer = mira.head(address)

    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(printout.size))
    assert (answer.streaming, answer.content) == (False, b"")


def test_its_first_piece_is_read_in_no_transaction_of_its_reader(mira, address, whole, monkeypatch):
    read, acting = SegmentReader.chunk, []

    def watching(reader, index):
        acting.append(access.current_actor())
        return read(reader, index)

    monkeypatch.setattr(SegmentReader, "chunk", watching)

    assert body(mira.get(address)) == whole
    assert set(acting) == {None}


def test_it_takes_a_place_among_the_downloads_and_gives_it_back(mira, address, monkeypatch):
    only = threading.BoundedSemaphore(1)
    monkeypatch.setattr(sending, "slots", lambda: only)
    running = mira.get(address)
    next(iter(running.streaming_content))

    busy = mira.get(address)
    body(running)

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "30")
    assert "Many downloads are running" in busy.content.decode()
    assert body(mira.get(address))


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_it_ends_where_the_sight_ends(taken, world, case, mira, address, whole):
    pieces = iter(mira.get(address).streaming_content)
    had = b"".join(next(pieces) for _piece in range(taken))

    with world.ann.acting() as ann:
        share = Share.objects.visible_to(ann).get(root_id=case.pk, principal=world.mira.membership.group)
        access.revoke(by=ann, share_id=share.pk)

    with pytest.raises(Stopped):
        next(pieces)
    assert whole.startswith(had)
    assert len(had) < len(whole)
    assert stopped() == [("forbidden", world.mira.membership.pk)]
    assert mira.get(address).status_code == 404


def test_it_ends_where_the_role_or_the_membership_ends(world, mira, address, monkeypatch):
    by_role, by_membership = (iter(mira.get(address).streaming_content) for _each in range(2))
    next(by_role)
    next(by_membership)

    with monkeypatch.context() as changed:
        role = world.mira.membership.role
        changed.setitem(decisions._may, role, decisions._may[role] - {PrintingPermission.PRINT})
        with pytest.raises(Stopped):
            next(by_role)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_membership SET ends_at = starts_at + interval '1 second' WHERE id = %s",
            [world.mira.membership.pk],
        )
    with pytest.raises(Stopped):
        next(by_membership)
    assert len(stopped()) == 2


def test_a_file_that_was_damaged_is_not_given_out(world, case, mira, address, printout, browser, shelf):
    damage(shelf, 40)

    answer = mira.get(address)

    assert answer.status_code == 409
    assert "cannot be read" in answer.content.decode()
    assert FileCheck.objects.get(location=printout.location).intact is False

    # As the page says: it is printed again, and staff see that something is wrong.
    second = printed(world, case, world.mira)
    assert second.pk != printout.pk
    assert download(browser, world.mira, second)[0].status_code == 200


def test_what_breaks_on_the_way_is_reported_and_never_sent_to_its_end(mira, address, world, printout, shelf, whole):
    damage(shelf, -40)
    given = []

    def take_all():
        given.extend(mira.get(address).streaming_content)

    with pytest.raises(Broken):
        take_all()

    had = b"".join(given)
    assert whole.startswith(had)
    assert CHUNK <= len(had) < len(whole)
    assert FileCheck.objects.get(location=printout.location).intact is False
    told = Job.objects.filter(task="foundation.documents.tasks.alarm").values_list("membership", flat=True)
    assert list(told) == [world.mira.membership.pk]


def test_a_storage_that_is_away_is_answered_with_words(mira, address, monkeypatch):
    def away(*_arguments, **_named):
        raise TimeoutError

    monkeypatch.setattr("foundation.documents.storage.DurableFiles._open", away)
    answer = mira.get(address)

    assert answer.status_code == 503
    assert "The storage of files does not answer" in answer.content.decode()
    assert not FileCheck.objects.exists()


def test_a_paper_that_a_newer_one_replaced_meanwhile_is_no_damaged_one(
    world, case, mira, address, django_capture_on_commit_callbacks
):
    pieces = iter(mira.get(address).streaming_content)
    next(pieces)
    write(world, case)
    with django_capture_on_commit_callbacks(execute=True):
        printed(world, case, world.mira)

    with pytest.raises(Stopped):
        next(pieces)
    assert not FileCheck.objects.exists()
    assert mira.get(address).status_code == 409
