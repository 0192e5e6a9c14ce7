"""Changing sides on the test's one connection: the runtime role works, the owner role sets things up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg.errors import InFailedSqlTransaction


@contextmanager
def as_owner() -> Iterator[None]:
    """Act as the owner role, then return to the role that acted before."""
    before = current_role()
    _become(settings.WBCJ_OWNER_ROLE)
    try:
        yield
    finally:
        _return_to(before)


def current_role() -> str:
    """The role whose rights count now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def _become(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")


def _return_to(role: str) -> None:
    try:
        # Straight to the driver: Django refuses statements in a block that is bound to be rolled back.
        connection.connection.execute(f"SET ROLE {connection.ops.quote_name(role)}")
    except InFailedSqlTransaction:
        # The rollback that must follow undoes the change of role as well.
        return
