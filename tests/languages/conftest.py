"""The pseudo-locale, made anew for each test process, and the data that no translation touches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import translation

from setup.messages import extraction, pseudo
from tests.bed.sides import as_owner
from tests.demo.conftest import world as demo_world
from tests.languages import reading
from tests.languages.data import texts
from wbcj.settings import languages

__all__ = ["demo_world"]


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    pseudo.write(pseudo.translated(extraction.libraries(), extraction.ours()), folder)
    return folder


@pytest.fixture
def pseudo_locale(catalogue: Path, settings) -> Iterator[None]:
    given = {
        "LANGUAGES": [*settings.LANGUAGES, languages.PSEUDO],
        "LOCALE_PATHS": [*settings.LOCALE_PATHS, catalogue],
    }
    with override_settings(**given), translation.override(languages.PSEUDO[0]):
        yield


@pytest.fixture
def data(demo_world: None, db: None) -> list[str]:
    """Every text that stands in the database."""
    with as_owner(), connection.cursor() as cursor:
        return reading.values(texts(cursor))
