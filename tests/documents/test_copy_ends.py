"""A copy that may not, or cannot, be filed by the time it is made ends in sight of whoever ordered it, and leaves nothing behind."""

from contextlib import contextmanager

import pytest
from django.urls import reverse

from cases import actions as case_actions
from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.documents import actions
from foundation.documents.copying import actions as copying_actions
from foundation.documents.copying.choices import CopyState
from foundation.documents.models import CustodyEntry, DocumentVersion, FileCheck
from foundation.jobs.models import Job
from foundation.notifications.models import Notice
from tests.documents import copying
from tests.documents.arriving import browser, shown, stored
from tests.documents.copying import ask, filed, newest, refused, work
from tests.documents.keeping import keep


@pytest.fixture
def case(world):
    return copying.worked_on(world, copying.CASE)


@pytest.fixture
def other(world):
    return copying.worked_on(world, copying.OTHER)


@pytest.fixture
def file(world, case):
    return copying.filing(world, case)


# --- by its state ---------------------------------------------------------------------------------------------------------------
def close(world, case):
    with world.ann.acting() as by:
        case_actions.close(case=case, reason="Done.", version=case.version, by=by, at=world.now)


def withdraw(world, document):
    with world.ann.acting() as by:
        actions.withdraw(document=document, reason="Wrong.", version=1, by=by, at=world.now)


def revoke(world, case, person):
    with world.ann.acting() as by:
        for share in Share.objects.visible_to(by).live().filter(root=case.pk, principal=person.membership.group_id):
            access.revoke(by=by, share_id=share.pk)


def test_a_closed_case_takes_no_copy_and_the_form_says_so(world, other, file):
    document = file()
    close(world, other)
    assert "The case is closed" in shown(browser(world.ann).get(copying.address(document, other.pk)))
    assert "The case is closed" in refused(world.ann, document, other)


def test_a_withdrawn_document_is_not_copied(world, other, file):
    document = file()
    withdraw(world, document)
    document.version = 2
    assert "was withdrawn" in refused(world.ann, document, other)


def test_a_file_that_was_never_scanned_is_not_copied_where_files_are_scanned(world, other, file, settings):
    document = file()
    settings.WBCJ_CLAMD = "tcp://127.0.0.1:1"
    assert "never scanned" in refused(world.ann, document, other)


ENDS = {
    "the case of the copy is closed": lambda world, case, other, document: close(world, other),
    "the original is withdrawn": lambda world, case, other, document: withdraw(world, document),
    "the original is out of sight": lambda world, case, other, document: revoke(world, case, world.mira),
    "the other case is out of sight": lambda world, case, other, document: revoke(world, other, world.mira),
}
SAID = {
    "the case of the copy is closed": "The case is closed",
    "the original is withdrawn": "was withdrawn",
    "the original is out of sight": "You do not see the original any more",
    "the other case is out of sight": "You can file nothing in the other case any more",
}


@contextmanager
def between(monkeypatch, name, do):
    """Do something once, before the worker takes that step."""
    step = getattr(copying_actions, name)

    def first(**arguments):
        do()
        return step(**arguments)

    with monkeypatch.context() as patched:
        patched.setattr(copying_actions, name, first)
        yield


@pytest.mark.parametrize("step", ["begin", "finish"])
@pytest.mark.parametrize("what", ENDS)
def test_what_ends_between_order_and_copy_ends_the_copy_in_sight(
    world, case, other, file, shelf, monkeypatch, what, step
):
    document = file(world.mira)
    if what == "the original is withdrawn":
        world.share(case, world.ann, Level.MANAGE)
    ask(browser(world.mira), document, other.pk)
    before = len(stored(shelf))
    with between(monkeypatch, step, lambda: ENDS[what](world, case, other, document)):
        assert work() == ["done"]

    order = newest(world.mira)
    assert (order.state, order.document) == (CopyState.FAILED, None)
    assert SAID[what] in order.said
    assert len(stored(shelf)) == before
    assert copying.documents(world.ann, other.pk) == []
    with world.ann.acting() as ann:
        assert not CustodyEntry.objects.visible_to(ann).filter(act="copied").exists()
    page = shown(browser(world.mira).get(reverse("document_copy_order", kwargs={"pk": order.pk})))
    assert SAID[what] in page
    with world.mira.acting() as mira:
        assert Notice.objects.visible_to(mira).filter(kind="documents.copy.failed", root=None).count() == 1


def test_whoever_lost_both_reads_no_word_of_either(world, case, other, file):
    document = file(world.mira, title="Wiretap of the customs office")
    ask(browser(world.mira), document, other.pk, title="Wiretap of the customs office")
    for one in (case, other):
        revoke(world, one, world.mira)
    work()

    for name, keys in (("document_copy_order", {"pk": newest(world.mira).pk}), ("document_copies", {})):
        page = shown(browser(world.mira).get(reverse(name, kwargs=keys)))
        assert "You do not see the original any more" in page
        assert "Wiretap" not in page
        assert "stamps" not in page


# --- storage --------------------------------------------------------------------------------------------------------------------
def test_a_damaged_original_is_not_copied_and_is_reported(world, other, file, shelf):
    document = file()
    ask(browser(world.ann), document, other.pk)
    (segment,) = stored(shelf)
    segment.chmod(0o600)
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    assert work() == ["done"]

    assert "is damaged" in newest(world.ann).said
    assert copying.documents(world.ann, other.pk) == []
    with world.ann.acting() as ann:
        version = DocumentVersion.objects.visible_to(ann).get(document=document)
        assert FileCheck.objects.get(location=version.location).intact is False
    assert "is damaged" in refused(world.ann, document, other)


def test_while_the_storage_is_away_it_is_tried_again_and_then_given_up_in_sight(world, other, file, monkeypatch):
    document = file()
    ask(browser(world.ann), document, other.pk)

    def away(*_arguments, **_named):
        raise TimeoutError

    with monkeypatch.context() as storage:
        storage.setattr("foundation.documents.storage.DurableFiles._open", away)
        work()
        assert newest(world.ann).state == CopyState.COPYING
        for _time in range(8):
            work()
    order = newest(world.ann)
    assert order.state == CopyState.FAILED
    assert "Several attempts failed" in order.said
    assert Job.objects.get(subject=order.pk).failed_at is not None

    again = copying.address(document, other.pk) + f"?again={order.pk}"
    form = browser(world.ann).get(again).context["form"]
    assert (form["why"].value(), form["title"].value()) == ("Same lorries.", "Request of 3 May")
    filed(world.ann, document, other)


def test_a_copy_that_came_out_otherwise_is_not_filed(world, other, file):
    """Not even if the vault were wrong."""
    ask(browser(world.ann), file(), other.pk)
    with world.ann.acting() as by:
        kept = keep(b"other bytes", root_id=other.pk, by=by)
        assert not copying_actions.finish(order_id=newest(world.ann).pk, kept=kept, by=by, at=world.now)
    assert "not the same as the original" in newest(world.ann).said
