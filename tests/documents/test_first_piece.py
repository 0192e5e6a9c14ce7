"""The first piece of a download is read before the page's own transaction begins, and is nobody's until that has asked again."""

import threading

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.documents import sending
from foundation.documents.models import CustodyEntry
from foundation.documents.segments import SegmentReader
from tests.documents.arriving import browser
from tests.documents.giving_out import exported, send, taken
from tests.documents.keeping import add_version, file_document


@pytest.fixture
def document(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    with world.ann.acting() as ann:
        return file_document(b"As it was filed.", root_id=case.pk, by=ann, at=world.now)


@pytest.fixture
def address(document):
    return reverse("document_download", kwargs={"pk": document.pk, "number": 1})


@pytest.fixture
def when_opened(monkeypatch):
    """Does something at the moment in which the storage is asked."""
    read, deeds = SegmentReader.chunk, []

    def watched(reader, index):
        for deed in deeds:
            deed()
        return read(reader, index)

    monkeypatch.setattr(SegmentReader, "chunk", watched)
    return deeds.append


def revoke(world):
    with world.ann.acting() as ann:
        share = Share.objects.visible_to(ann).live().get(principal=world.mira.membership.group_id)
        access.revoke(by=ann, share_id=share.pk)


def newer(world, document):
    with world.ann.acting() as ann:
        add_version(b"Newer.", document, by=ann, at=world.now)


def body(response):
    return b"".join(response.streaming_content)


def test_the_storage_is_asked_in_no_transaction_of_the_reader(world, address, when_opened):
    acting = []
    when_opened(lambda: acting.append(access.current_actor()))

    assert body(browser(world.mira).get(address)) == b"As it was filed."
    assert acting == [None]


def test_whoever_lost_it_meanwhile_gets_nothing_and_leaves_nothing_open(
    world, document, address, when_opened, monkeypatch
):
    only = threading.BoundedSemaphore(1)
    monkeypatch.setattr(sending, "slots", lambda: only)
    when_opened(lambda: revoke(world))

    assert browser(world.mira).get(address).status_code == 404
    assert only.acquire(blocking=False)
    with world.ann.acting() as ann:
        assert not CustodyEntry.objects.visible_to(ann).filter(act="downloaded").exists()


def test_before_an_export_the_storage_is_asked_in_no_transaction_and_again_nobody_who_lost_it_gets_it(
    world, document, when_opened, monkeypatch
):
    acting = []
    when_opened(lambda: acting.append(access.current_actor()))
    client, case = browser(world.mira), Case(pk=document.root_id)

    assert taken(send(client, case, document)).testzip() is None
    assert set(acting) == {None}

    only = threading.BoundedSemaphore(1)
    monkeypatch.setattr(sending, "slots", lambda: only)
    when_opened(lambda: revoke(world))
    assert send(client, case, document).status_code == 404
    assert only.acquire(blocking=False)
    assert len(exported(world)) == 1


def test_what_was_filed_while_an_export_was_prepared_is_not_what_was_looked_at(world, document, when_opened):
    deeds = [lambda: newer(world, document)]
    when_opened(lambda: deeds and deeds.pop()())
    client, case = browser(world.mira), Case(pk=document.root_id)

    refused = send(client, case, document)

    assert refused.status_code == 409
    assert "changed while the archive was being prepared" in refused.content.decode()
    assert exported(world) == []
    assert taken(send(client, case, document)).read("documents/001 request.pdf") == b"Newer."


def test_for_whoever_may_not_have_it_the_storage_is_not_asked(world, address, when_opened):
    asked = []
    when_opened(lambda: asked.append(1))

    assert browser(world.stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert asked == []
