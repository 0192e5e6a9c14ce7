"""A backup takes documents along; what comes back from it can be read with the master key, and with nothing else."""

import os
import secrets
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections
from django.utils import timezone

from cases import actions as case_actions
from cases.pdf import SHEET
from foundation.documents.cipher import CHUNK
from foundation.documents.models import DocumentVersion
from foundation.documents.printing import actions as printing
from foundation.documents.refusals import Unreachable
from foundation.servers import roles
from tests.bed import databases
from tests.cases.cast import CaseWorld
from tests.documents.keeping import file_document, keep, read, some_bytes
from wbcj.backups import facts, files, manifest, restoring
from wbcj.backups.making import Source, back_up

pytestmark = pytest.mark.commits
DATA = some_bytes(3 * CHUNK)


@pytest.fixture
def world():
    return CaseWorld()


@pytest.fixture
def filed(world):
    case = world.open()
    with world.ann.acting() as ann:
        file_document(DATA, root_id=case.pk, by=ann, at=world.now)
    return case


def here():
    return databases.address("DATABASE_OWNER_URL", connection.settings_dict["NAME"])


def source(shelf):
    return Source(owner_url=here(), owner=roles.OWNER, runtime=roles.RUNTIME, documents=shelf)


@pytest.fixture
def empty():
    name = f"{databases.PREFIX}_clone_{os.getpid()}_restored_{uuid4().hex[:6]}"
    with databases.maintenance() as maintaining:
        databases.create(maintaining, name)
    yield name
    connections.close_all()
    with databases.maintenance() as maintaining:
        databases.drop(maintaining, name)


def version_of(world, case):
    with world.ann.acting() as ann:
        return DocumentVersion.objects.visible_to(ann).get(root_id=case.pk)


def test_a_restored_document_is_read_with_the_master_key_alone(world, filed, shelf, tmp_path, empty, settings):
    (shelf / str(version_of(world, filed).location) / ".1.being-written").write_bytes(b"half")
    backup = back_up(source(shelf), tmp_path / "backup", at=timezone.now())
    assert backup.missing == []
    assert len(backup.documents) == 1, "what is being written is no part of it"

    known = frozenset(facts_of_here().migrations)
    target = restoring.Target(
        owner_url=databases.address("DATABASE_OWNER_URL", empty),
        owner=roles.OWNER,
        runtime=roles.RUNTIME,
        documents=tmp_path / "restored",
        known_migrations=known,
    )
    restoring.restore(tmp_path / "backup", target)

    databases.point_to(empty)
    there = {**settings.STORAGES["documents"], "OPTIONS": {"location": str(tmp_path / "restored")}}
    settings.STORAGES = {**settings.STORAGES, "documents": there}
    with world.ann.acting() as ann:
        version = DocumentVersion.objects.visible_to(ann).get(root_id=filed.pk)
        assert read(version, root_id=filed.pk, by=ann) == DATA
        settings.WBCJ_MASTER_KEY = secrets.token_urlsafe(48)
        with pytest.raises(Unreachable):
            read(version, root_id=filed.pk, by=ann)


def print_it(world, case):
    """A paper of its own for what stands in the case now; an older one gives its file up."""
    with world.ann.acting() as ann:
        at = timezone.now()
        case_actions.write_note(case=case, text=str(at), audience="everyone", by=ann, at=at)
        printout = printing.order(kind=SHEET, subject=case.pk, language="en", by=ann, at=at)
        kept = keep(DATA, root_id=case.pk, by=ann)
        assert printing.keep(printout_id=printout.pk, kept=kept, pages=1, by=ann, at=at)
    return kept


def test_a_print_that_is_replaced_during_a_backup_is_not_missing(world, filed, shelf, tmp_path, monkeypatch):
    replaced, copy = print_it(world, filed), files.copy

    def copied(*folders):
        print_it(world, filed)
        return copy(*folders)

    monkeypatch.setattr(files, "copy", copied)
    backup = back_up(source(shelf), tmp_path / "backup", at=timezone.now())

    assert not (shelf / str(replaced.location)).exists()
    assert backup.missing == []


def test_a_backup_says_which_files_are_missing_or_cut(world, filed, shelf, tmp_path):
    version = version_of(world, filed)
    segment = shelf / str(version.location) / "0"
    segment.write_bytes(segment.read_bytes()[:-1])

    backup = back_up(source(shelf), tmp_path / "backup", at=timezone.now())

    assert backup.missing == [str(version.location)]
    assert any("MISSING" in line for line in backup.lines())


@pytest.mark.usefixtures("filed")
def test_a_backup_without_the_files_of_object_storage_says_so(tmp_path):
    backup = back_up(source(None), tmp_path / "backup", at=timezone.now())

    assert (backup.documents, backup.missing) == ({}, [])
    assert any("NOT in this backup" in line for line in manifest.read(tmp_path / "backup").lines())


def facts_of_here():
    with psycopg.connect(here()) as opened:
        return facts.read(opened)
