"""A file comes in: read only for who may file it, encrypted while it arrives, looked into, then filed or refused with its reasons."""

import io
import re
import threading
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse

from cases import actions as case_actions
from cases.models import Note
from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.documents import scanner, vault
from foundation.documents.choices import UploadState
from foundation.documents.cipher import SEALED
from foundation.documents.intake import slots
from foundation.documents.models import CustodyEntry, Document, DocumentVersion, Upload
from foundation.jobs.models import Job
from tests.bed.sides import as_owner
from tests.documents import clamd
from tests.documents.arriving import browser, look_into, newest, send, typed
from tests.documents.clamd import Ways
from tests.documents.corpus.letters import EICAR, svg
from tests.documents.corpus.portable import pdf, script
from tests.documents.keeping import sha256, some_bytes


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    return case


@pytest.fixture
def ann(world):
    return browser(world.ann)


def documents(person):
    with person.acting() as by:
        return list(Document.objects.visible_to(by))


def stored(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def shown(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_file_is_filed_as_it_came_with_what_was_said_of_it(world, case, ann):
    data = "Kërkesë për ndihmë juridike\n".encode() * 5000

    response = send(ann, case.pk, data, name="Kërkesa.txt", handling=["H1", "H2"], audience="partner")
    upload = look_into(world.ann)

    assert response["Location"] == reverse("upload", kwargs={"pk": upload.pk})
    assert upload.state == UploadState.READY
    with world.ann.acting() as by:
        document = Document.objects.visible_to(by).get(pk=upload.document)
        version = DocumentVersion.objects.visible_to(by).get()
        with vault.reader(root_id=case.pk, stored=version, by=by) as file:
            assert file.read() == data
        received = CustodyEntry.objects.visible_to(by).get(act="received")
    assert (document.title, document.kind, document.language) == ("Request of 3 May", "request", "sq")
    assert (document.handling, document.audience_id) == (["H1", "H2"], by.partner_group)
    assert (version.file_name, version.media_type, version.size) == ("Kërkesa.txt", "text/plain", len(data))
    assert version.sha256 == received.fingerprint == sha256(data)
    assert (received.why, version.scan) == ("For the hearing", "not_scanned")


def test_no_plain_byte_reaches_the_disk(case, ann, shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", pytest.fail)
    data = b"The witness lives in Elbasan. " * 200_000

    send(ann, case.pk, data)

    files = stored(shelf)
    assert sum(path.stat().st_size for path in files) > len(data)
    assert not any(b"Elbasan" in path.read_bytes() for path in files)


def test_nobody_else_sees_a_file_before_it_is_ready(world, case, ann):
    send(ann, case.pk, b"hello")

    assert documents(world.ann) == documents(world.mira) == []
    mira = browser(world.mira)
    address = reverse("upload", kwargs={"pk": newest(world.ann).pk})
    assert mira.get(address).status_code == browser(world.bob).get(address).status_code == 404
    assert "Being looked into" in shown(ann.get(address))


def test_a_document_without_a_title_is_called_like_its_file(world, case, ann):
    send(ann, case.pk, b"hello", name="Record of 3.5.2026.txt", title="")
    look_into(world.ann)

    assert [document.title for document in documents(world.ann)] == ["Record of 3.5.2026"]


def test_a_refused_file_is_deleted_and_its_sender_reads_why(world, case, ann, shelf):
    send(ann, case.pk, b"MZ" + bytes(500), name="invoice.pdf")
    upload = look_into(world.ann)

    assert upload.state == UploadState.REFUSED
    assert documents(world.ann) == []
    page = shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))
    assert "What is in this file is not what its name says." in page
    assert "Upload another file" in page


def test_what_acts_by_itself_comes_in_and_every_reader_is_told(world, case, ann):
    send(ann, case.pk, pdf(script), name="order.pdf")
    upload = look_into(world.ann)

    address = reverse("document", kwargs={"pk": upload.document})
    assert "The PDF has scripts." in shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))
    assert "The PDF has scripts." in shown(browser(world.mira).get(address))


