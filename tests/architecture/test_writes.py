"""The guard on writes (it stands around every test) can fail, and has no stale exceptions."""

import pytest
from django.db import connection, transaction

from foundation.workflow.actions import action
from tests.architecture import sources, writes

INSIDE = sources.CHECKOUT / "foundation/pages/views.py"


def from_the_product(function):
    """Let the function look as if it stood in a module of the product."""
    function.__code__ = function.__code__.replace(co_filename=str(INSIDE))
    return function


@from_the_product
def write_outside():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tenancy_partner SET name = name WHERE false")


@from_the_product
def look():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tenancy_partner")


@pytest.mark.writes_outside_actions
def test_a_write_outside_an_action_is_noted(db):
    with writes.noted() as outside, transaction.atomic():
        write_outside()
    assert [line.rpartition(" writes by ")[2] for line in outside] == ["tenancy_partner"]


def test_a_look_and_a_write_inside_an_action_are_not(db):
    @action
    def change():
        write_outside()

    with writes.noted() as outside:
        look()
        change()
    assert outside == []


@pytest.mark.parametrize(
    ("sql", "target"),
    [
        ('INSERT INTO "cases_case" ("root_id") VALUES (1)', "cases_case"),
        ('DELETE FROM "django_session"', None),
        ("SELECT access_grant(%s, %s)", "access_grant"),
        ("SELECT * FROM notifications_tell(%s, %s, %s)", "notifications_tell"),
        ('SELECT 1 FROM "cases_case"', None),
    ],
)
def test_what_counts_as_a_write(sql, target):
    assert writes.written(sql) == target


def test_no_stale_exceptions():
    assert all((sources.CHECKOUT / name).is_file() for name in (*writes.TOOLS, *writes.NO_ACT))
