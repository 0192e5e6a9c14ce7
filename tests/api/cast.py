"""A partner's system with a token beside the people of the tests of cases, and one of a partner that sees nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.invitations.models import Invitation
from cases.models import Case
from foundation import access
from foundation.access import Level, Reason
from foundation.systems import actions
from foundation.systems.actions import Granted
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from tests.cases.cast import CaseWorld
from tests.people import Person

READS = tuple(scope for scope in Scope if scope.endswith(":read"))


class ApiWorld(CaseWorld):
    """The register of AL, granted a token by AL's administrator; that of MK, the neighbour; that of RS, which sees nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.administrators = {
            code: self.house.person("Ada", code, Role.PARTNER_ADMINISTRATOR) for code in ("AL", "MK", "RS")
        }
        self.register = self.house.system("Register of AL", "AL")
        self.neighbour = self.house.system("Register of MK", "MK")
        self.foreign = self.house.system("Register of RS", "RS")

    def grant(self, system: Person | None = None, *, code: str = "AL", scopes: tuple[str, ...] = READS) -> Granted:
        with self.administrators[code].acting() as by:
            return actions.grant(
                by=by,
                at=self.now,
                membership_id=(system or self.register).membership.pk,
                scopes=scopes,
                expires_at=self.now + timedelta(days=30),
            )

    def known(self, **changes: Any) -> Case:
        """A case that the register of AL sees."""
        case = self.open(**changes)
        self.share(case, self.register, Level.VIEW)
        return case

    def show(self, root_id: UUID, system: Person, *, by: Person) -> None:
        """A manager of the root lets a system look at it."""
        with by.acting() as actor:
            access.grant(
                by=actor, root_id=root_id, principal=system.membership.group_id, level=Level.VIEW, reason=Reason.SHARE
            )

    def invited(self, case: Case | None = None, **changes: Any) -> Invitation:
        """An invitation of MK, which its coordinator shows to the register there."""
        invitation = self.invite(case or self.open(), **changes)
        self.show(invitation.pk, self.neighbour, by=self.clerk)
        return invitation


WRITES = tuple(Scope)


class Caller:
    """Asks with a token, as a partner system would."""

    def __init__(self, secret: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"authorization": f"Bearer {secret}"}

    def get(self, address: str, query: Any = None, **headers: str) -> Any:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(address, query, headers={**self.headers, **said})

    def pages(self, address: str) -> Iterator[list[dict[str, Any]]]:
        """The items of each page from here on."""
        following: str | None = address
        while following is not None:
            answer = self.get(following).json()
            yield answer["items"]
            following = answer["next"]

    def send(self, method: str, address: str, body: Any = None, *, match: Any = "", key: str = "new") -> Any:
        """Change something: with the version that was read, and a key of its own unless told otherwise."""
        said = dict(self.headers)
        if match != "":
            said["if-match"] = match if isinstance(match, str) else f'"{match}"'
        if method == "POST" and key:
            said["idempotency-key"] = str(uuid4()) if key == "new" else key
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.client.generic(method, address, content, content_type="application/json", headers=said)

    def post(self, address: str, body: Any = None, **said: Any) -> Any:
        return self.send("POST", address, body, **said)

    def patch(self, address: str, body: Any = None, **said: Any) -> Any:
        return self.send("PATCH", address, body, **said)

    def delete(self, address: str) -> Any:
        return self.send("DELETE", address, b"")


def statements(client: Client, address: str, **headers: Any) -> int:
    """How many the second look at an address takes; the first fills what is kept between looks."""
    client.get(address, **headers)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, **headers).status_code == 200
    return len(captured)