def test_a_stranger_is_answered_before_the_body_is_read(world, case, shelf):
    class Unread(io.BytesIO):
        def read(self, size=-1):
            raise AssertionError("the body was read")

    for person, status in ((world.stranger, 404), (world.mira, 403)):
        client = browser(person)
        address = reverse("document_add", kwargs={"pk": case.pk})
        response = client.generic(
            "POST", address, CONTENT_TYPE="multipart/form-data; boundary=x", CONTENT_LENGTH="99999999",
            **{"wsgi.input": Unread()},
        )  # fmt: skip
        assert response.status_code == status
    assert stored(shelf) == []


def test_a_line_that_breaks_in_the_middle_files_no_half_of_a_file(world, case, ann, shelf):
    whole = encode_multipart("x" * 20, {**typed(), "file": _named(b"half of it " * 90_000, "film.txt")})
    address = reverse("document_add", kwargs={"pk": case.pk})

    response = ann.generic(
        "POST", address, CONTENT_TYPE=f"multipart/form-data; boundary={'x' * 20}", CONTENT_LENGTH=str(len(whole)),
        **{"wsgi.input": io.BytesIO(whole[: len(whole) // 2])},
    )  # fmt: skip

    assert response.status_code == 422
    assert newest(world.ann) is None
    assert stored(shelf) == []


def test_a_form_without_its_token_keeps_nothing(world, case, shelf):
    client = browser(world.ann, enforce_csrf_checks=True)

    response = send(client, case.pk, b"hello")

    assert response.status_code == 403
    assert stored(shelf) == []
    assert newest(world.ann) is None


def test_a_form_with_its_token_is_taken(world, case):
    client = browser(world.ann, enforce_csrf_checks=True)
    page = client.get(reverse("document_add", kwargs={"pk": case.pk})).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    assert send(client, case.pk, b"hello", csrfmiddlewaretoken=token).status_code == 302


def test_somebody_signed_out_gets_back_what_was_typed_and_nothing_is_kept(case, shelf):
    response = send(Client(), case.pk, b"hello", title="Typed for an hour")

    assert "Typed for an hour" in response.content.decode()
    assert stored(shelf) == []


def test_a_mistake_in_another_field_does_not_cost_the_file(world, case, ann):
    first = send(ann, case.pk, b"hello", title="Kept", handling=["H0", "H1"])
    assert first.status_code == 422
    page = first.content.decode()
    key = re.search(r'name="upload" value="([0-9a-f-]+)"', page)[1]
    assert "Your file has arrived" in page
    assert "Kept" in page

    again = ann.post(reverse("document_add", kwargs={"pk": case.pk}), typed(title="Kept", upload=key))

    assert again.status_code == 302
    look_into(world.ann)
    assert [document.title for document in documents(world.ann)] == ["Kept"]


def test_a_form_that_comes_again_from_another_page_needs_no_file(world, case, ann):
    """After a sign-in that ended, say: the page that kept what was typed sends it without a file."""
    send(ann, case.pk, b"hello", handling=["H0", "H1"])
    address = reverse("document_add", kwargs={"pk": case.pk})
    fields = urlencode(typed(upload=str(newest(world.ann).pk)), doseq=True)

    response = ann.post(address, fields, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302


def test_a_file_of_somebody_else_is_no_file(world, case, ann):
    world.share(case, world.bob)
    send(browser(world.bob), case.pk, b"hello", handling=["H0", "H1"])

    response = ann.post(reverse("document_add", kwargs={"pk": case.pk}), typed(upload=str(newest(world.bob).pk)))

    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


@pytest.mark.parametrize("over", [1, 3 * 1024 * 1024])
def test_a_file_beyond_the_limit_is_answered_with_everything_that_was_typed(case, ann, settings, shelf, over):
    settings.WBCJ_UPLOAD_LIMIT = 100_000

    response = send(ann, case.pk, bytes(100_000 + over), title="Typed before")

    assert response.status_code == 413
    assert "The file is larger than one may be (97.7" in response.content.decode()
    assert "Typed before" in response.content.decode()
    assert stored(shelf) == []


def test_a_form_sent_twice_files_once_and_keeps_one_file(world, case, ann, shelf):
    values = typed()
    first = send(ann, case.pk, b"hello", **values)
    second = send(ann, case.pk, b"hello", **values)

    assert first["Location"] == second["Location"]
    assert len(stored(shelf)) == 1
    look_into(world.ann)
    assert len(documents(world.ann)) == 1


def test_a_storage_that_does_not_answer_loses_nothing_that_was_typed(case, ann, settings, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {"BACKEND": "foundation.documents.storage.DurableFiles", "OPTIONS": {"location": str(blocked)}},
    }

    response = send(ann, case.pk, b"hello", title="Typed before")

    assert response.status_code == 503
    assert "Typed before" in response.content.decode()


def test_when_many_files_arrive_pages_still_answer_and_nothing_typed_is_lost(case, ann, monkeypatch, shelf):
    monkeypatch.setattr(slots, "_free", threading.BoundedSemaphore(1))
    assert slots.take()

    response = send(ann, case.pk, b"hello", title="Typed before")

    assert response.status_code == 503
    assert "Many files are arriving" in response.content.decode()
    assert "Typed before" in response.content.decode()
    assert stored(shelf) == []
    slots.give_back()
    assert send(ann, case.pk, b"hello").status_code == 302


def test_a_closed_case_says_so_before_anything_is_sent(world, case, ann):
    with world.ann.acting() as by:
        case_actions.close(case=case, reason="Done", version=case.version, by=by, at=world.now)

    page = ann.get(reverse("document_add", kwargs={"pk": case.pk})).content.decode()
    response = send(ann, case.pk, b"hello")

    assert "File the document" not in page
    assert response.status_code == 409


def test_whoever_lost_the_right_meanwhile_files_nothing(world, case):
    world.share(case, world.mira)
    with world.ann.acting():
        reference = case.root.reference
    mira = browser(world.mira)
    send(mira, case.pk, b"hello")
    with world.ann.acting() as by:
        for share in Share.objects.visible_to(by).filter(root=case.pk, principal=world.mira.membership.group_id):
            if share.revoked_at is None:
                access.revoke(by=by, share_id=share.pk)

    upload = look_into(world.mira)

    assert documents(world.ann) == []
    assert upload.state == UploadState.REFUSED
    page = shown(mira.get(reverse("upload", kwargs={"pk": upload.pk})))
    assert "You can file nothing in this record any more." in page
    assert reference not in page


def test_malware_is_refused_by_name_and_on_record(world, case, ann, settings):
    with clamd.running(Ways()) as address:
        settings.WBCJ_CLAMD = address
        send(ann, case.pk, b"x" * 99 + EICAR)
        upload = look_into(world.ann)

    page = shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))
    assert upload.state == UploadState.REFUSED
    assert "The malware scanner found something in this file." in page
    assert "Eicar-Test-Signature" in page
    with as_owner():
        assert Event.objects.filter(verb="documents.upload.refused", root=case.pk).exists()


def test_a_clean_file_says_that_it_was_scanned(world, case, ann, settings):
    with clamd.running(Ways()) as address:
        settings.WBCJ_CLAMD = address
        send(ann, case.pk, b"hello")
        upload = look_into(world.ann)

    with world.ann.acting() as by:
        assert DocumentVersion.objects.visible_to(by).get().scan == "clean"
    assert "looked into and scanned" in shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))


