import pytest

from foundation.tenancy.choices import OfficeKind, Role
from tests.api.cast import WRITES, ApiWorld, Caller


@pytest.fixture
def world(db) -> ApiWorld:
    return ApiWorld()


@pytest.fixture
def register(world) -> Caller:
    """The register of AL with a token that reads."""
    return Caller(world.grant().secret)


@pytest.fixture
def neighbour(world) -> Caller:
    """The register of MK, to whose partner invitations go."""
    return Caller(world.grant(world.neighbour, code="MK").secret)


@pytest.fixture
def foreign(world) -> Caller:
    """The register of RS, to which nothing is shared."""
    return Caller(world.grant(world.foreign, code="RS").secret)


@pytest.fixture
def leading(world) -> Caller:
    """A system of AL that works as a prosecutor does, with a token that writes."""
    system = world.house.system("Case management of AL", "AL", Role.PROSECUTOR)
    return Caller(world.grant(system, scopes=WRITES).secret)


@pytest.fixture
def outsider(world) -> Caller:
    """A system of RS that could write, and to which nothing is shared."""
    system = world.house.system("Case management of RS", "RS", Role.PROSECUTOR)
    return Caller(world.grant(system, code="RS", scopes=WRITES).secret)


@pytest.fixture
def coordinating(world) -> Caller:
    """A system of MK that works as a prosecutor does and holds the coordinator's office, to which invitations go."""
    offices = (OfficeKind.COORDINATOR,)
    system = world.house.system("Case management of MK", "MK", Role.PROSECUTOR, offices=offices)
    return Caller(world.grant(system, code="MK", scopes=WRITES).secret)
