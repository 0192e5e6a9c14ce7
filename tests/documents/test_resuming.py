"""A large file comes in pieces: each is a request of its own, has one effect, and what came survives a lost line."""

import re
import threading

import pytest
from django.urls import reverse

from foundation import access
from foundation.access import Level
from foundation.documents import vault
from foundation.documents.choices import UploadState
from foundation.documents.intake import slots
from foundation.documents.models import DocumentVersion
from foundation.documents.pieces import SEGMENT
from foundation.documents.segments import SegmentReader
from tests.documents.arriving import begin, browser, look_into, newest, piece, typed
from tests.documents.keeping import sha256, some_bytes

FILM = b"\0\0\0\x18ftypisom" + some_bytes(2 * SEGMENT + 70_000)


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def ann(world):
    return browser(world.ann)


@pytest.fixture
def key(case, ann):
    return begin(ann, case.pk, FILM).json()["key"]


def test_pieces_become_the_file_and_its_fingerprint_is_made_here(world, case, ann, key):
    for number in range(3):
        state = piece(ann, key, number, FILM).json()
    assert (state["received"], state["state"]) == (len(FILM), "arrived")

    response = ann.post(reverse("document_add", kwargs={"pk": case.pk}), typed(upload=key))
    upload = look_into(world.ann)

    assert response.status_code == 302
    assert upload.state == UploadState.READY
    with world.ann.acting() as by:
        version = DocumentVersion.objects.visible_to(by).get()
        with vault.reader(root_id=case.pk, stored=version, by=by) as file:
            assert file.read() == FILM
    assert (version.sha256, version.media_type) == (sha256(FILM), "video/mp4")


def test_a_file_in_pieces_is_read_back_in_no_transaction_of_its_sender(world, case, ann, key, monkeypatch):
    for number in range(3):
        piece(ann, key, number, FILM)
    ann.post(reverse("document_add", kwargs={"pk": case.pk}), typed(upload=key))
    read, acting = SegmentReader.chunk, []

    def chunk(reader, index):
        acting.append(access.current_actor())
        return read(reader, index)

    monkeypatch.setattr(SegmentReader, "chunk", chunk)
    upload = look_into(world.ann)

    assert upload.state == UploadState.READY
    assert len(acting) > 2 * len(FILM) // SEGMENT
    assert set(acting) == {None}


def test_a_piece_sent_twice_has_one_effect(ann, key):
    piece(ann, key, 0, FILM)
    again = piece(ann, key, 0, FILM)

    assert (again.status_code, again.json()["received"]) == (200, SEGMENT)


def test_a_piece_out_of_order_is_told_which_is_due(ann, key):
    response = piece(ann, key, 1, FILM)

    assert (response.status_code, response.json()["received"]) == (409, 0)


@pytest.mark.parametrize("data", [b"", b"x" * 100, b"x" * (SEGMENT + 1)], ids=["nothing", "too short", "too long"])
def test_a_piece_of_another_length_is_refused(ann, key, data):
    address = reverse("upload_piece", kwargs={"pk": key, "number": 0})

    response = ann.post(address, data, content_type="application/octet-stream")

    assert response.status_code == 400
    assert ann.get(address).json()["received"] == 0


def test_when_many_files_arrive_a_piece_is_asked_to_come_again(ann, key, monkeypatch):
    monkeypatch.setattr(slots, "_free", threading.BoundedSemaphore(1))
    assert slots.take()
    assert piece(ann, key, 0, FILM).status_code == 503

    slots.give_back()
    assert piece(ann, key, 0, FILM).status_code == 200


def test_behind_the_end_there_is_no_piece(ann, key):
    address = reverse("upload_piece", kwargs={"pk": key, "number": 3})

    assert ann.post(address, b"x", content_type="application/octet-stream").status_code == 400


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(case, ann, key):
    piece(ann, key, 0, FILM)

    again = begin(ann, case.pk, FILM).json()

    assert (again["key"], again["received"]) == (key, SEGMENT)


@pytest.mark.parametrize("name", ["film\0.mp4", "f" * 300 + ".mp4"])
def test_a_name_that_no_column_holds_begins_once_and_goes_on(name, case, ann):
    first = begin(ann, case.pk, FILM, name=name)

    assert first.status_code == 200
    assert begin(ann, case.pk, FILM, name=name).json()["key"] == first.json()["key"]


def test_another_file_of_that_name_begins_anew(case, ann, key):
    assert begin(ann, case.pk, FILM, mark="another").json()["key"] != key


def test_an_unfinished_file_stands_on_the_page(case, ann, key):
    piece(ann, key, 0, FILM)

    page = ann.get(reverse("document_add", kwargs={"pk": case.pk})).content.decode()

    assert "film.mp4" in page
    assert re.search(r"8[.,\d]* MB of 1[678][.,\d]* MB", page.replace("\xa0", " "))


def test_what_has_not_arrived_whole_is_not_filed(case, ann, key):
    piece(ann, key, 0, FILM)

    response = ann.post(reverse("document_add", kwargs={"pk": case.pk}), typed(upload=key))

    assert response.status_code == 409
    assert "has not arrived whole yet" in response.content.decode()


def test_the_upload_of_another_is_not_there(world, case, key):
    world.share(case, world.bob)
    for person in (world.bob, world.stranger):
        client = browser(person)
        assert piece(client, key, 0, FILM).status_code == 404
        assert client.get(reverse("upload_piece", kwargs={"pk": key, "number": 0})).status_code == 404


def test_only_who_may_file_begins(world, case):
    world.share(case, world.mira, Level.VIEW)
    assert begin(browser(world.mira), case.pk, FILM).status_code == 403
    assert begin(browser(world.stranger), case.pk, FILM).status_code == 404
    assert newest(world.mira) is None


def test_without_a_token_no_piece_is_kept(world, key):
    client = browser(world.ann, enforce_csrf_checks=True)

    assert piece(client, key, 0, FILM).status_code == 403


def test_a_script_that_is_signed_out_is_told_in_a_number(client, case, key):
    assert begin(client, case.pk, FILM).status_code == 401
    assert piece(client, key, 0, FILM).status_code == 401


@pytest.mark.parametrize("size", ["0", "-1", "x", "9" * 30, str(10**13)])
def test_a_size_that_is_none_is_refused(case, ann, size):
    about = {"name": "film.mp4", "size": size, "mark": ""}

    assert ann.post(reverse("upload_begin", kwargs={"pk": case.pk}), about).status_code in {400, 409}


def test_nobody_keeps_more_than_twenty_files_on_their_way(case, ann):
    for number in range(20):
        assert begin(ann, case.pk, FILM, mark=str(number)).status_code == 200

    assert begin(ann, case.pk, FILM, mark="one more").status_code == 409
