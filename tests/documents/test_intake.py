"""A file comes in: read only for who may file it, encrypted while it arrives, whole or not at all; nothing typed is lost."""

import io
import re
import threading
from urllib.parse import urlencode

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse

from cases import actions as case_actions
from foundation.access import Level
from foundation.documents import vault
from foundation.documents.choices import UploadState
from foundation.documents.intake import slots
from foundation.documents.models import CustodyEntry, Document, DocumentVersion, Upload
from tests.documents.arriving import browser, documents, look_into, named, newest, send, shown, stored, typed
from tests.documents.keeping import sha256


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    return case


@pytest.fixture
def ann(world):
    return browser(world.ann)


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


def test_of_a_large_file_of_somebody_signed_out_the_fields_alone_are_read(case, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 500_000
    fields = {**typed(title="Typed for an hour"), "file": named(b"film " * 400_000, "film.txt")}
    body = io.BytesIO(encode_multipart("x" * 20, fields))

    response = Client().generic(
        "POST", reverse("document_add", kwargs={"pk": case.pk}), CONTENT_TYPE=f"multipart/form-data; boundary={'x' * 20}",
        CONTENT_LENGTH=str(len(body.getvalue())), **{"wsgi.input": body},
    )  # fmt: skip

    assert "Typed for an hour" in response.content.decode()
    assert body.tell() < 500_000


def test_a_length_that_is_none_is_no_error_of_ours(case, ann):
    response = ann.generic(
        "POST", reverse("document_add", kwargs={"pk": case.pk}), CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH="long", **{"wsgi.input": io.BytesIO(b"--x--")},
    )  # fmt: skip

    assert response.status_code == 422


def test_a_line_that_breaks_in_the_middle_files_no_half_of_a_file(world, case, ann, shelf):
    whole = encode_multipart("x" * 20, {**typed(), "file": named(b"half of it " * 90_000, "film.txt")})
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


def test_a_document_of_a_restricted_case_begins_with_the_marking_of_the_case(world, ann):
    restricted = world.open(handling=["H1", "H3"], handling_text="Not by telephone")

    form = ann.get(reverse("document_add", kwargs={"pk": restricted.pk})).context["form"]

    assert (form["handling"].value(), form["handling_text"].value()) == (["H1", "H3"], "Not by telephone")


@pytest.mark.parametrize(
    ("begins", "ticked", "filed"),
    [(["H0"], ["H0", "H1"], ["H1"]), (["H0"], ["H0"], ["H0"]), (["H1"], ["H0", "H1"], None)],
)
def test_a_restriction_takes_the_place_of_the_h0_that_was_ticked_before(begins, ticked, filed, world, ann):
    response = send(ann, world.open(handling=begins).pk, b"hello", handling=ticked)
    look_into(world.ann)

    assert response.status_code == (302 if filed else 422)
    assert [document.handling for document in documents(world.ann)] == ([filed] if filed else [])


def test_a_mistake_in_another_field_does_not_cost_the_file(world, case, ann):
    first = send(ann, case.pk, b"hello", title="Kept", handling=["H3"])
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
    send(ann, case.pk, b"hello", handling=["H3"])
    address = reverse("document_add", kwargs={"pk": case.pk})
    fields = urlencode(typed(upload=str(newest(world.ann).pk)), doseq=True)

    response = ann.post(address, fields, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302


def test_a_file_of_somebody_else_is_no_file(world, case, ann):
    world.share(case, world.bob)
    send(browser(world.bob), case.pk, b"hello", handling=["H3"])

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


def test_a_file_can_be_let_go_of(world, case, ann, shelf, django_capture_on_commit_callbacks):
    send(ann, case.pk, b"hello", handling=["H3"])
    address = reverse("upload_discard", kwargs={"pk": newest(world.ann).pk})

    with django_capture_on_commit_callbacks(execute=True):
        response = ann.post(address, {"submission_key": typed()["submission_key"]})

    assert response.status_code == 302
    assert newest(world.ann) is None
    assert stored(shelf) == []


def test_uploads_are_of_one_membership(world, case, ann):
    send(ann, case.pk, b"hello")

    with world.bob.acting() as by:
        assert list(Upload.objects.visible_to(by)) == []
        assert list(Upload.objects.all()) == []
