"""Who asks: six partner systems, each with a sight, a role and a token of its own, where there is one record of every kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from foundation.access import Level
from foundation.systems import actions
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import OfficeKind, Role
from tests.api.cast import ApiWorld
from tests.people import Person

READS = tuple(scope for scope in Scope.values if scope.endswith(":read"))
CALLS = (*READS, Scope.MEETINGS_WRITE.value)
WRITES = tuple(scope for scope in Scope.values if scope.endswith(":write"))
CASES = 12
"""So many more cases, so that lists have pages."""


@dataclass(frozen=True, kw_only=True)
class Asker:
    """A system as the reports name it, the secret that it shows, and what its token is for; a revoked one opens nothing."""

    name: str
    secret: str
    scopes: frozenset[str]
    revoked: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """What it sends with each request."""
        return {"Authorization": f"Bearer {self.secret}"}


class Cast(ApiWorld):
    """The systems of AL and MK work as prosecutors do, and that of MK coordinates: what they do by themselves, they may."""

    def __init__(self) -> None:
        super().__init__()
        self.register = self.house.system("Case management of AL", "AL", Role.PROSECUTOR)
        coordinator = (OfficeKind.COORDINATOR,)
        self.neighbour = self.house.system("Case management of MK", "MK", Role.PROSECUTOR, offices=coordinator)


def six(document: dict[str, Any], world: ApiWorld) -> tuple[Asker, ...]:
    """Six systems of five partners."""
    house, desk = world.house, (OfficeKind.CASE_DESK,)
    for code in ("EJ", "ME"):
        world.administrators[code] = house.person("Ada", code, Role.PARTNER_ADMINISTRATOR)
    eurojust = house.system("Case desk", "EJ", Role.CASE_OFFICER, offices=desk)
    inspectors = house.system("Inspectors of ME", "ME", Role.INVESTIGATOR)
    former = house.system("Former register of AL", "AL")
    for number in range(CASES):
        case = world.known(title=f"Case {number}", stage="trial" if number % 2 else "investigation")
        world.share(case, former, Level.VIEW)
        world.share(case, eurojust, Level.VIEW)
    return (
        _granted(world, "register of AL, all scopes", world.register, "AL", Scope.values),
        _granted(world, "register of MK, all scopes", world.neighbour, "MK", Scope.values),
        _granted(world, "case desk of Eurojust, reads and meetings", eurojust, "EJ", CALLS),
        _granted(world, "register of RS, writes", world.foreign, "RS", WRITES),
        _granted(world, "inspectors of ME, no scope that is asked for", inspectors, "ME", unasked(document)),
        _granted(world, "former register of AL, revoked", former, "AL", Scope.values, revoked=True),
    )


def _granted(
    world: ApiWorld, name: str, system: Person, code: str, may: Collection[str], *, revoked: bool = False
) -> Asker:
    granted = world.grant(system, code=code, scopes=tuple(may))
    if revoked:
        with world.administrators[code].acting() as by:
            actions.revoke(by=by, at=world.now + timedelta(seconds=1), token_id=granted.token.pk)
    return Asker(name=name, secret=granted.secret, scopes=frozenset(may), revoked=revoked)


def unasked(document: dict[str, Any]) -> tuple[str, ...]:
    """A token has one scope at least: the one that the fewest operations ask for stands for none."""
    asked = [scope for operation in operations(document).values() for scope in scopes(operation)]
    return (min(Scope.values, key=asked.count),)


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every operation by its label: method and path."""
    methods = {"get", "post", "put", "patch", "delete"}
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in methods
    }


def scopes(operation: dict[str, Any]) -> list[str]:
    """What a token must be for."""
    return [scope for way in operation.get("security", []) for needed in way.values() for scope in needed]
