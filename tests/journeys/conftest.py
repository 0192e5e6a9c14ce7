"""Fixtures for the journeys; apart from the others, for no other test needs a browser loaded."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.bed import browser, databases
from tests.bed.site import Site, running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A browser for the journeys; while it is lent, Django's own connection may not be used in the same process."""
    with browser.chromium() as lent:
        yield lent


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """The product as it really runs, on the demo world, one for all journeys: each leaves alone what others came for."""
    with running(databases.world_template()) as lent:
        yield lent
