import pytest

from tests.cases.cast import CaseWorld


@pytest.fixture
def world(db: None) -> CaseWorld:
    """People and cases."""
    return CaseWorld()
