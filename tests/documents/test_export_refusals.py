"""What is not exported: what its reader does not see or no longer sees, what is damaged or out of reach, too much, and nothing."""

import re
import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse

from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.documents import sending
from foundation.documents.models import FileCheck
from foundation.documents.refusals import Broken
from foundation.documents.sending import Stopped
from tests.bed.sides import as_owner
from tests.documents.giving_out import address, exported, file_three, send, taken
from tests.documents.test_downloads import alarms, browser


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    return case


@pytest.fixture
def filed(world, case):
    return file_three(world, case)


@pytest.fixture
def mira(world):
    return browser(world.mira)


def damage(world, shelf, document, place):
    with world.ann.acting():
        path = shelf / str(document.versions.order_by("-number")[0].location) / "0"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def free_places():
    """How many more downloads may begin."""
    found = 0
    while sending.slots().acquire(blocking=False):
        found += 1
    for _each in range(found):
        sending.slots().release()
    return found


def test_whoever_sees_less_is_offered_less_and_gets_less(case, filed, mira):
    page = mira.get(address(case)).content.decode()
    forged = send(mira, case, *filed)
    archive = taken(send(mira, case, *filed[:2]))

    assert "Only mine" not in page
    assert forged.status_code == 422
    assert "Only mine" not in forged.content.decode()
    assert b"Only mine" not in b"".join(archive.read(name) for name in archive.namelist())
    assert len(archive.namelist()) == 3 + 2


def test_another_partner_is_answered_as_where_there_is_nothing(world, case, filed):
    stranger, key = browser(world.stranger), uuid4()
    nowhere = reverse("documents_export", kwargs={"pk": key})

    def plain(answer):
        """Without what is anew in each answer, and the key that was asked for."""
        assert answer.status_code == 404
        page = answer.content.decode().replace(answer["X-Request-ID"], "").replace(str(case.pk), str(key))
        return re.sub(r'(nonce="|csrfmiddlewaretoken" value=")[^"]+', "", page)

    typed = {"submission_key": str(uuid4()), "documents": [str(filed[0].pk)], "why": "x"}
    assert plain(stranger.get(address(case))) == plain(stranger.get(nowhere))
    assert plain(stranger.post(address(case), typed)) == plain(stranger.post(nowhere, typed))
    assert exported(world) == []


@pytest.mark.parametrize("taken_before", [0, 1, 3])
def test_a_running_export_stops_when_the_share_is_revoked(taken_before, world, case, filed, mira):
    response = send(mira, case, *filed[:2])
    pieces = iter(response.streaming_content)
    had = sum(len(next(pieces)) for _piece in range(taken_before))

    with world.ann.acting() as by:
        share = Share.objects.visible_to(by).live().get(root_id=case.pk, principal=world.mira.membership.group_id)
        access.revoke(by=by, share_id=share.pk)

    with pytest.raises(Stopped):
        next(pieces)
    assert had < int(response.headers["Content-Length"])
    with as_owner():
        assert Event.objects.filter(verb="documents.archive.stopped", outcome="forbidden").count() == 1


def test_whoever_goes_away_leaves_nothing_open(case, filed, mira):
    before = free_places()
    response = send(mira, case, filed[0])
    archive = response._resource_closers[0].__self__
    pieces = iter(response.streaming_content)
    while archive._reader is None:
        next(pieces)
    reader = archive._reader
    assert free_places() == before - 1

    response.close()

    assert reader.closed
    assert free_places() == before


# --- damaged, away -------------------------------------------------------------------------------------------------------------
def test_a_file_that_is_broken_at_once_is_named_and_nothing_is_exported(world, case, filed, mira, shelf):
    damage(world, shelf, filed[1], 20)
    before = free_places()

    response = send(mira, case, *filed[:2], why="For the hearing")

    page = response.content.decode()
    assert response.status_code == 409
    assert "was filed any more, so nothing was exported: Letter from Kosovo" in page
    assert "For the hearing" in page
    assert FileCheck.objects.filter(intact=False).count() == 1
    assert alarms().count() == 1
    assert exported(world) == []
    assert free_places() == before
    form = mira.get(address(case)).context["form"]
    assert form["documents"].value() == [str(filed[0].pk)]
    assert "damaged" in dict(form.fields["documents"].choices)[str(filed[1].pk)]
    assert send(mira, case, *filed[:2]).status_code == 409


def test_a_file_that_breaks_on_the_way_leaves_no_archive_that_looks_whole(world, case, filed, mira, shelf):
    damage(world, shelf, filed[0], -1)
    response = send(mira, case, filed[0])
    given = []

    with pytest.raises(Broken):
        given.extend(response.streaming_content)

    part = b"".join(given)
    assert 0 < len(part) < int(response.headers["Content-Length"])
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(BytesIO(part))
    assert FileCheck.objects.filter(intact=False).count() == 1
    assert alarms().count() == 1
    assert [entry.act for entry in exported(world)] == ["exported"], "it had begun"


def test_a_storage_that_is_away_is_answered_with_words_and_what_was_typed(world, case, filed, mira, monkeypatch):
    def away(*_arguments, **_named):
        raise TimeoutError

    monkeypatch.setattr("foundation.documents.storage.DurableFiles._open", away)
    response = send(mira, case, filed[1], why="For the hearing", all_versions="on")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    form = response.context["form"]
    assert (form["why"].value(), form["documents"].value()) == ("For the hearing", [str(filed[1].pk)])
    assert form["all_versions"].value()
    assert "storage of files does not answer" in response.content.decode()
    assert exported(world) == []


def test_when_as_many_download_as_may_one_more_export_waits(world, case, filed, mira):
    held = free_places()
    for _each in range(held):
        assert sending.slots().acquire(blocking=False)
    try:
        response = send(mira, case, filed[1])
    finally:
        for _each in range(held):
            sending.slots().release()

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "Many downloads are running" in response.content.decode()
    assert exported(world) == []


# --- too much, nothing ---------------------------------------------------------------------------------------------------------
def test_more_than_an_export_takes_is_refused_with_the_figures(world, case, filed, mira, settings):
    settings.WBCJ_EXPORT_LIMIT = 4_000_000

    response = send(mira, case, *filed[:2], why="For the hearing")

    page = response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    assert response.status_code == 409
    assert "These files have 4.2 MB together; one export takes 4.0 MB at most." in page
    assert "For the hearing" in page
    assert exported(world) == []
    assert taken(send(mira, case, filed[1])).testzip() is None


def test_more_files_than_an_export_takes_are_refused_with_the_figures(case, filed, mira, monkeypatch):
    monkeypatch.setattr("foundation.documents.exporting.selecting.FILES", 2)

    assert (
        "These are 3 files; one export takes 2 at most"
        in send(mira, case, *filed[:2], all_versions="on").content.decode()
    )
    assert taken(send(mira, case, *filed[:2])).testzip() is None


def test_nothing_chosen_and_no_reason_are_said_and_what_was_typed_stays(world, case, filed, mira):
    none = send(mira, case, why="For the hearing")
    silent = send(mira, case, filed[1], why="  ")

    assert none.status_code == silent.status_code == 422
    assert "Choose at least one document." in none.content.decode()
    assert none.context["form"]["why"].value() == "For the hearing"
    assert silent.context["form"]["documents"].value() == [str(filed[1].pk)]
    assert "why" in silent.context["form"].errors
    assert exported(world) == []
