"""What partner systems do through the interface, cut off and sent again with the same key, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faults.interruption.deeds import Answer, Deed
from faults.interruption.others import Call
from faults.interruption.trial import UseCase
from foundation.pages.api import idempotency
from foundation.pages.models import Receipt
from foundation.pages.tasks import forget_receipts
from foundation.systems import actions
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from tests.bed.sides import as_owner
from tests.hostile.stage import Stage

FACTS = {"title": "Cigarettes over the lake", "summary": "Lorries cross at night.", "crime_types": ["drug_trafficking"]}
LAST_USE = frozenset((("systems_systemtoken", "used_at"), ("systems_systemtoken", "used_from")))
"""Noted once a minute at most, before anybody acts."""


@dataclass
class Sent(Deed):
    """A request of a partner system. Whoever gets no answer, or is told to ask again, sends it as it was."""

    address: str
    token: str
    body: Mapping[str, Any] = field(default_factory=dict)
    method: str = "POST"
    match: str = ""
    key: str = "the-act"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def do(self) -> Answer:
        """Send it, with the same key each time."""
        if not connection.in_atomic_block:
            close_old_connections()
        said = {"authorization": f"Bearer {self.token}", "idempotency-key": self.key}
        if self.match:
            said["if-match"] = self.match
        content = json.dumps(self.body).encode()
        came: Any = self.client.generic(
            self.method, self.address, content, content_type="application/json", headers=said
        )
        error = repr(came.exc_info[1])[:300] if getattr(came, "exc_info", None) else ""
        return Answer(came.status_code, came.headers.get("Location", ""), came.content.decode(), error)

    def complaints(self, answer: Answer, *, nothing: bool | None) -> list[str]:
        """A problem that says: ask again."""
        if answer.fine:
            return []
        if answer.status != 503:
            return [f"answered {answer.status} {answer.error}"]
        said = json.loads(answer.text)
        return [] if said["type"].endswith("unavailable") else [f"503 with {said}"]


def _token(stage: Stage) -> str:
    """Of a system of Albania's that works as a prosecutor does; used this minute already."""
    system = stage.house.system("Case management", "AL", Role.PROSECUTOR)
    with stage.administrator().acting() as by:
        granted = actions.grant(
            by=by,
            at=stage.now,
            membership_id=system.membership.pk,
            scopes=list(Scope),
            expires_at=stage.now + timedelta(days=30),
        )
    client = Client(headers={"authorization": f"Bearer {granted.secret}"})
    if client.get(reverse("api_cases")).status_code != 200:
        raise RuntimeError("the token opens nothing")
    return granted.secret


def _filed(stage: Stage) -> tuple[str, str, str]:
    """A draft that the system filed: its token, the address, and the version that it was told."""
    token = _token(stage)
    answer = Sent(reverse("api_cases"), token, FACTS).do()
    if answer.status != 201:
        raise RuntimeError(f"filing a case answered {answer.status} {answer.text}")
    return token, answer.location, f'"{json.loads(answer.text)["version"]}"'


def file_case(stage: Stage) -> Deed:
    """A system files a case."""
    return Sent(reverse("api_cases"), _token(stage), FACTS)


def moved(step: str) -> Callable[[Stage], Deed]:
    """A system moves the case that it filed."""

    def prepare(stage: Stage) -> Deed:
        token, address, version = _filed(stage)
        return Sent(f"{address}/{step}", token, match=version, key=step)

    return prepare


def edit_case(stage: Stage) -> Deed:
    """A system edits the case that it filed; a change on what was read needs no key."""
    token, address, version = _filed(stage)
    return Sent(address, token, {"title": "Cigarettes over two lakes"}, method="PATCH", match=version)


def old_receipts(stage: Stage) -> Deed:
    """What systems were told long ago is forgotten."""
    file_case(stage).do()
    with as_owner():
        Receipt.objects.update(at=timezone.now() - idempotency.KEPT - timedelta(minutes=1))
    return Call(forget_receipts)


SYSTEMS: tuple[UseCase, ...] = (
    UseCase(name="case filed by a system", prepare=file_case, apart=LAST_USE),
    UseCase(name="case opened by a system", prepare=moved("open"), apart=LAST_USE),
    UseCase(
        name="case edited by a system",
        prepare=edit_case,
        apart=LAST_USE,
        again={"audit_event": "that the version had passed is on record"},
        refused_when_done="the version that it was told of has passed by then, and the answer says so",
    ),
    UseCase(name="receipts of systems forgotten", prepare=old_receipts),
)
