"""A file is uploaded: with a bar on a telephone whose line breaks, after a reload, and without scripts."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.visitor import Album, Company, Visitor, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"
MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pieces."""
    path = tmp_path_factory.mktemp("films") / "Film e kamerës.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + random.Random(7).randbytes(17 * MEBIBYTE))
    return path


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No picture at all."""
    path = tmp_path_factory.mktemp("pictures") / "photo.png"
    path.write_bytes(b"MZ" + bytes(2000))
    return path


def draft(people: Company, title: str) -> Visitor:
    """A case of one's own, with the page on which a document is added."""
    visitor = people[TIRANA]
    visitor.page.goto(f"{visitor.site.address}/cases/new/")
    visitor.fill(title=title, summary="Lorries cross at night.")
    visitor.tick(crime_types="Organised crime", handling="H0")
    visitor.press("Save as draft")
    visitor.go("Add a document", "add a document")
    return visitor


def describe(visitor: Visitor, file: Path, title: str) -> None:
    visitor.fill(title=title, why="For the hearing")
    visitor.choose(kind="Evidence", language="shqip")
    visitor.page.locator("main input[type=file]").set_input_files(file)


def send(visitor: Visitor) -> None:
    """Press the button; with scripts no other page comes until the file is there."""
    visitor.page.get_by_role("button", name="File the document").click()


def until(visitor: Visitor, words: str) -> None:
    visitor.page.locator("main").get_by_text(re.compile(words)).first.wait_for()


def pieces(page: Any) -> list[int]:
    """The numbers of the pieces that the browser sends from now on."""
    sent: list[int] = []

    def heard(request: Any) -> None:
        found = re.search(r"/uploads/[^/]+/(\d+)/$", request.url)
        if found and request.method == "POST":
            sent.append(int(found[1]))

    page.on("request", heard)
    return sent


def test_a_film_arrives_over_a_line_that_breaks(site, chromium, film):
    with company(site, chromium, Album("documents-360", width=360)) as people:
        tirana = draft(people, "Film of the crossing")
        page = tirana.page
        describe(tirana, film, "Film of the crossing, 3 May")
        sent = pieces(page)
        # The line breaks in the middle of the second piece.
        page.route(re.compile(r"/uploads/[^/]+/1/$"), lambda route: route.abort("connectionreset"), times=1)
        send(tirana)
        until(tirana, "There is no connection at the moment")
        tirana.complaints.clear()
        tirana.look("the line broke")
        until(tirana, "Open the document")
        assert sent == [0, 1, 1, 2]
        tirana.look("filed")
        tirana.go("Open the document", "the document")
        tirana.reads("Film of the crossing, 3 May", "Film e kamerës.mp4", "Not scanned", "SHA-256")


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(site, chromium, film, picture):
    with company(site, chromium, Album("documents-1280")) as people:
        tirana = draft(people, "Film of the harbour")
        page = tirana.page
        form = tirana.here
        describe(tirana, film, "Film of the harbour")
        last = re.compile(r"/uploads/[^/]+/2/$")
        page.route(last, lambda route: None)
        with page.expect_request(last):
            send(tirana)
        page.locator("main [data-pause]").click()
        until(tirana, "Paused at")
        tirana.complaints.clear()
        tirana.look("paused")
        page.unroute_all(behavior="ignoreErrors")

        page.reload()
        until(tirana, "Choose the same file again")
        tirana.look("unfinished")
        describe(tirana, film, "Film of the harbour")
        sent = pieces(page)
        tirana.complaints.clear()
        send(tirana)
        until(tirana, "Open the document")
        assert sent == [2]

        page.goto(f"{site.address}{form}")
        describe(tirana, picture, "No picture")
        send(tirana)
        until(tirana, "The file was refused")
        tirana.look("refused")
        tirana.reads("What is in this file is not what its name says.", "Upload another file")


def test_without_scripts_the_form_sends_the_file_whole(site, chromium, film):
    with company(site, chromium, Album("documents-no-script", width=360, scripts=False)) as people:
        tirana = draft(people, "Film of the bridge")
        describe(tirana, film, "Film of the bridge")
        # A restriction takes the place of the H0 that was ticked, and a mistake does not cost the file.
        tirana.tick(handling="H3")
        tirana.press("File the document")
        tirana.complaints.clear()
        tirana.look("a mistake")
        tirana.reads("H3 needs the restriction in words", "Your file has arrived")
        tirana.page.locator("main input[name=handling_text]").fill("For the court of Tirana alone")
        tirana.press("File the document")
        for _again in range(30):
            if "Look again" not in tirana.page.locator("main").inner_text():
                break
            tirana.page.wait_for_timeout(500)
            tirana.press("Look again")
        tirana.look("filed")
        tirana.go("Open the document", "the document")
        tirana.reads("Film of the bridge", "Film e kamerës.mp4")
