"""Documents are filed, get newer versions and are withdrawn; nothing that was filed ever changes or goes."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from cases.actions.cases import UnableToEdit
from foundation import access
from foundation.access import Level, audiences
from foundation.access.models import Root
from foundation.audit.models import Detail
from foundation.documents import actions, queries
from foundation.documents.models import CustodyEntry, Document, DocumentVersion
from foundation.documents.refusals import Broken
from tests.bed.sides import as_owner
from tests.documents.keeping import add_version, described, file_document, incoming, keep, read, sha256


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def document(world, case):
    with world.ann.acting() as ann:
        return file_document(b"first", root_id=case.pk, by=ann, at=world.now)


def titles(actor, root_id):
    return [line.document.title for line in queries.of_root(actor, root_id)[0]]


def acts(actor, document):
    return [
        (e.act, e.fingerprint) for e in CustodyEntry.objects.visible_to(actor).filter(document=document).order_by("at")
    ]


def test_a_filed_document_is_there_for_everyone_on_the_case(world, case, document):
    world.share(case, world.mira, Level.VIEW)

    with world.mira.acting() as mira:
        assert titles(mira, case.pk) == ["Request of 3 May"]
        version = document.versions.get()
        assert read(version, root_id=case.pk, by=mira) == b"first"
        assert acts(mira, document) == [("received", sha256(b"first"))]
        assert Detail.objects.visible_to(mira).filter(verb="documents.document.received").count() == 1


def test_a_newer_version_keeps_the_earlier_ones(world, case, document):
    with world.ann.acting() as ann:
        add_version(b"second", document, by=ann, at=world.now)

        view = queries.view(Document.objects.visible_to(ann).get(pk=document.pk), actor=ann)
        assert [line.version.number for line in view.versions] == [2, 1]
        assert [read(v.version, root_id=case.pk, by=ann) for v in view.versions] == [b"second", b"first"]
        assert acts(ann, document) == [("received", sha256(b"first")), ("received", sha256(b"second"))]


def test_a_newer_version_of_a_stale_document_is_refused(world, document):
    with world.ann.acting() as ann:
        add_version(b"second", document, by=ann, at=world.now)
        with pytest.raises(access.StaleVersion):
            add_version(b"third", document, by=ann, at=world.now)


@pytest.mark.parametrize("audience", [audiences.PARTNER, audiences.AUTHORITY, audiences.SELF])
def test_a_document_for_an_audience_is_nowhere_for_others(audience, world, case):
    world.share(case, world.mira, Level.MANAGE)
    with world.ann.acting() as ann:
        document = file_document(b"ours", root_id=case.pk, by=ann, at=world.now, audience=audience)
        assert titles(ann, case.pk) == ["Request of 3 May"]

    with world.mira.acting() as mira:
        assert titles(mira, case.pk) == []
        assert Document.objects.count() == DocumentVersion.objects.count() == CustodyEntry.objects.count() == 0
        assert not Detail.objects.visible_to(mira).filter(verb__startswith="documents.").exists()
        with pytest.raises(Document.DoesNotExist):
            actions.withdraw(document=document, reason="x", version=1, by=mira, at=world.now)


def test_the_own_partner_reads_what_was_filed_for_it(world, case):
    world.share(case, world.bob, Level.VIEW)
    with world.ann.acting() as ann:
        file_document(b"ours", root_id=case.pk, by=ann, at=world.now, audience=audiences.PARTNER)

    with world.bob.acting() as bob:
        assert titles(bob, case.pk) == ["Request of 3 May"]


def test_a_document_of_a_row_stands_with_that_row(world, case):
    note = uuid4()
    with world.ann.acting() as ann:
        file_document(b"one", root_id=case.pk, by=ann, at=world.now, about=note, title="Of the note")
        file_document(b"two", root_id=case.pk, by=ann, at=world.now, title="Of the case")

        assert titles(ann, case.pk) == ["Of the case"]
        assert [line.document.title for line in queries.of_rows(ann, case.pk, [note])[note]] == ["Of the note"]


def test_a_stranger_files_nothing_and_learns_nothing(world, case, document):
    with world.stranger.acting() as stranger:
        for root in (case.pk, uuid4()):
            with pytest.raises(Root.DoesNotExist):
                actions.receive(
                    root_id=root,
                    description=described(),
                    incoming=incoming(keep(b"x", root_id=world_of(stranger), by=stranger)),
                    audience=None,
                    by=stranger,
                    at=world.now,
                )
        assert queries.of_root(stranger, case.pk) == ((), None)
        assert Document.objects.count() == 0


def world_of(actor):
    """A root of the actor's own, whose key it may use."""
    return access.open_root(by=actor, kind="sample", reference=f"S-{uuid4().hex[:8]}", title="Own")


def test_who_may_only_view_files_nothing(world, case):
    world.share(case, world.mira, Level.VIEW)

    with world.mira.acting() as mira, pytest.raises(access.Forbidden):
        file_document(b"x", root_id=case.pk, by=mira, at=world.now)


def test_a_closed_case_takes_no_document(world):
    closed = world.closed()

    with world.ann.acting() as ann, pytest.raises(UnableToEdit):
        file_document(b"x", root_id=closed.pk, by=ann, at=world.now)


