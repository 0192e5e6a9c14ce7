"""The rehearsal of an upgrade finds what is lost, and what differs from a fresh start."""

import os

import psycopg
import pytest

from setup import upgrade
from tests.bed import databases


@pytest.fixture
def used():
    with databases.clone(databases.schema_template()) as name:
        yield {**os.environ, **databases.environment(name)}


@pytest.fixture
def fresh():
    with databases.clone(databases.schema_template()) as name:
        yield databases.environment(name)


def change(of, statement):
    with psycopg.connect(of["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(statement)


def test_an_upgrade_that_leads_where_a_fresh_start_leads_passes(used, fresh):
    upgrade.compare(upgrade.rows(used), used, fresh)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("INSERT INTO django_session VALUES ('k', '', now())", "django_session: 0 rows before, 1 now"),
        ("ALTER TABLE access_root NO FORCE ROW LEVEL SECURITY", "tables: missing: r access_root"),
        ("CREATE TABLE left_over (id int)", "tables: too much: r left_over"),
    ],
    ids=["row too much", "wall down", "table left over"],
)
def test_what_differs_is_said_by_name(statement, said, used, fresh):
    before = upgrade.rows(used)
    change(used, statement)

    with pytest.raises(upgrade.UpgradeFails, match=said):
        upgrade.compare(before, used, fresh)


def test_a_commit_that_is_not_there_is_said():
    with pytest.raises(upgrade.UpgradeFails, match="no commit never-was"):
        upgrade.checked_out("never-was")
