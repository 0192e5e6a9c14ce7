"""A download is authorised each time, sent as an attachment and nothing else, in whole or in part, and ends with the right to it."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.access import Level, audiences
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.documents.cipher import CHUNK
from foundation.documents.models import CustodyEntry, FileCheck
from foundation.documents.names import attachment, plain_name
from foundation.documents.refusals import Broken
from foundation.documents.sending import LEAST, Stopped
from foundation.jobs.models import Job
from tests.bed.sides import as_owner
from tests.documents.keeping import add_version, file_document, sha256, some_bytes

DATA = some_bytes(16 * CHUNK + 77)


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    return case


@pytest.fixture
def document(world, case):
    with world.ann.acting() as ann:
        return file_document(DATA, root_id=case.pk, by=ann, at=world.now, name="Захтев за правну помоћ.pdf")


def browser(person):
    client = Client()
    client.force_login(person.account)
    return client


def address(document, number=1):
    return reverse("document_download", kwargs={"pk": document.pk, "number": number})


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def mira(world):
    return browser(world.mira)


def test_who_sees_the_document_gets_it_as_it_was_filed(mira, document):
    response = mira.get(address(document), headers={"accept-encoding": "gzip, br"})

    assert response.status_code == 200
    assert body(response) == DATA
    headers = response.headers
    assert headers["Content-Length"] == str(len(DATA))
    assert headers["ETag"] == f'"{sha256(DATA)}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    assert headers["Content-Type"] == "application/octet-stream"
    assert "Content-Encoding" not in headers
    assert headers["Content-Disposition"].startswith("attachment;")
    name = headers["Content-Disposition"].split("filename*=UTF-8''")[1]
    assert unquote(name) == "Захтев за правну помоћ.pdf"


def test_custody_says_who_took_it_and_why(mira, world, document):
    sent = mira.post(address(document), {"why": " For the\0 hearing "}, headers={"range": "bytes=0-1"})
    assert (sent.status_code, body(sent)) == (200, DATA)

    with world.ann.acting() as ann:
        entry = CustodyEntry.objects.visible_to(ann).get(act="downloaded")
        assert (entry.by_id, entry.why) == (world.mira.membership.pk, "For the hearing")
        assert entry.fingerprint == sha256(DATA)


def test_a_stranger_gets_the_same_answer_as_for_what_is_not_there(world, document):
    stranger = browser(world.stranger)
    known = stranger.get(address(document))
    unknown = stranger.get(reverse("document_download", kwargs={"pk": world.house.partner("AL").pk, "number": 1}))

    assert known.status_code == unknown.status_code == 404
    for page in ("document", "document_custody", "document_withdraw"):
        assert stranger.get(reverse(page, kwargs={"pk": document.pk})).status_code == 404
    assert stranger.get(reverse("documents_of", kwargs={"pk": document.root_id})).status_code == 404
    assert Client().get(address(document)).status_code == 302


def test_a_document_for_an_audience_is_a_404_for_the_rest(world, case, mira):
    with world.ann.acting() as ann:
        hidden = file_document(b"ours", root_id=case.pk, by=ann, at=world.now, audience=audiences.SELF)

    assert mira.get(address(hidden)).status_code == 404
    assert mira.get(reverse("document", kwargs={"pk": hidden.pk})).status_code == 404
    assert b"Request of 3 May" not in mira.get(reverse("documents_of", kwargs={"pk": case.pk})).content


def test_each_version_has_its_own_file(world, document, mira):
    with world.ann.acting() as ann:
        add_version(b"second", document, by=ann, at=world.now)

    assert body(mira.get(address(document, 2))) == b"second"
    assert body(mira.get(address(document, 1))) == DATA
    assert mira.get(address(document, 3)).status_code == 404


def test_a_head_says_what_would_be_sent(mira, world, document):
    response = mira.head(address(document))

    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(len(DATA))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert not response.streaming
    with world.ann.acting() as ann:
        assert not CustodyEntry.objects.visible_to(ann).filter(act="downloaded").exists()


# --- parts -------------------------------------------------------------------------------------------------------------------
LAST = len(DATA) - 1


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, len(DATA)),
        (f"bytes={CHUNK - 1}-{CHUNK}", CHUNK - 1, CHUNK + 1),
        (f"bytes={LEAST - 5}-{LEAST + 5}", LEAST - 5, LEAST + 6),
        ("bytes=-10", len(DATA) - 10, len(DATA)),
        (f"bytes=-{len(DATA) * 2}", 0, len(DATA)),
        (f"bytes={LAST}-{LAST + 1000}", LAST, len(DATA)),
        ("BYTES=5-6", 5, 7),
    ],
)
def test_a_part_is_that_part(asked, start, end, mira, document):
    response = mira.get(address(document), headers={"range": asked})

    assert response.status_code == 206
    assert body(response) == DATA[start:end]
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(DATA)}"
    assert response.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", [f"bytes={len(DATA)}-", f"bytes={len(DATA)}-{len(DATA) + 5}", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(asked, mira, document):
    response = mira.get(address(document), headers={"range": asked})

    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=9-2", "lines=0-1", "bytes=-", "bytes=a-b", "bytes=0-1;", "x"]
)
def test_what_is_not_one_range_is_answered_with_the_whole(asked, mira, document):
    response = mira.get(address(document), headers={"range": asked})

    assert response.status_code == 200
    assert sha256(body(response)) == sha256(DATA)


def test_a_download_goes_on_only_with_the_same_file(mira, document):
    same = mira.get(address(document), headers={"range": "bytes=5-9", "if-range": f'"{sha256(DATA)}"'})
    other = mira.get(address(document), headers={"range": "bytes=5-9", "if-range": '"something else"'})
    weak = mira.get(address(document), headers={"range": "bytes=5-9", "if-range": f'W/"{sha256(DATA)}"'})

    assert (same.status_code, body(same)) == (206, DATA[5:10])
    for whole in (other, weak):
        assert whole.status_code == 200
        assert len(body(whole)) == len(DATA)


# --- revocation -----------------------------------------------------------------------------------------------------------------
def revoke(world, case):
    with world.ann.acting() as ann:
        share = Share.objects.visible_to(ann).live().get(root_id=case.pk, principal=world.mira.membership.group_id)
        access.revoke(by=ann, share_id=share.pk)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_running_download_stops_when_the_share_is_revoked(taken, world, case, document, mira):
    response = mira.get(address(document))
    pieces = iter(response.streaming_content)
    had = [next(pieces) for _piece in range(taken)]

    revoke(world, case)

    with pytest.raises(Stopped):
        next(pieces)
    assert DATA.startswith(b"".join(had))
    assert sum(map(len, had)) < len(DATA)
    assert mira.get(address(document)).status_code == 404
    with as_owner():
        assert Event.objects.filter(verb="documents.file.stopped", outcome="forbidden").count() == 1


def test_a_running_download_stops_when_the_membership_ends(world, document, mira):
    pieces = iter(mira.get(address(document)).streaming_content)
    next(pieces)

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_membership SET ends_at = starts_at + interval '1 second' WHERE id = %s",
            [world.mira.membership.pk],
        )

    with pytest.raises(Stopped):
        next(pieces)


def test_whoever_goes_away_leaves_nothing_open(document, mira):
    response = mira.get(address(document))
    reader = response._resource_closers[0].__self__._reader
    next(iter(response.streaming_content))

    response.close()

    assert reader.closed
    assert not connection.in_atomic_block or connection.savepoint_ids == []


# --- a broken file ----------------------------------------------------------------------------------------------------------------
def touch(shelf, document, place):
    path = shelf / str(document.versions.get().location) / "0"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def alarms():
    return Job.objects.filter(task="foundation.documents.tasks.alarm")


def test_a_file_that_is_broken_at_once_is_answered_with_words(world, document, mira, shelf):
    with world.ann.acting():
        touch(shelf, document, 100)

    response = mira.get(address(document))

    assert response.status_code == 409
    assert b"damaged" in response.content
    with world.ann.acting() as ann:
        entry = CustodyEntry.objects.visible_to(ann).get(act="verified")
        assert (entry.intact, entry.by_id) == (False, world.mira.membership.pk)
    check = FileCheck.objects.get(intact=False)
    assert "chunk 0" in check.problem
    assert {job.membership for job in alarms()} == {world.ann.membership.pk}
    assert b"Damaged" in mira.get(reverse("document", kwargs={"pk": document.pk})).content


def test_a_file_that_breaks_on_the_way_is_never_sent_to_its_end(world, document, mira, shelf):
    with world.ann.acting():
        touch(shelf, document, -1)
    response = mira.get(address(document))
    given = []

    def take_all():
        given.extend(iter(response.streaming_content))

    with pytest.raises(Broken):
        take_all()

    whole = b"".join(given)
    assert DATA.startswith(whole)
    assert CHUNK <= len(whole) <= 16 * CHUNK
    assert FileCheck.objects.filter(intact=False).count() == 1
    assert alarms().count() == 1


def test_a_storage_that_is_away_is_answered_with_words(document, mira, monkeypatch):
    def away(*_arguments, **_named):
        raise TimeoutError

    monkeypatch.setattr("foundation.documents.storage.DurableFiles._open", away)
    response = mira.get(address(document))

    assert response.status_code == 503
    assert b"try again" in response.content
    assert not FileCheck.objects.exists()


# --- names --------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("request.pdf", "request.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.doc", "a.doc"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ('say "hi".pdf', "say hi.pdf"),
        ("wide \uff02\uff3c\uff1b.pdf", "wide \uff02\uff3c\uff1b.pdf"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe"),
        ("", "document"),
        ("...", "document"),
        (".htaccess", "htaccess"),
        ("Përgjigje ë ç.pdf", "Përgjigje ë ç.pdf"),
        ("Одговор Ѓорѓи.docx", "Одговор Ѓорѓи.docx"),
    ],
)
def test_a_name_is_safe_and_still_the_name(given, plain):
    assert plain_name(given) == plain
    header = attachment(given)
    assert re.fullmatch(r"attachment; filename=\"[ !#$&-:<-\[\]-~]+\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+", header)


def test_a_long_name_keeps_its_ending():
    name = plain_name("x" * 500 + ".pdf")
    assert len(name) <= 200
    assert name.endswith(".pdf")


def test_an_empty_file_is_opened_too(world, case, mira, shelf):
    with world.ann.acting() as ann:
        empty = file_document(b"", root_id=case.pk, by=ann, at=world.now)
    assert body(mira.get(address(empty))) == b""

    with world.ann.acting():
        touch(shelf, empty, -1)
    assert mira.get(address(empty)).status_code == 409


def test_a_slow_line_is_asked_about_more_often(document, mira, monkeypatch):
    seconds = iter(range(0, 1000, 2))
    monkeypatch.setattr("foundation.documents.sending.time.monotonic", lambda: next(seconds))
    slow = [len(piece) for piece in mira.get(address(document)).streaming_content]
    monkeypatch.setattr("foundation.documents.sending.time.monotonic", lambda: 0.0)
    quick = [len(piece) for piece in mira.get(address(document)).streaming_content]

    assert sum(slow) == sum(quick) == len(DATA)
    assert set(slow[:-1]) == {LEAST}
    assert max(quick) > 4 * LEAST
