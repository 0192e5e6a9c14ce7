"""A piece is stored with no transaction open, written once whoever comes first, and counted only by whoever may still file it."""

import pytest
from django.urls import reverse

from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.documents import vault
from foundation.documents.choices import UploadState
from foundation.documents.intake import actions
from foundation.documents.models import DocumentVersion
from foundation.documents.pieces import SEGMENT
from foundation.documents.segments import Room
from tests.documents.arriving import begin, browser, look_into, newest, piece, stored, typed
from tests.documents.keeping import some_bytes

FILM = b"\0\0\0\x18ftypisom" + some_bytes(SEGMENT + 70_000)
OTHER = some_bytes(len(FILM), seed=2)


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def ann(world):
    return browser(world.ann)


@pytest.fixture
def key(case, ann):
    return begin(ann, case.pk, FILM).json()["key"]


@pytest.fixture
def at_the_storage(monkeypatch):
    """Does something once, at the moment in which a piece is put there."""
    put, deeds = Room.put, []

    def watched(room, location, segment):
        if deeds:
            deeds.pop()()
        put(room, location, segment)

    monkeypatch.setattr(Room, "put", watched)
    return deeds.append


def received(client, key):
    return client.get(reverse("upload_piece", kwargs={"pk": key, "number": 0})).json()["received"]


def is_the_film(world, case, ann, key):
    piece(ann, key, 1, FILM)
    ann.post(reverse("document_add", kwargs={"pk": case.pk}), typed(upload=key))
    assert look_into(world.ann).state == UploadState.READY
    with world.ann.acting() as by:
        version = DocumentVersion.objects.visible_to(by).get()
        with vault.reader(root_id=case.pk, stored=version, by=by) as file:
            return file.read() == FILM


def test_a_piece_is_stored_in_no_transaction_of_its_sender(ann, key, at_the_storage):
    acting = []
    at_the_storage(lambda: acting.append(access.current_actor()))

    assert piece(ann, key, 0, FILM).status_code == 200
    assert acting == [None]


def test_a_piece_that_the_same_one_overtook_has_one_effect(world, case, ann, key, at_the_storage):
    at_the_storage(lambda: piece(ann, key, 0, FILM))

    late = piece(ann, key, 0, FILM)

    assert (late.status_code, late.json()["received"]) == (200, SEGMENT)
    assert is_the_film(world, case, ann, key)


def test_a_piece_that_another_one_overtook_is_refused_and_changes_nothing(world, case, ann, key, at_the_storage):
    at_the_storage(lambda: piece(ann, key, 0, FILM))

    late = piece(ann, key, 0, OTHER)

    assert late.status_code == 409
    assert "Another piece of this file came first" in late.json()["said"]
    assert received(ann, key) == SEGMENT
    assert is_the_film(world, case, ann, key)


def test_a_piece_that_was_stored_and_not_counted_is_counted_when_it_comes_again(world, case, ann, key):
    with world.ann.acting() as by:
        due = actions.due(newest(world.ann), number=0, by=by)
    due.store(FILM[:SEGMENT])
    assert received(ann, key) == 0

    assert piece(ann, key, 0, FILM).json()["received"] == SEGMENT
    assert is_the_film(world, case, ann, key)


@pytest.mark.parametrize("left", [0, 1000, -1])
def test_what_a_machine_that_went_dark_left_half_on_disk_is_written_anew(left, world, case, ann, key, shelf):
    with world.ann.acting() as by:
        actions.due(newest(world.ann), number=0, by=by).store(FILM[:SEGMENT])
    (path,) = stored(shelf)
    path.write_bytes(path.read_bytes()[:left])

    assert piece(ann, key, 0, FILM).json()["received"] == SEGMENT
    assert is_the_film(world, case, ann, key)


def test_a_storage_that_is_away_costs_a_second_try_and_nothing_else(world, case, ann, key, monkeypatch):
    def away(*_arguments, **_named):
        raise TimeoutError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("foundation.documents.storage.DurableFiles._save", away)
        assert piece(ann, key, 0, FILM).status_code == 503
    assert received(ann, key) == 0

    assert piece(ann, key, 0, FILM).status_code == 200
    assert is_the_film(world, case, ann, key)


def test_whoever_may_file_nothing_any_more_when_it_is_stored_is_not_counted(world, case, at_the_storage):
    world.share(case, world.bob, Level.CONTRIBUTE)
    bob = browser(world.bob)
    key = begin(bob, case.pk, FILM).json()["key"]

    def revoke():
        with world.ann.acting() as by:
            share = Share.objects.visible_to(by).live().get(principal=world.bob.membership.group_id)
            access.revoke(by=by, share_id=share.pk)

    at_the_storage(revoke)

    assert piece(bob, key, 0, FILM).status_code == 404
    assert received(bob, key) == 0


def test_a_piece_of_a_file_that_is_discarded_meanwhile_is_not_there(world, ann, key, at_the_storage):
    def discard():
        with world.ann.acting() as by:
            actions.discard(upload_id=newest(world.ann).pk, by=by)

    at_the_storage(discard)

    assert piece(ann, key, 0, FILM).status_code == 404
