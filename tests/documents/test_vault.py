"""A kept file comes back as it was, or not at all."""

import secrets
import stat
import zipfile
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection

from foundation import access
from foundation.documents import keys, pieces, segments, vault
from foundation.documents.cipher import CHUNK, SEALED, SEGMENT
from foundation.documents.models import RootKey
from foundation.documents.refusals import Broken, Unreachable
from tests.documents.keeping import keep, read, sha256, some_bytes

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT + CHUNK + 7]
BIG = some_bytes(SEGMENT + 3 * CHUNK + 11)


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def actor(world, case):
    with world.ann.acting() as actor:
        yield actor


@pytest.fixture
def kept(case, actor):
    return keep(BIG, root_id=case.pk, by=actor)


@pytest.fixture
def read_back(case, actor):
    return lambda kept: read(kept, root_id=case.pk, by=actor)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_any_length_comes_back_as_it_was(size, case, actor, shelf, read_back):
    data = some_bytes(size)

    kept = keep(data, root_id=case.pk, by=actor)

    assert (kept.size, kept.sha256) == (size, sha256(data))
    assert read_back(kept) == data
    assert len(list((shelf / str(kept.location)).iterdir())) == max(1, -(-size // SEGMENT))


def test_nothing_readable_stands_on_storage(case, actor, shelf):
    kept = keep(b"The witness lives in Tirana. " * 50_000, root_id=case.pk, by=actor)

    stored = b"".join(path.read_bytes() for path in (shelf / str(kept.location)).iterdir())
    assert b"witness" not in stored
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM documents_rootkey WHERE root_id = %s", [case.pk])
        wrapped = bytes(cursor.fetchone()[0])
    assert keys.root_key(root_id=case.pk, by=actor) not in wrapped


def test_files_are_for_their_owner_alone(kept, shelf):
    for path in [shelf / str(kept.location), *(shelf / str(kept.location)).iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_the_same_file_twice_has_nothing_in_common_on_storage(case, actor, shelf):
    one, two = (keep(b"same" * 1000, root_id=case.pk, by=actor) for _time in range(2))

    assert one.location != two.location
    assert (shelf / f"{one.location}/0").read_bytes()[:64] != (shelf / f"{two.location}/0").read_bytes()[:64]


@pytest.mark.parametrize("start", [0, 1, CHUNK - 1, CHUNK, SEGMENT - 3, SEGMENT, len(BIG) - 5, len(BIG), len(BIG) + 9])
def test_any_part_can_be_read_by_itself(start, kept, case, actor):
    with vault.reader(root_id=case.pk, stored=kept, by=actor) as file:
        file.seek(start)
        assert file.read(1000) == BIG[start : start + 1000]


def test_a_reader_is_a_file_for_other_libraries(case, actor):
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("inner.txt", "x" * 700_000)
    kept = keep(archive.getvalue(), root_id=case.pk, by=actor)

    with vault.reader(root_id=case.pk, stored=kept, by=actor) as file, zipfile.ZipFile(file) as opened:
        assert opened.read("inner.txt") == b"x" * 700_000


# --- what may be done to stored bytes, and what comes of it --------------------------------------------------------------------
def _changed(shelf, kept, segment, change):
    path = shelf / f"{kept.location}/{segment}"
    data = bytearray(path.read_bytes())
    path.write_bytes(bytes(change(data) or data))


def _flip(place):
    def change(data):
        data[place] ^= 1

    return change


def _swap_chunks(data):
    data[:SEALED], data[SEALED : 2 * SEALED] = data[SEALED : 2 * SEALED], data[:SEALED]


def _swap_segments(shelf, kept):
    one, two = (shelf / f"{kept.location}/{number}" for number in (0, 1))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


ATTACKS = {
    "a bit of the first nonce": lambda s, k: _changed(s, k, 0, _flip(0)),
    "a bit of a ciphertext": lambda s, k: _changed(s, k, 0, _flip(5 * SEALED + 1000)),
    "a bit of the last tag": lambda s, k: _changed(s, k, 1, _flip(-1)),
    "two chunks swapped": lambda s, k: _changed(s, k, 0, _swap_chunks),
    "two segments swapped": _swap_segments,
    "the last chunk cut off": lambda s, k: _changed(s, k, 1, lambda data: data[: 3 * SEALED]),
    "the last byte cut off": lambda s, k: _changed(s, k, 1, lambda data: data[:-1]),
    "bytes added at the end": lambda s, k: _changed(s, k, 1, lambda data: data + b"more"),
    "a chunk repeated at the end": lambda s, k: _changed(s, k, 1, lambda data: data + data[:SEALED]),
    "a segment emptied": lambda s, k: (s / f"{k.location}/1").write_bytes(b""),
    "a segment gone": lambda s, k: (s / f"{k.location}/0").unlink(),
    "the last segment gone": lambda s, k: (s / f"{k.location}/1").unlink(),
    "a segment added": lambda s, k: (s / f"{k.location}/2").write_bytes((s / f"{k.location}/1").read_bytes()),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_file_that_was_touched_is_refused(attack, kept, shelf, read_back):
    ATTACKS[attack](shelf, kept)

    with pytest.raises(Broken):
        read_back(kept)


def until_it_breaks(kept, case, actor):
    """What is given out chunk by chunk before the refusal."""
    given = b""
    with vault.reader(root_id=case.pk, stored=kept, by=actor) as file:
        try:
            while piece := file.read(CHUNK):
                given += piece
        except Broken:
            return given
    raise AssertionError("it was given whole")


@pytest.mark.parametrize("attack", ["a bit of the last tag", "the last chunk cut off", "a segment added"])
def test_the_end_of_a_touched_file_is_never_given_out(attack, kept, shelf, case, actor):
    ATTACKS[attack](shelf, kept)

    given = until_it_breaks(kept, case, actor)
    assert len(given) < len(BIG)
    assert BIG.startswith(given)


@pytest.mark.parametrize("size", [len(BIG) - 11, len(BIG) - 11 - CHUNK, SEGMENT, CHUNK, 0, len(BIG) + 1])
def test_a_row_that_tells_another_size_opens_nothing(size, kept, read_back):
    with pytest.raises(Broken):
        read_back(replace(kept, size=size))


def test_a_whole_file_of_another_place_is_refused(case, actor, shelf, read_back):
    one, two = (keep(some_bytes(CHUNK, seed), root_id=case.pk, by=actor) for seed in (1, 2))
    (shelf / f"{one.location}/0").write_bytes((shelf / f"{two.location}/0").read_bytes())

    with pytest.raises(Broken):
        read_back(one)
    with pytest.raises(Broken):
        read_back(replace(two, location=one.location))


def test_a_fingerprint_that_does_not_fit_is_refused_before_the_last_bytes(kept, case, actor):
    given = until_it_breaks(replace(kept, sha256=sha256(b"another")), case, actor)
    assert len(given) == SEGMENT + 3 * CHUNK


def test_a_key_of_another_root_opens_nothing(world, kept, actor):
    other = world.open(title="Another case")
    keys.root_key_to_write(root_id=other.pk, by=actor)

    with pytest.raises(Broken):
        read(kept, root_id=other.pk, by=actor)


def test_a_segment_is_written_once(kept):
    with pytest.raises(FileExistsError):
        segments.Room().put(kept.location, 0)


def test_a_storage_that_is_away_says_nothing_of_the_file(kept, shelf, read_back, monkeypatch):
    def away(*_arguments, **_named):
        raise TimeoutError

    monkeypatch.setattr("foundation.documents.storage.DurableFiles._open", away)
    with pytest.raises(Unreachable):
        read_back(kept)


# --- who may ------------------------------------------------------------------------------------------------------------------
def test_who_does_not_see_the_root_neither_writes_nor_reads(world, case, kept):
    with world.stranger.acting() as stranger:
        with pytest.raises(access.NotThere):
            vault.writer(root_id=case.pk, by=stranger)
        with pytest.raises(access.NotThere):
            vault.reader(root_id=case.pk, stored=kept, by=stranger)
        assert RootKey.objects.count() == 0, "the second wall"


def test_who_may_only_view_keeps_a_file_too(world, case):
    world.share(case, world.mira, access.Level.VIEW)

    with world.mira.acting() as mira:
        kept = keep(b"a print", root_id=case.pk, by=mira)
        assert read(kept, root_id=case.pk, by=mira) == b"a print"


def test_a_root_has_one_key_whoever_writes_first(world, case, actor):
    first, again = (keys.root_key_to_write(root_id=case.pk, by=actor) for _time in range(2))

    assert first == again
    assert RootKey.objects.visible_to(actor).get(root_id=case.pk).master == keys.masters()[0].name


def test_without_the_master_key_nothing_opens(case, actor, kept, settings, read_back):
    settings.WBCJ_MASTER_KEY = secrets.token_urlsafe(48)

    with pytest.raises(Unreachable):
        read_back(kept)


def test_the_former_master_key_still_opens_while_it_is_given(case, actor, kept, settings, read_back):
    settings.WBCJ_FORMER_MASTER_KEY, settings.WBCJ_MASTER_KEY = settings.WBCJ_MASTER_KEY, secrets.token_urlsafe(48)

    assert read_back(kept) == BIG


# --- what is not kept -----------------------------------------------------------------------------------------------------------
def test_what_is_discarded_leaves_nothing(case, actor, shelf):
    def fail():
        with vault.writer(root_id=case.pk, by=actor) as writer:
            writer.write(BIG)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert list(shelf.iterdir()) == []


def test_forgetting_what_is_not_there_is_no_error(shelf, kept):
    vault.forget(kept.location)
    vault.forget(kept.location)
    vault.forget(uuid4())

    assert list(shelf.iterdir()) == []


def test_a_writer_ends_once(case, actor):
    writer = vault.writer(root_id=case.pk, by=actor)
    writer.finish()

    with pytest.raises(ValueError, match="finished"):
        writer.write(b"more")
    with pytest.raises(ValueError, match="finished"):
        writer.finish()


# --- pieces -------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [0, 5, SEGMENT, len(BIG)])
def test_a_file_in_pieces_is_the_same_file(size, case, actor, read_back):
    data = BIG[:size]
    place = pieces.new_place(root_id=case.pk, by=actor)
    for number in range(max(1, -(-size // SEGMENT))):
        piece = data[number * SEGMENT : (number + 1) * SEGMENT]
        for _try in range(2):  # the answer to the first one was lost
            pieces.put(key=key_of(place, case, actor), place=place, number=number, data=piece, size=size)

    kept = pieces.whole(key=key_of(place, case, actor), place=place, size=size, seconds=60)

    assert kept.sha256 == sha256(data)
    assert read_back(kept) == data


def key_of(place, case, actor):
    return vault.file_key(root_id=case.pk, location=place.location, wrapped_key=place.wrapped_key, by=actor)


def test_a_file_with_a_missing_piece_is_not_whole(case, actor):
    place = pieces.new_place(root_id=case.pk, by=actor)
    pieces.put(key=key_of(place, case, actor), place=place, number=0, data=BIG[:SEGMENT], size=len(BIG))

    with pytest.raises(Broken):
        pieces.whole(key=key_of(place, case, actor), place=place, size=len(BIG), seconds=60)


@pytest.mark.parametrize(("number", "length"), [(0, SEGMENT - 1), (2, SEGMENT), (3, 0), (-1, SEGMENT)])
def test_a_piece_has_its_length_and_its_place(number, length, case, actor):
    place = pieces.new_place(root_id=case.pk, by=actor)
    key = key_of(place, case, actor)

    with pytest.raises(ValueError, match="another length"):
        pieces.put(key=key, place=place, number=number, data=BIG[:length], size=len(BIG))
