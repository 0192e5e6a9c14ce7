"""The shipped model, read once."""

from __future__ import annotations

import pytest

from jits.agreement import filling, shipped
from jits.agreement.content import Document
from tests.jits.agreement.giving import WEST_BALKANS, values


@pytest.fixture(scope="session")
def model():
    return shipped.template("2026")


@pytest.fixture
def drawn_up():
    """A document of the model, in the recommended form unless told otherwise."""

    def draw_up(
        *, version="2026", language="en", bases=WEST_BALKANS, chosen=None, document="agreement", **changes
    ) -> Document:
        template = shipped.template(version)
        return filling.fill(
            template,
            language=language,
            bases=bases,
            chosen=template.recommended(bases) if chosen is None else chosen,
            given=values(**changes),
            document=document,
        )

    return draw_up
