import pytest

from tests.systems.cast import SystemsWorld


@pytest.fixture
def world(db):
    return SystemsWorld()
