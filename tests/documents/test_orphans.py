"""What no row knows is swept after a day; what a row knows never is."""

import os
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from foundation.documents import orphans, pieces, vault
from foundation.documents.cipher import SEGMENT
from foundation.documents.models import Upload
from foundation.documents.stored import Stored, StoredLater
from tests.bed.sides import as_owner
from tests.documents.keeping import file_document, keep, read, some_bytes


@pytest.fixture
def case(world):
    return world.open()


def age(shelf, hours):
    """As if everything had been written so long ago."""
    then = time.time() - hours * 3600
    for path in shelf.rglob("*"):
        os.utime(path, (then, then))


def locations(shelf):
    return {path.name for path in shelf.iterdir()}


def test_a_file_of_a_transaction_that_was_undone_is_swept_after_a_day(world, case, shelf):
    with world.ann.acting() as ann:
        keep(some_bytes(SEGMENT + 1), root_id=case.pk, by=ann)
    age(shelf, 23)
    assert orphans.sweep(at=timezone.now()) == 0

    age(shelf, 25)

    assert orphans.sweep(at=timezone.now()) == 1
    assert locations(shelf) == set()


def test_a_filed_document_is_never_swept(world, case, shelf):
    with world.ann.acting() as ann:
        document = file_document(b"kept", root_id=case.pk, by=ann, at=world.now)
        keep(b"orphan", root_id=case.pk, by=ann)
    age(shelf, 24 * 400)

    assert orphans.sweep(at=timezone.now()) == 1

    with world.ann.acting() as ann:
        version = document.versions.get()
        assert locations(shelf) == {str(version.location)}
        assert read(version, root_id=case.pk, by=ann) == b"kept"


@pytest.mark.writes_outside_actions
def test_an_upload_is_kept_while_somebody_goes_on_with_it(world, case, shelf):
    with world.ann.acting() as ann:
        place = pieces.new_place(root_id=case.pk, by=ann)
        key = vault.file_key(root_id=case.pk, location=place.location, wrapped_key=place.wrapped_key, by=ann)
        pieces.put(key=key, place=place, number=0, data=some_bytes(SEGMENT), size=SEGMENT * 2)
        Upload.objects.create(
            membership_id=ann.membership_id,
            root=case.pk,
            file_name="big.zip",
            size=SEGMENT * 2,
            received=SEGMENT,
            location=place.location,
            wrapped_key=place.wrapped_key,
            begun_at=world.now - timedelta(days=3),
            touched_at=timezone.now() - timedelta(days=6),
        )
    age(shelf, 48)
    now = timezone.now()
    assert (orphans.forget_uploads(at=now), orphans.sweep(at=now)) == (0, 0)

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_upload SET touched_at = now() - interval '8 days'")

    assert (orphans.forget_uploads(at=now), orphans.sweep(at=now)) == (1, 1)
    assert locations(shelf) == set()


def test_nobody_can_have_a_younger_upload_deleted(world, case):
    assert orphans.forget_uploads(at=timezone.now() + timedelta(days=30)) == 0


def test_what_is_no_file_of_ours_stays(world, case, shelf):
    for name in ("README", "lost+found", str(uuid4()).upper()):
        (shelf / name).mkdir(parents=True)
    age(shelf, 48)

    assert orphans.sweep(at=timezone.now()) == 0
    assert len(locations(shelf)) == 3


def test_an_empty_shelf_and_none_at_all_are_no_error(shelf):
    assert not shelf.exists()
    assert orphans.sweep(at=timezone.now()) == 0


@pytest.mark.django_db
def test_every_table_with_a_file_is_checked_and_kept():
    """A new model with the columns of Stored is added to documents_files()."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('documents_files()'::regprocedure)")
        body = cursor.fetchone()[0]
    holding = [m._meta.db_table for m in apps.get_models() if issubclass(m, Stored | StoredLater)]
    assert holding
    assert [table for table in holding if table not in body] == []
