from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.cases.cast import CaseWorld


@pytest.fixture
def world(db: None) -> CaseWorld:
    """People and cases."""
    return CaseWorld()


@pytest.fixture(autouse=True)
def shelf(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of the test's own for what is kept."""
    folder = tmp_path / "documents"
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "foundation.documents.storage.DurableFiles",
            "OPTIONS": {"location": str(folder)},
        },
    }
    return folder