def test_while_the_scanner_is_away_the_file_waits_visibly_and_is_asked_about_again(world, case, ann, settings):
    settings.WBCJ_CLAMD = f"tcp://127.0.0.1:{clamd.free_port()}"
    send(ann, case.pk, b"hello")
    upload = look_into(world.ann)

    assert upload.state == UploadState.INSPECTING
    assert documents(world.ann) == []
    assert "Not yet scanned" in shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))

    with clamd.running(Ways()) as address:
        settings.WBCJ_CLAMD = address
        assert look_into(world.ann).state == UploadState.READY


def test_a_file_too_large_for_the_scanner_is_refused_and_not_taken_unseen(world, case, ann, settings):
    with clamd.running(Ways(limit=10_000)) as address:
        settings.WBCJ_CLAMD = address
        send(ann, case.pk, b"x" * 900_000)
        upload = look_into(world.ann)

    assert upload.state == UploadState.REFUSED
    assert "too large for the malware scanner" in shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))


def test_without_a_scanner_page_and_record_say_so(world, case, ann):
    assert not scanner.configured()
    assert "No malware scanner is configured here" in shown(ann.get(reverse("document_add", kwargs={"pk": case.pk})))
    send(ann, case.pk, b"hello")
    upload = look_into(world.ann)

    assert "Not scanned" in shown(ann.get(reverse("document", kwargs={"pk": upload.document})))


def cut(sealed: bytes) -> bytes:
    return sealed[:-100]


