"""Whatever is changed in a clean package, the check refuses it, and says the right thing first. Ten thousand: `make tampering`."""

from __future__ import annotations

import pytest

from jits.package.reasons import Reason
from tests.jits.package.tampering import sampling
from tests.jits.package.tampering.ground import KINDS, Ground

EACH = 6


@pytest.fixture(scope="module")
def ground(stage, clean):
    return Ground(stage, clean)


@pytest.fixture(scope="module")
def outcomes(ground):
    """Each kind so many times; more than 300 changes."""
    return sampling.outcomes(ground, range(EACH * len(KINDS)))


def test_there_are_more_than_three_hundred(outcomes):
    assert sum(outcome.tried for outcome in outcomes.values()) >= 300


@pytest.mark.parametrize("name", sorted(KINDS))
def test_it_is_refused_for_the_right_reason(outcomes, name):
    assert outcomes[name].tried == EACH
    assert outcomes[name].otherwise == []


def test_every_reason_was_given_and_the_clean_package_still_passes(outcomes, ground):
    given = {reason for outcome in outcomes.values() for reason in outcome.reasons}

    assert {str(reason) for reason in Reason} - given <= {Reason.FROZEN_UNREADABLE, Reason.EVIDENCE_UNREADABLE}
    assert ground.stage.checked(ground.clean).good
