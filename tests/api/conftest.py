import pytest

from tests.api.cast import ApiWorld, Caller


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