def swapped(sealed: bytes) -> bytes:
    return sealed[SEALED : 2 * SEALED] + sealed[:SEALED] + sealed[2 * SEALED :]


def left_out(sealed: bytes) -> bytes:
    return sealed[SEALED:]


def flipped(sealed: bytes) -> bytes:
    return sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:]


@pytest.mark.parametrize("change", [cut, swapped, left_out, flipped])
def test_a_file_that_storage_gives_back_otherwise_is_refused(world, case, ann, shelf, change):
    send(ann, case.pk, b"\0\0\0\x18ftypisom" + some_bytes(900_000), name="film.mp4")
    (segment,) = stored(shelf)
    segment.chmod(0o600)
    segment.write_bytes(change(segment.read_bytes()))

    assert look_into(world.ann).state == UploadState.REFUSED


def test_the_inspection_may_come_twice(world, case, ann):
    send(ann, case.pk, b"hello")
    look_into(world.ann)
    Job.objects.filter(task="foundation.documents.tasks.inspect_upload").update(done_at=None, leased_until=None)
    look_into(world.ann)

    assert len(documents(world.ann)) == 1


def test_a_newer_version_is_filed_under_its_document(world, case, ann):
    send(ann, case.pk, b"first")
    document = look_into(world.ann).document
    address = reverse("document_version", kwargs={"pk": document})
    from_page = ann.get(address)
    response = ann.post(address, {**typed(), "file": _named(b"second", "second.txt")})

    assert from_page.status_code == 200
    assert response.status_code == 302
    look_into(world.ann)
    with world.ann.acting() as by:
        versions = DocumentVersion.objects.visible_to(by).filter(document=document).order_by("number")
        assert [(v.number, v.file_name, v.size) for v in versions] == [(1, "request.txt", 5), (2, "second.txt", 6)]


def _named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


@pytest.mark.parametrize(("audience", "readers"), [("everyone", 3), ("authority", 2), ("self", 1)])
def test_a_document_of_a_note_is_for_the_readers_of_the_note(world, case, ann, audience, readers):
    world.share(case, world.bob, Level.VIEW)
    with world.ann.acting() as by:
        case_actions.write_note(case=case, text="See the film.", audience=audience, by=by, at=world.now)
        note = Note.objects.visible_to(by).get()
    address = reverse("note_document_add", kwargs={"pk": case.pk, "child": note.pk})

    response = ann.post(address, {**typed(title="The film"), "file": _named(b"hello", "film.txt")})
    look_into(world.ann)

    assert response.status_code == 302
    assert sum(bool(documents(person)) for person in (world.ann, world.bob, world.mira)) == readers
    page = shown(ann.get(reverse("case", kwargs={"pk": case.pk})))
    assert re.search(r"See the film\. +The film", page)


def test_a_note_that_one_does_not_read_takes_no_document(world, case, ann):
    world.share(case, world.bob)
    with world.ann.acting() as by:
        case_actions.write_note(case=case, text="Mine.", audience="self", by=by, at=world.now)
        note = Note.objects.visible_to(by).get()
    address = reverse("note_document_add", kwargs={"pk": case.pk, "child": note.pk})

    assert browser(world.bob).post(address, {**typed(), "file": _named(b"hello", "film.txt")}).status_code == 404


def test_a_file_can_be_let_go_of(world, case, ann, shelf, django_capture_on_commit_callbacks):
    send(ann, case.pk, b"hello", handling=["H0", "H1"])
    address = reverse("upload_discard", kwargs={"pk": newest(world.ann).pk})

    with django_capture_on_commit_callbacks(execute=True):
        response = ann.post(address, {"submission_key": typed()["submission_key"]})

    assert response.status_code == 302
    assert newest(world.ann) is None
    assert stored(shelf) == []


def test_a_drawing_with_a_script_never_becomes_a_page(world, case, ann):
    send(ann, case.pk, svg("<script>alert(1)</script>"), name="plan.svg")
    document = look_into(world.ann).document

    response = ann.get(reverse("document_download", kwargs={"pk": document, "number": 1}))

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_uploads_are_of_one_membership(world, case, ann):
    send(ann, case.pk, b"hello")

    with world.bob.acting() as by:
        assert list(Upload.objects.visible_to(by)) == []
        assert list(Upload.objects.all()) == []
