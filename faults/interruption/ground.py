"""A database to work in, a saved copy of it, and the way back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from django.core.cache import cache
from django.db import connections

from tests.bed import databases as bed

_numbers = count()


@dataclass
class Ground:
    """The database of one use-case, ready for it."""

    name: str
    maintenance: psycopg.Connection[Any]
    _session: psycopg.Connection[Any] | None = None

    @property
    def saved(self) -> str:
        """The copy to which everything goes back."""
        return f"{self.name}_saved"

    def save(self) -> None:
        """Keep the database as it is now."""
        self.leave()
        bed.copy(self.maintenance, self.name, self.saved)
        forget_cached()

    def restore(self) -> None:
        """Bring back what was kept."""
        self.leave()
        bed.drop(self.maintenance, self.name)
        bed.copy(self.maintenance, self.saved, self.name)
        forget_cached()

    @property
    def session(self) -> psycopg.Connection[Any]:
        """The session of the owner, whom no wall hides a row from; instants are in UTC."""
        if self._session is None:
            url = bed.address("DATABASE_OWNER_URL", self.name)
            self._session = psycopg.connect(url, autocommit=True, options="-c timezone=UTC")
        return self._session

    def leave(self) -> None:
        """End every session of ours in the database, so that it can be copied or dropped."""
        connections["default"].close()
        if self._session is not None:
            self._session.close()
            self._session = None


@contextmanager
def prepared() -> Iterator[Ground]:
    """Lend a fresh database to which Django's connection goes."""
    usual = connections["default"].settings_dict["NAME"]
    outside = psycopg.connect(bed.address("DATABASE_OWNER_URL", "postgres"), autocommit=True)
    with outside as maintenance, bed.clone(bed.schema_template()) as name:
        ground = Ground(name, maintenance)
        bed.point_to(name)
        forget_cached()
        try:
            with _lasting_connection():
                yield ground
        finally:
            ground.leave()
            bed.point_to(usual)
            bed.drop(maintenance, ground.saved)


@contextmanager
def _lasting_connection() -> Iterator[None]:
    """Keep Django's connection from one request to the next, as the product does."""
    chosen = connections["default"].settings_dict
    before, chosen["CONN_MAX_AGE"] = chosen["CONN_MAX_AGE"], 600
    try:
        yield
    finally:
        chosen["CONN_MAX_AGE"] = before


def forget_cached() -> None:
    """Begin with an empty cache, as the next process would; nothing is flushed, for others may use the server."""
    cache.key_prefix = f"faults-{os.getpid()}-{next(_numbers)}"
