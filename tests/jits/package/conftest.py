"""One stage and one clean package for all tests of this folder, since laying out and signing take time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from foundation.documents.rendering.press import Press
from tests.jits.package.stage import FONTS, THREE, Stage


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    press = Press(FONTS)
    yield Stage(press)
    press.close()


@pytest.fixture(scope="session")
def clean(stage: Stage) -> bytes:
    """Three parties, three ways, two languages."""
    return stage.package(stage.agreement(THREE))
