"""Files through the running product: the bench at two mebibytes, and what only a real line shows."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.urls import reverse

from bench import files, memory
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.servers.processes import wait_until
from tests.people import House

MEBIBYTES = 48


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), files.stage_in(tmp_path_factory.mktemp("files") / "documents") as stage:
        yield stage


@pytest.fixture(scope="module")
def document(stage):
    return files.upload(stage, MEBIBYTES)[0]


def asked(stage, document, cookie=""):
    """A request whose answer is read as slowly as we like."""
    line = socket.create_connection(("127.0.0.1", int(stage.site.address.rpartition(":")[2])), timeout=30)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    path = reverse("document_download", kwargs={"pk": document.pk, "number": 1})
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie or stage.cookie}\r\n\r\n".encode())
    return line


def read_all(line, *, had=0):
    """The rest of the answer, until the server ends it or breaks off."""
    try:
        while piece := line.recv(1 << 20):
            had += len(piece)
    except ConnectionError:
        pass
    return had


def test_the_bench_measures_what_went_in_and_came_out(stage, tmp_path):
    claims = files.compare(stage, 2, rounds=1, path=tmp_path / "report.json")

    goals = [claim.name for claim in claims if claim.goal is not None]
    assert len(goals) == 4
    assert all(claim.figure is not None for claim in claims)
    assert {row["name"] for row in json.loads((tmp_path / "report.json").read_text())["claims"]} >= set(goals)


# A process of its own: the kernel may take pages from one that is large and old, as much as it takes more.
GROWING = "import sys; sys.stdin.readline(); held = bytearray(b'x' * 64 * 2**20); print(len(held), flush=True); sys.stdin.readline()"


def test_memory_that_grows_is_seen():
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", GROWING], stdin=pipe, stdout=pipe, text=True) as growing:
        with memory.watched([growing.pid]) as growth:
            growing.stdin.write("grow\n")
            growing.stdin.flush()
            assert growing.stdout.readline() == f"{64 * 2**20}\n"
            time.sleep(0.2)
        growing.communicate("end\n", timeout=10)

    assert growth.mebibytes > 48


def test_while_somebody_downloads_slowly_others_are_answered(stage, document):
    slow = [asked(stage, document) for _line in range(settings.WBCJ_DOWNLOADS_AT_ONCE)]
    try:
        for line in slow:
            line.recv(1024)
        began = time.monotonic()
        with urllib.request.urlopen(f"{stage.site.address}/health/live/", timeout=10) as answer:
            assert answer.status == 200
        assert time.monotonic() - began < 5
        assert idle_in_transaction(stage) == 0, "a waiting download holds no transaction"
        with asked(stage, document) as one_more:
            assert one_more.recv(1024).startswith(b"HTTP/1.1 503")
    finally:
        for line in slow:
            line.close()
    assert wait_until(lambda: not open_files(stage) & stored(stage), seconds=10)


def test_a_download_that_is_given_up_leaves_nothing_open(stage, document):
    line = asked(stage, document)
    line.recv(1024)
    assert wait_until(lambda: bool(open_files(stage) & stored(stage)), seconds=5)

    line.close()

    assert wait_until(lambda: not open_files(stage) & stored(stage), seconds=10)


def test_a_running_download_breaks_off_when_the_share_is_revoked(stage, document):
    bob = House().person("Bob", "AL", authority=f"Police {time.time()}")
    with stage.person.acting() as ann:
        access.grant(
            by=ann,
            root_id=stage.root_id,
            principal=bob.membership.group_id,
            level=Level.VIEW,
            reason=Reason.SHARE,
        )
    line = asked(stage, document, files.cookie_of(bob))
    had = len(line.recv(65536))
    assert had

    with stage.person.acting() as ann:
        share = Share.objects.visible_to(ann).live().get(root_id=stage.root_id, principal=bob.membership.group_id)
        access.revoke(by=ann, share_id=share.pk)

    assert read_all(line, had=had) < MEBIBYTES * 2**20 * 0.8


def test_the_line_says_what_it_sends(stage, document):
    line = http.client.HTTPConnection(urlsplit(stage.site.address).netloc, timeout=30)
    address = reverse("document_download", kwargs={"pk": document.pk, "number": 1})
    line.request("HEAD", address, headers={"Cookie": stage.cookie, "Accept-Encoding": "gzip, br"})
    head = line.getresponse()
    assert (head.status, head.read()) == (200, b"")
    line.request("GET", address, headers={"Cookie": stage.cookie, "Range": "bytes=-10", "Accept-Encoding": "gzip, br"})
    part = line.getresponse()
    body = part.read()
    line.close()

    assert head.headers["Content-Length"] == str(MEBIBYTES * 2**20)
    assert (part.status, len(body), part.headers["Content-Length"]) == (206, 10, "10")
    assert part.headers["Content-Encoding"] is None
    assert part.headers["Content-Range"].endswith(f"/{MEBIBYTES * 2**20}")


# --- an export over a real line -----------------------------------------------------------------------------------------------
def exporting(stage, document, cookie):
    """The answer to the form, as a browser fills it in."""
    line = http.client.HTTPConnection(urlsplit(stage.site.address).netloc, timeout=30)
    address = reverse("documents_export", kwargs={"pk": stage.root_id})
    line.request("GET", address, headers={"Cookie": cookie})
    opened = line.getresponse()
    page, token = opened.read().decode(), opened.headers["Set-Cookie"].partition(";")[0]
    hidden = dict(
        re.findall(r'name="(csrfmiddlewaretoken|submission_key|acting)" value="([^"]+)"', page.partition("<main")[2])
    )
    sent = urlencode({**hidden, "documents": str(document.pk), "why": "For the court"})
    kind = "application/x-www-form-urlencoded"
    line.request("POST", address, sent, {"Cookie": f"{cookie}; {token}", "Content-Type": kind})
    return line, line.getresponse()


def test_an_export_comes_whole_over_the_line_and_takes_no_memory_for_its_size(stage, document, tmp_path):
    path = tmp_path / "export.zip"
    with memory.watched(files.web_processes(stage.site)) as growth:
        line, answer = exporting(stage, document, stage.cookie)
        with path.open("wb") as file:
            while piece := answer.read(1 << 20):
                file.write(piece)
        line.close()

    assert answer.status == 200
    assert path.stat().st_size == int(answer.headers["Content-Length"])
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.infolist()[3].file_size == MEBIBYTES * 2**20
    assert growth.mebibytes < MEBIBYTES * 0.7


def test_a_running_export_breaks_off_when_the_share_is_revoked(stage, document):
    eve = House().person("Eve", "AL", authority=f"Police {time.time()}")
    group = eve.membership.group_id
    with stage.person.acting() as ann:
        access.grant(by=ann, root_id=stage.root_id, principal=group, level=Level.VIEW, reason=Reason.SHARE)
    line, answer = exporting(stage, document, files.cookie_of(eve))
    assert answer.status == 200
    assert answer.read(65536)

    with stage.person.acting() as ann:
        share = Share.objects.visible_to(ann).live().get(root_id=stage.root_id, principal=group)
        access.revoke(by=ann, share_id=share.pk)

    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    line.close()


def idle_in_transaction(stage):
    with psycopg.connect(stage.site.environment["DATABASE_OWNER_URL"]) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()"
        ).fetchall()
    return len(rows)


def stored(stage):
    return {str(path) for path in stage.folder.rglob("*")}


def open_files(stage):
    """The files that the web server holds open."""
    return {str(link) for pid in files.web_processes(stage.site) for link in memory.opened(pid)}
