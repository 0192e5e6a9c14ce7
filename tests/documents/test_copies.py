"""A copy of a document stands in another case, the same to the byte; whoever sees the one alone learns nothing of the other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions as case_actions
from foundation.access import Level
from foundation.audit.models import Detail
from foundation.documents.cipher import CHUNK
from foundation.documents.copying.choices import CopyState
from foundation.documents.models import CustodyEntry, Document, DocumentVersion
from foundation.documents.pdf import freeze
from foundation.jobs.models import Job
from tests.bed.sides import as_owner
from tests.documents import copying
from tests.documents.arriving import browser, shown, stored
from tests.documents.copying import ask, newest, work
from tests.documents.keeping import add_version, file_document, read, some_bytes

DATA = some_bytes(3 * CHUNK + 5)
SECRET = "Wiretap of the customs office"


@pytest.fixture
def case(world):
    """The case of the original, which Bob reads and Mira does not know of."""
    case = world.open(title="Cigarettes over the lake")
    world.share(case, world.bob, Level.VIEW)
    return case


@pytest.fixture
def other(world):
    """The case of the copy, which Mira reads and Bob does not know of."""
    other = world.open(title="Forged stamps in the port")
    world.share(other, world.mira, Level.VIEW)
    return other


@pytest.fixture
def document(world, case):
    with world.ann.acting() as ann:
        return file_document(DATA, root_id=case.pk, by=ann, at=world.now, title=SECRET, name="wiretap.pdf")


@pytest.fixture
def ann(world):
    return browser(world.ann)


@pytest.fixture
def copy(world, other, document, ann):
    answer = ask(ann, document, other.pk)
    assert answer.status_code == 302, answer.context["form"].errors
    assert work() == ["done"]
    (copy,) = copying.documents(world.ann, other.pk)
    return copy


def page(person, name, document):
    return browser(person).get(reverse(name, kwargs={"pk": document.pk}))


def words_of(world, case):
    with world.ann.acting():
        return [str(case.pk), case.root.reference, case.root.title]


# --- what stands there afterwards ------------------------------------------------------------------------------------------------
def test_the_copy_is_the_original_to_the_byte_under_a_key_of_its_own(world, document, copy):
    with world.ann.acting() as ann:
        found = {v.document_id: v for v in DocumentVersion.objects.visible_to(ann)}
        first, second = found[document.pk], found[copy.pk]
        assert read(second, root_id=copy.root_id, by=ann) == DATA
        assert read(first, root_id=document.root_id, by=ann) == DATA

    assert (first.sha256, first.size, first.file_name) == (second.sha256, second.size, second.file_name)
    assert bytes(first.wrapped_key) != bytes(second.wrapped_key)
    assert first.location != second.location


def test_the_newest_version_is_copied_and_it_alone(world, other, document, ann):
    with world.ann.acting() as by:
        add_version(b"second", document, by=by, at=world.now)
    document.version += 1
    ask(ann, document, other.pk)
    work()

    with world.ann.acting() as by:
        (version,) = DocumentVersion.objects.visible_to(by).of(other.pk)
        assert (version.number, read(version, root_id=other.pk, by=by)) == (1, b"second")


def test_both_custody_records_say_who_when_why_and_with_which_fingerprint(world, document, copy):
    with world.ann.acting() as ann:
        lines = CustodyEntry.objects.visible_to(ann).with_names()
        (out,) = lines.filter(document=document, act="copied")
        (came,) = lines.filter(document=copy)
        file = DocumentVersion.objects.visible_to(ann).get(document=document)

    assert (out.by_id, out.why, out.fingerprint, out.file_id) == (
        world.ann.membership.pk, "Same lorries.", file.sha256, file.pk,
    )  # fmt: skip
    assert (came.act, came.by_id, came.fingerprint) == ("received", world.ann.membership.pk, file.sha256)
    assert came.reason == "Copied from a document of another record. Same lorries."


def test_both_timelines_tell_of_it(world, document, copy):
    with world.ann.acting() as ann:
        told = Detail.objects.visible_to(ann).filter(verb__startswith="documents.")
        assert told.of(document.root_id).order_by("-at").first().verb == "documents.document.copied"
        assert told.of(copy.root_id).order_by("-at").first().verb == "documents.document.received"


def test_pages_and_sheet_show_it_in_words(world, document, copy):
    for name in ("document", "document_custody"):
        assert "Copied from a document of another record. Same lorries." in shown(page(world.mira, name, copy))
        assert "Copied" in shown(page(world.bob, name, document))
    with world.mira.acting() as mira:
        (line,) = [line for line in freeze(subject=copy.pk, actor=mira).entries if line.act == "Received"]
        assert line.why == "Copied from a document of another record. Same lorries."
    with world.bob.acting() as bob:
        assert "Copied" in [line.act for line in freeze(subject=document.pk, actor=bob).entries]


# --- who learns what ---------------------------------------------------------------------------------------------------------------
def test_a_reader_of_the_copy_alone_finds_no_trace_of_the_original(world, case, other, document, copy):
    hidden = [str(document.pk), SECRET, *words_of(world, case)]
    for name in ("document", "document_custody", "documents_of"):
        answer = page(world.mira, name, copy if name != "documents_of" else other)
        assert answer.status_code == 200
        assert [word for word in hidden if word in answer.content.decode()] == []
    with world.mira.acting() as mira:
        rows = [
            str(list(model.objects.visible_to(mira).values()))
            for model in (Document, DocumentVersion, CustodyEntry, Detail)
        ]
    assert [word for word in hidden for row in rows if word in row] == []
    assert page(world.mira, "document", document).status_code == 404


def test_a_reader_of_the_original_alone_finds_no_trace_of_the_copy(world, case, other, document, copy):
    hidden = [str(copy.pk), copy.title, *words_of(world, other)]
    for name in ("document", "document_custody", "documents_of"):
        answer = page(world.bob, name, document if name != "documents_of" else case)
        assert answer.status_code == 200
        assert [word for word in hidden if word in answer.content.decode()] == []
    with world.bob.acting() as bob:
        rows = [
            str(list(model.objects.visible_to(bob).values()))
            for model in (Document, DocumentVersion, CustodyEntry, Detail)
        ]
    assert [word for word in hidden for row in rows if word in row] == []
    assert page(world.bob, "document", copy).status_code == 404


def test_whoever_sees_both_finds_the_original(world, case, document, copy):
    original = reverse("document", kwargs={"pk": document.pk})
    assert original in page(world.ann, "document", copy).content.decode()
    assert original not in page(world.mira, "document", copy).content.decode()

    world.share(case, world.mira, Level.VIEW)
    assert original in page(world.mira, "document", copy).content.decode()


@pytest.mark.parametrize("function", ["documents_origin(%s)", "documents_copy_under(%s, %s)"])
def test_the_database_tells_nobody_who_does_not_see_both(world, other, document, copy, function):
    with world.ann.acting() as ann:
        file = DocumentVersion.objects.visible_to(ann).get(document=document)
    keys = [copy.pk] if "origin" in function else [file.pk, other.pk]
    found = {}
    for person in (world.ann, world.mira, world.bob, world.stranger):
        with person.acting(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}", keys)
            found[person.account.full_name] = cursor.fetchone()[0]
    told = document.pk if "origin" in function else copy.pk
    assert found == {"Ann": told, "Mira": None, "Bob": None, "Stefan": None}


def test_the_order_is_seen_by_nobody_else(world, copy):
    order = newest(world.ann)
    where = reverse("document_copy_order", kwargs={"pk": order.pk})
    assert browser(world.bob).get(where).status_code == 404
    assert "Open the copy" in shown(browser(world.ann).get(where))
    assert copy.title in shown(browser(world.ann).get(reverse("document_copies")))
    assert copy.title not in shown(browser(world.bob).get(reverse("document_copies")))


# --- doing it again ------------------------------------------------------------------------------------------------------------------
def test_the_same_form_twice_and_the_same_work_twice_make_one_copy(world, other, document, ann, shelf):
    data = copying.typed(document)
    answers = [ann.post(copying.address(document, other.pk), data) for _each in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    files = len(stored(shelf))
    work()
    with as_owner():
        Job.objects.filter(subject=newest(world.ann).pk).update(done_at=None, outcome="")
    work()

    assert len(copying.documents(world.ann, other.pk)) == 1
    assert len(stored(shelf)) == files + 1


def test_another_form_for_the_same_copy_is_refused(world, other, document, ann):
    ask(ann, document, other.pk)
    assert "on its way there already" in shown(ask(ann, document, other.pk))
    work()
    assert "stands in that case already" in shown(ask(ann, document, other.pk))
    with world.ann.acting():
        assert newest(world.ann).state == CopyState.READY


def test_a_form_about_an_older_version_is_stale_and_keeps_what_was_typed(world, other, document, ann):
    with world.ann.acting() as by:
        add_version(b"second", document, by=by, at=world.now)
    answer = ask(ann, document, other.pk, title="Typed at length")

    assert answer.status_code == 409
    assert answer.context["form"]["title"].value() == "Typed at length"
    assert work() == []


# --- choosing the case ---------------------------------------------------------------------------------------------------------------
def test_forty_cases_are_chosen_by_words_and_the_wrong_ones_are_not_offered(world, case, other, document, ann):
    others = [world.open(title=f"Case number {number:02}") for number in range(40)]
    closed = world.open(title="Closed long ago")
    with world.ann.acting() as by:
        case_actions.close(case=closed, reason="Done.", version=closed.version, by=by, at=world.now)
    where = reverse("document_copy_choose", kwargs={"pk": document.pk})

    with CaptureQueriesContext(connection) as statements:
        all_of_them = ann.get(where)
    some = ann.get(where, {"text": "number 07"})
    assert len(statements) <= 18
    offered = {root.pk for root in all_of_them.context["rows"]}
    assert {one.pk for one in (*others, other)} <= offered
    assert not {case.pk, closed.pk} & offered
    assert [root.title for root in some.context["rows"]] == ["Case number 07"]
    assert ann.get(where, {"text": "a" * 200}).status_code == 422
    assert ann.get(where, {"after": "garbage"}).status_code == 404
