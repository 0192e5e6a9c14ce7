"""A partner's system with a token beside the people of the tests of cases, and one of a partner that sees nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import Client

from cases.models import Case
from foundation.access import Level
from foundation.systems import actions
from foundation.systems.actions import Granted
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from tests.cases.cast import CaseWorld
from tests.people import Person

READS = (Scope.CASES_READ, Scope.PARTNERS_READ)


class ApiWorld(CaseWorld):
    """The register of AL, granted a token by AL's administrator; the register of RS, which sees nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.administrators = {
            code: self.house.person("Ada", code, Role.PARTNER_ADMINISTRATOR) for code in ("AL", "RS")
        }
        self.register = self.house.system("Register of AL", "AL")
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