def test_a_file_of_another_root_cannot_be_filed_here(world, case):
    other = world.open(title="Another")
    with world.ann.acting() as ann:
        kept = keep(b"x", root_id=other.pk, by=ann)
        with pytest.raises((Broken, access.NotThere)):
            actions.receive(
                root_id=case.pk,
                description=described(),
                incoming=incoming(kept),
                audience=None,
                by=ann,
                at=world.now,
            )


@pytest.mark.parametrize(
    "wrong",
    [
        {"handling": []},
        {"handling": ["H0", "H1"]},
        {"handling": ["H3"]},
        {"kind": "novel"},
        {"language": "xx"},
        {"title": "  "},
    ],
)
def test_what_a_form_would_not_send_is_refused_in_words(wrong, world, case):
    with world.ann.acting() as ann, pytest.raises(actions.UnableToReceive):
        file_document(b"x", root_id=case.pk, by=ann, at=world.now, **wrong)


def test_malware_is_not_filed(world, case):
    with world.ann.acting() as ann, pytest.raises(actions.UnableToReceive):
        actions.receive(
            root_id=case.pk,
            description=described(),
            incoming=incoming(keep(b"x", root_id=case.pk, by=ann), scan="found"),
            audience=None,
            by=ann,
            at=world.now,
        )


# --- withdrawing ---------------------------------------------------------------------------------------------------------------
def test_a_withdrawn_document_leaves_the_list_and_stays_on_record(world, case, document):
    with world.ann.acting() as ann:
        withdrawn = actions.withdraw(document=document, reason="Wrong file.", version=1, by=ann, at=world.now)

        assert titles(ann, case.pk) == []
        assert [line.document.pk for line in queries.all_of_root(ann, case.pk)[0]] == [document.pk]
        assert read(document.versions.get(), root_id=case.pk, by=ann) == b"first"
        with pytest.raises(actions.UnableToWithdraw):
            actions.withdraw(document=withdrawn, reason="Again.", version=2, by=ann, at=world.now)
        with pytest.raises(actions.UnableToReceive):
            add_version(b"second", withdrawn, by=ann, at=world.now)


def test_another_authority_withdraws_only_when_it_manages(world, case, document):
    world.share(case, world.mira, Level.CONTRIBUTE)
    with world.mira.acting() as mira, pytest.raises(actions.UnableToWithdraw):
        actions.withdraw(document=document, reason="No.", version=1, by=mira, at=world.now)

    world.share(case, world.mira, Level.MANAGE)
    with world.mira.acting() as mira:
        actions.withdraw(document=document, reason="Agreed.", version=1, by=mira, at=world.now)


def test_withdrawing_needs_a_reason_and_the_version_that_was_read(world, document):
    with world.ann.acting() as ann:
        with pytest.raises(actions.UnableToWithdraw):
            actions.withdraw(document=document, reason=" ", version=1, by=ann, at=world.now)
        with pytest.raises(access.StaleVersion):
            actions.withdraw(document=document, reason="x", version=7, by=ann, at=world.now)


# --- what the database keeps, whatever the application does -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_documentversion SET sha256 = 'x'",
        "DELETE FROM documents_documentversion",
        "DELETE FROM documents_document",
        "UPDATE documents_custodyentry SET why = 'x'",
        "DELETE FROM documents_custodyentry",
        "INSERT INTO documents_custodyentry SELECT * FROM documents_custodyentry",
        "UPDATE documents_rootkey SET wrapped = ''",
        "DELETE FROM documents_rootkey",
        "UPDATE documents_filecheck SET intact = true",
    ],
)
@pytest.mark.usefixtures("document")
def test_the_runtime_role_changes_nothing_that_was_filed(statement, world):
    def execute():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    with world.ann.acting(), pytest.raises(DatabaseError, match="permission denied"):
        execute()


def test_a_version_cannot_be_put_under_a_document_of_another_audience(world, case):
    """Not even by somebody who writes rows past the actions."""
    world.share(case, world.mira, Level.CONTRIBUTE)
    with world.ann.acting() as ann:
        hidden = file_document(b"ours", root_id=case.pk, by=ann, at=world.now, audience=audiences.SELF)
    copied = (
        "INSERT INTO documents_documentversion (id, root_id, document_id, number, file_name, media_type, received_at,"
        " received_by_id, findings, scan, location, size, sha256, wrapped_key, stored_at) VALUES (gen_random_uuid(), %s, %s, 2,"
        " 'x', 'x', now(), %s, '[]', 'clean', gen_random_uuid(), 1, 'x', '', now())"
    )

    def insert(mira):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copied, [case.pk, hidden.pk, mira.membership_id])

    with world.mira.acting() as mira, pytest.raises(DatabaseError, match="row-level security"):
        insert(mira)
    with as_owner():
        assert DocumentVersion.objects.filter(document=hidden).count() == 1


@pytest.mark.parametrize("act", ["verified", "destroyed"])
def test_custody_takes_only_acts_of_people(act, world, document):
    def write():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT documents_custody(%s, NULL, %s, '')", [document.pk, act])

    with world.ann.acting(), pytest.raises(DatabaseError, match="not an act"):
        write()
