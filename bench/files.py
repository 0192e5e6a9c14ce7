"""A large file goes into the vault and comes out through the running product, beside writing and hashing the same file.

All of it is real: encryption, the fingerprint, the wait for the disk, the rows, and on the way out the web server, the look at the
reader's rights before each piece, and the comparison of the fingerprint before the last one. The three take turns; the first turn only
warms up, for memory that was never in use is slow whoever uses it first. MIB names another size.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import secrets
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bench import CHECKOUT, memory, report
from bench.report import Claim, at_least, at_most, plain
from foundation import access
from foundation.documents import actions, vault
from foundation.documents.actions import Description, Incoming
from foundation.documents.models import Document
from tests.bed import databases as bed
from tests.bed import sessions
from tests.bed.site import Site, running
from tests.people import House, Person

MEBIBYTES, ROUNDS, SEED = 1024, 3, 20261125
RATIO, GROWTH = 0.4, 32
REPORT = CHECKOUT / "var" / "bench" / "files.json"
PIECE = secrets.token_bytes(1024 * 1024)


class NotTheSame(Exception):
    """What came out is not what went in, so nothing that was measured would be true."""


@dataclass
class Series:
    """Seconds of each turn, and the most memory that it took, in MiB."""

    seconds: list[float] = field(default_factory=list)
    growth: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Turns:
    """What is compared."""

    written: Series = field(default_factory=Series)
    up: Series = field(default_factory=Series)
    down: Series = field(default_factory=Series)


@dataclass(frozen=True)
class Stage:
    """The running product, somebody in it and a record of theirs."""

    site: Site
    folder: Path
    person: Person
    root_id: UUID
    cookie: str


def main() -> None:
    """Measure at the size that the environment names, and write what came out."""
    measure(int(os.environ.get("MIB", MEBIBYTES)), rounds=ROUNDS, path=REPORT)


def measure(mebibytes: int, *, rounds: int, path: Path) -> list[Claim]:
    """Write, upload and download in turns, compare."""
    with stage_in(CHECKOUT / "var" / "bench" / f"files-{os.getpid()}") as stage:
        return compare(stage, mebibytes, rounds=rounds, path=path)


def compare(stage: Stage, mebibytes: int, *, rounds: int, path: Path) -> list[Claim]:
    """The same on a stage that stands."""
    at, turns = timezone.now(), Turns()
    for _number in range(rounds + 1):
        _turn(stage, mebibytes, turns)
    claims = list(_claims(mebibytes, turns))
    report.show(claims, print)
    report.write(path, claims, seed=SEED, at=at, times=_times(mebibytes, turns))
    return claims


def _claims(mebibytes: int, turns: Turns) -> Iterator[Claim]:
    for name, series in (("upload", turns.up), ("download", turns.down)):
        pairs = zip(turns.written.seconds[1:], series.seconds[1:], strict=True)
        ratio = statistics.median(plainly / ours for plainly, ours in pairs)
        yield at_least(f"{name} of {mebibytes} MiB: writing and hashing the same file to it", ratio, RATIO)
        yield at_most(f"{name} of {mebibytes} MiB: growth of memory", max(series.growth[1:]), GROWTH, unit="MiB")
        speed = mebibytes / statistics.median(series.seconds[1:])
        yield plain(f"{name} of {mebibytes} MiB", speed, unit="MiB/s")


def _times(mebibytes: int, turns: Turns) -> list[dict[str, object]]:
    return [
        {"mebibytes": mebibytes, "use": name, "turn": turn, "milliseconds": seconds * 1000}
        for name, one in vars(turns).items()
        for turn, seconds in enumerate(one.seconds)
    ]


def _turn(stage: Stage, mebibytes: int, turns: Turns) -> None:
    """The three, one after the other; what one leaves on disk is gone before the next turn."""
    plain_file = stage.folder / "plain"
    with _timed(turns.written, [os.getpid()]):
        fingerprint = _write_and_hash(plain_file, mebibytes)
    plain_file.unlink()
    with _timed(turns.up, [os.getpid()]):
        document, location = upload(stage, mebibytes)
    with _timed(turns.down, web_processes(stage.site)):
        came = _download(stage, document)
    if came != fingerprint:
        raise NotTheSame
    vault.forget(location)


@contextmanager
def _timed(series: Series, pids: list[int]) -> Iterator[None]:
    with memory.watched(pids) as growth:
        began = time.perf_counter()
        yield
        series.seconds.append(time.perf_counter() - began)
    series.growth.append(growth.mebibytes)


def _write_and_hash(path: Path, mebibytes: int) -> str:
    digest = hashlib.sha256()
    with path.open("wb", buffering=0) as file:
        for _piece in range(mebibytes):
            file.write(PIECE)
            digest.update(PIECE)
        os.fsync(file.fileno())
    return digest.hexdigest()


def upload(stage: Stage, mebibytes: int) -> tuple[Document, UUID]:
    with stage.person.acting() as actor:
        writer = vault.writer(root_id=stage.root_id, by=actor)
    for _piece in range(mebibytes):
        writer.write(PIECE)
    kept = writer.finish()
    incoming = Incoming(kept=kept, file_name="large.bin", media_type="application/octet-stream", scan="clean")
    said = Description(title="Large", kind="evidence", language="en", handling=["H0"])
    with stage.person.acting() as actor:
        filed = actions.receive(
            root_id=stage.root_id, description=said, incoming=incoming, audience=None, by=actor, at=timezone.now()
        )
    return filed, kept.location


def _download(stage: Stage, document: Document) -> str:
    """Read it as a browser does, hashing what comes; the hashing is ours and is timed all the same."""
    line = http.client.HTTPConnection(urlsplit(stage.site.address).netloc, timeout=120)
    address = reverse("document_download", kwargs={"pk": document.pk, "number": 1})
    line.request("GET", address, headers={"Cookie": stage.cookie})
    response = line.getresponse()
    digest, room = hashlib.sha256(), bytearray(len(PIECE))
    while length := response.readinto(room):
        digest.update(memoryview(room)[:length])
    line.close()
    return digest.hexdigest() if response.status == 200 else f"status {response.status}"


def web_processes(site: Site) -> list[int]:
    """The web server and its workers."""
    port = site.address.rpartition(":")[2]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"granian" in words and port.encode() in words:
            return memory.family(int(path.parent.name))
    raise ProcessLookupError(port)


@contextmanager
def stage_in(folder: Path) -> Iterator[Stage]:
    """The product on a database of its own, with files in that folder, which is gone afterwards."""
    folder.mkdir(parents=True)
    try:
        with running(bed.schema_template(), documents=folder) as site, _working_on(site, folder):
            person = House().person("Ann", "AL")
            with person.acting() as actor:
                root = access.open_root(by=actor, kind="sample", reference="BENCH-1", title="Large files")
            yield Stage(site, folder, person, root, cookie_of(person))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _working_on(site: Site, folder: Path) -> Iterator[None]:
    """Work on the database and the files of the running product in this process too."""
    kept = {"BACKEND": "foundation.documents.storage.DurableFiles", "OPTIONS": {"location": str(folder)}}
    before = connection.settings_dict["NAME"]
    bed.point_to(urlsplit(site.environment["DATABASE_URL"]).path.lstrip("/"))
    storages: dict[str, Any] = {**settings.STORAGES, "documents": kept}
    try:
        with override_settings(STORAGES=storages):
            yield
    finally:
        connections.close_all()
        bed.point_to(before)


def cookie_of(person: Person) -> str:
    """A session as the sign-in leaves it behind."""
    client: Any = Client()
    sessions.signed_in_fully(client, person.account)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
