"""The case sheet says which documents its reader sees in the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions as case_actions
from cases import pdf
from foundation.access import audiences
from foundation.documents import actions
from tests.documents.keeping import add_version, file_document, sha256

pytestmark = pytest.mark.django_db


def sheet(person, case):
    with person.acting() as actor:
        return pdf.freeze(subject=case.pk, actor=actor)


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira)
    return case


def test_it_holds_title_kind_version_date_filer_handling_and_fingerprint(world, case):
    with world.ann.acting() as ann:
        document = file_document(b"first", root_id=case.pk, by=ann, at=world.now, handling=["H1", "H2"])
        add_version(b"second", document, by=ann, at=world.now + timedelta(hours=1))

    (line,) = sheet(world.mira, case).documents

    assert (line.title, line.kind, line.version, line.handling) == (
        "Request of 3 May",
        "Request for mutual legal assistance",
        2,
        "H1, H2",
    )
    assert line.at == world.now + timedelta(hours=1)
    assert line.by.startswith(world.ann.account.full_name)
    assert line.fingerprint.replace(" ", "") == sha256(b"second")[:16]


def test_what_its_reader_does_not_see_is_not_there_nor_counted(world, case):
    with world.ann.acting() as ann:
        file_document(b"ours", root_id=case.pk, by=ann, at=world.now, audience=audiences.SELF, title="For Ann alone")

    own, other = sheet(world.ann, case), sheet(world.mira, case)

    assert [(line.title, bool(line.audience)) for line in own.documents] == [("For Ann alone", True)]
    assert (other.documents, other.all_documents) == ((), 0)


def test_what_is_attached_to_a_note_is_there_and_what_was_withdrawn_is_not(world, case):
    with world.ann.acting() as ann:
        note = case_actions.write_note(case=case, text="See this.", audience="everyone", by=ann, at=world.now)
        file_document(b"a", root_id=case.pk, by=ann, at=world.now, about=note.pk, title="Of the note")
        gone = file_document(b"b", root_id=case.pk, by=ann, at=world.now, title="Gone")
        actions.withdraw(document=gone, reason="Wrong case.", version=gone.version, by=ann, at=world.now)

    assert [line.title for line in sheet(world.mira, case).documents] == ["Of the note"]


def test_of_many_the_newest_are_shown_and_all_are_counted_in_two_statements(world, case, monkeypatch):
    with CaptureQueriesContext(connection) as without:
        sheet(world.ann, case)
    monkeypatch.setattr(pdf, "DOCUMENTS", 3)
    with world.ann.acting() as ann:
        for number in range(5):
            at = world.now + timedelta(minutes=number)
            file_document(b"x", root_id=case.pk, by=ann, at=at, title=f"Letter {number}")

    with CaptureQueriesContext(connection) as captured:
        printed = sheet(world.ann, case)

    assert [line.title for line in printed.documents] == ["Letter 4", "Letter 3", "Letter 2"]
    assert printed.all_documents == 5
    assert len(captured) == len(without) + 1, "the first asks in any case"
    assert sum("documents_document" in query["sql"] for query in captured) == 2
