import pytest

from tests.api.cast import ApiWorld, Caller
from tests.changes.follower import Follower


@pytest.fixture
def world(db) -> ApiWorld:
    return ApiWorld()


@pytest.fixture
def register(world) -> Follower:
    """The register of AL, which has read the feed once."""
    follower = Follower(Caller(world.grant().secret))
    follower.follow()
    return follower


@pytest.fixture
def foreign(world) -> Follower:
    """The register of RS, to which nothing is shared, which has read the feed once."""
    follower = Follower(Caller(world.grant(world.foreign, code="RS").secret))
    follower.follow()
    return follower
