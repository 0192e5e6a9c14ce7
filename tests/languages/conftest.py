"""The pseudo-locale, made anew for each test process, and the data that no translation touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import translation

from jits.agreement import shipped
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
    """Every text that stands in the database, and the words of the model agreement: they are data, each language by itself."""
    with as_owner(), connection.cursor() as cursor:
        return reading.values([*texts(cursor), *of_the_model()])


def of_the_model() -> Iterator[str]:
    """Its words in English, which a page says where it has none in the reader's language, and its versions by name."""
    words = shipped.template(shipped.versions()[-1]).words["en"]
    yield from told(words.table)
    yield from (str(words.at("frame", "model")).format(version=each) for each in shipped.versions())


def told(table: Any) -> Iterator[str]:
    """Every text in a table of tables; one that begins a line has a capital on the page."""
    if isinstance(table, str):
        yield from (table, table[:1].upper() + table[1:])
    elif isinstance(table, Mapping):
        yield from (text for value in table.values() for text in told(value))
    elif isinstance(table, list | tuple):
        yield from (text for value in table for text in told(value))
