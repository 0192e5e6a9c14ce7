"""A file that has arrived is looked into and scanned, then filed for its readers, or refused with reasons for its sender."""

import re
from html import unescape

import pytest
from django.urls import reverse

from cases import actions as case_actions
from cases.models import Note
from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.documents import scanner
from foundation.documents.choices import UploadState
from foundation.documents.cipher import SEALED
from foundation.documents.inspection import apart
from foundation.documents.models import DocumentVersion
from foundation.jobs.models import Job
from tests.bed.sides import as_owner
from tests.documents import clamd
from tests.documents.arriving import browser, documents, look_into, named, send, shown, stored, typed
from tests.documents.clamd import Ways
from tests.documents.corpus.letters import EICAR, svg
from tests.documents.corpus.portable import pdf, script
from tests.documents.keeping import some_bytes
from tests.hostile.stage import Stage


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    return case


@pytest.fixture
def ann(world):
    return browser(world.ann)


def test_a_refused_file_is_deleted_and_its_sender_reads_why(world, case, ann, shelf):
    said = {"title": "Order of 3 May", "handling": ["H2"], "audience": "authority"}
    send(ann, case.pk, b"MZ" + bytes(500), name="invoice.pdf", **said)
    upload = look_into(world.ann)

    assert upload.state == UploadState.REFUSED
    assert documents(world.ann) == []
    response = ann.get(reverse("upload", kwargs={"pk": upload.pk}))
    page = shown(response)
    assert "What is in this file is not what its name says." in page
    again = re.search(r'href="(/documents/of/[^"]+again=[^"]+)"', response.content.decode())[1]
    form = ann.get(unescape(again)).context["form"]
    kept = {name: form[name].value() for name in ("title", "why", "handling", "audience")}
    assert kept == {"title": "Order of 3 May", "why": "For the hearing", "handling": ["H2"], "audience": "authority"}


def test_what_acts_by_itself_comes_in_and_every_reader_is_told(world, case, ann):
    send(ann, case.pk, pdf(script), name="order.pdf")
    upload = look_into(world.ann)

    address = reverse("document", kwargs={"pk": upload.document})
    assert "The PDF has scripts." in shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))
    assert "The PDF has scripts." in shown(browser(world.mira).get(address))


def revoke(world, case):
    with world.ann.acting() as by:
        for share in Share.objects.visible_to(by).filter(root=case.pk, principal=world.mira.membership.group_id):
            if share.revoked_at is None:
                access.revoke(by=by, share_id=share.pk)


def test_whoever_loses_the_right_while_the_file_is_looked_into_is_told(world, monkeypatch):
    """Whoever may still look, and not file, is no stranger to the case: the walls alone would end the work in silence."""
    case = world.open()
    world.share(case, world.mira)
    send(browser(world.mira), case.pk, b"hello")
    inspect = apart.inspect

    def slowly(*arguments, **named):
        revoke(world, case)
        world.share(case, world.mira, Level.VIEW)
        return inspect(*arguments, **named)

    monkeypatch.setattr(apart, "inspect", slowly)
    upload = look_into(world.mira)

    assert documents(world.ann) == []
    assert (upload.state, upload.said) == (UploadState.REFUSED, "You can file nothing in this record any more.")


def test_whoever_lost_the_right_meanwhile_files_nothing(world, case):
    world.share(case, world.mira)
    with world.ann.acting():
        reference = case.root.reference
    mira = browser(world.mira)
    send(mira, case.pk, b"hello")
    revoke(world, case)

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


def test_while_the_storage_is_away_the_file_waits_and_is_filed_by_itself_later(world, case, ann, monkeypatch):
    send(ann, case.pk, b"hello")

    def away(*_arguments, **_named):
        raise TimeoutError

    with monkeypatch.context() as storage:
        storage.setattr("foundation.documents.storage.DurableFiles._open", away)
        for _time in range(10):
            upload = look_into(world.ann)

    assert (upload.state, upload.asked) == (UploadState.INSPECTING, 10)
    assert "malware scanner does not answer" not in shown(ann.get(reverse("upload", kwargs={"pk": upload.pk})))
    assert not Job.objects.filter(failed_at__isnull=False).exists()
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
    response = ann.post(address, {**typed(), "file": named(b"second", "second.txt")})

    assert from_page.status_code == 200
    assert response.status_code == 302
    look_into(world.ann)
    with world.ann.acting() as by:
        versions = DocumentVersion.objects.visible_to(by).filter(document=document).order_by("number")
        assert [(v.number, v.file_name, v.size) for v in versions] == [(1, "request.txt", 5), (2, "second.txt", 6)]


@pytest.mark.parametrize(("audience", "readers"), [("everyone", 3), ("authority", 2), ("self", 1)])
def test_a_document_of_a_note_is_for_the_readers_of_the_note(world, case, ann, audience, readers):
    world.share(case, world.bob, Level.VIEW)
    with world.ann.acting() as by:
        case_actions.write_note(case=case, text="See the film.", audience=audience, by=by, at=world.now)
        note = Note.objects.visible_to(by).get()
    address = reverse("note_document_add", kwargs={"pk": case.pk, "child": note.pk})

    response = ann.post(address, {**typed(title="The film"), "file": named(b"hello", "film.txt")})
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

    assert browser(world.bob).post(address, {**typed(), "file": named(b"hello", "film.txt")}).status_code == 404


def test_a_drawing_with_a_script_never_becomes_a_page(world, case, ann):
    send(ann, case.pk, svg("<script>alert(1)</script>"), name="plan.svg")
    document = look_into(world.ann).document

    response = ann.get(reverse("document_download", kwargs={"pk": document, "number": 1}))

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_document_of_a_meeting_stands_on_its_page_for_everybody_on_it(db):
    stage = Stage()
    meeting = stage.meeting()
    desk, member = browser(stage.desk), browser(stage.members["MK"])

    send(desk, meeting.pk, b"The agenda in four languages", name="Agenda.txt", title="")
    look_into(stage.desk)

    address = reverse("meeting", kwargs={"pk": meeting.pk})
    assert "Agenda" in shown(desk.get(address))
    assert re.search(r"Documents +(Add a document +)?Agenda", shown(member.get(address)))
    assert "Add a document" in shown(desk.get(address))
