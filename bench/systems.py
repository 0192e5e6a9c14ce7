"""The seven actors as partner systems, in a copy of the bench's database that is gone afterwards; the running product over it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connections
from django.utils import timezone
from psycopg import sql

from bench import CHECKOUT, databases
from bench.cast import Person
from bench.databases import Loaded, pointing_to, wrapper
from bench.uses import LIMIT, acting
from cases.models import Case
from foundation.access import acting_as
from foundation.servers.processes import wait_until
from foundation.systems import actions
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import SYSTEM_ADDRESSES, Role
from foundation.tenancy.models import Account, Membership
from tests.bed import databases as bed
from tests.bed.site import free_port

WORKERS = 2
UNLIMITED = 10**9


@dataclass(frozen=True, kw_only=True)
class System:
    """One of the seven, with a token."""

    name: str
    person: Person
    secret: str


@dataclass(frozen=True)
class Served:
    """The running product: its port, and who may ask there."""

    port: int
    database: Loaded
    systems: tuple[System, ...]


@contextmanager
def served(size: int, seed: int, folder: Path) -> Iterator[Served]:
    """Two workers of the real web server over a copy of the database of that size."""
    source = databases.loaded(size, seed)
    name, people = source.owner.settings_dict["NAME"], source.people
    source.close()
    copy = f"{databases.PREFIX}_api_{os.getpid()}"
    with bed.maintenance() as connection:
        bed.copy(connection, name, copy)
    database = Loaded(
        size, people, *(wrapper(url, copy) for url in ("DATABASE_URL", "DATABASE_URL", "DATABASE_OWNER_URL"))
    )
    try:
        systems = _systems(database)
        (folder / "pages.json").write_text(json.dumps(pages_of(database)), encoding="utf-8")
        with _running(copy, folder) as port:
            yield Served(port, database, systems)
    finally:
        database.close()
        with bed.maintenance() as connection:
            bed.drop(connection, copy)


def _systems(database: Loaded) -> tuple[System, ...]:
    at = timezone.now()
    with pointing_to(database.owner):
        with connections["default"].cursor() as cursor:
            cursor.execute(Path(__file__).with_name("served").joinpath("bare_codes.sql").read_text(encoding="utf-8"))
            cursor.execute(sql.SQL("ALTER TABLE tenancy_account DISABLE TRIGGER USER"))
        granters = [_prepared(person, at) for person in database.people]
        with connections["default"].cursor() as cursor:
            cursor.execute(sql.SQL("ALTER TABLE tenancy_account ENABLE TRIGGER USER"))
    with pointing_to(database.walled):
        return tuple(
            System(name=person.sight.name, person=person, secret=_granted(person, granter, at))
            for person, granter in zip(database.people, granters, strict=True)
        )


def _prepared(person: Person, at: datetime) -> Membership:
    """Make a system of the person, so that everything that it sees stays as it is; and an administrator of its partner."""
    Account.objects.filter(pk=person.account_id).update(
        kind="system", email=f"{person.account_id}{SYSTEM_ADDRESSES}", password=make_password(None), is_staff=False
    )
    account = Account.objects.create(email=f"{person.account_id}@bench.example.org", full_name="Bench administrator")
    authority = Membership.objects.get(pk=person.membership_id).authority
    founding = {"starts_at": at - timedelta(days=1), "proposed_at": at - timedelta(days=1), "founding": True}
    return Membership.objects.create(
        account=account,
        authority=authority,
        role=Role.PARTNER_ADMINISTRATOR,
        confirmed_at=at - timedelta(days=1),
        **founding,
    )


def _granted(person: Person, granter: Membership, at: datetime) -> str:
    with acting_as(granter.account_id, granter.pk) as by:
        return actions.grant(
            by=by,
            at=at,
            membership_id=person.membership_id,
            scopes=[Scope.CASES_READ, Scope.CASES_WRITE],
            expires_at=at + timedelta(days=1),
        ).secret


def pages_of(database: Loaded) -> dict[str, list[str]]:
    """The keys of the fifty cases that each system sees first."""
    found = {}
    with pointing_to(database.walled):
        for person in database.people:
            with acting(person) as actor:
                page = Case.objects.newest_page(actor, limit=LIMIT)
            found[str(person.membership_id)] = [str(key) for key in page.roots]
    return found


@contextmanager
def _running(name: str, folder: Path) -> Iterator[int]:
    port = free_port()
    environment = {
        **os.environ,
        **bed.environment(name),
        "DJANGO_SETTINGS_MODULE": "bench.served.settings",
        "WBCJ_DATABASE_ROLE": "runtime",
        "WBCJ_DEMO": "1",
        "WBCJ_API_REQUESTS_PER_MINUTE": str(UNLIMITED),
        "WBCJ_BENCH_PAGES": str(folder / "pages.json"),
    }
    serve = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS))
    command = [sys.executable, "-m", "granian", *serve, "--blocking-threads", "8", "wbcj.wsgi:application"]
    with (folder / "granian.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        if not wait_until(lambda: _answers(port), seconds=60):
            raise TimeoutError(f"The product did not answer; see {folder / 'granian.log'}.")
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=5).close()
    except OSError:
        return False
    return True
