"""The test bed itself keeps what it promises."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction

from tests.bed.sides import current_role


def tables() -> int:
    return ContentType.objects.filter(app_label="bed").count()


@pytest.mark.django_db
def test_the_session_works_as_the_runtime_role(settings):
    assert current_role() == settings.WBCJ_RUNTIME_ROLE


@pytest.mark.django_db
def test_the_runtime_role_can_change_rows_but_no_table():
    ContentType.objects.create(app_label="bed", model="row")
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        connection.cursor().execute("ALTER TABLE django_content_type ADD COLUMN extra int")


@pytest.mark.django_db
def test_the_owner_acts_only_inside_its_block(as_owner, settings):
    with as_owner():
        assert current_role() == settings.WBCJ_OWNER_ROLE
    assert current_role() == settings.WBCJ_RUNTIME_ROLE


@pytest.mark.django_db
def test_the_runtime_role_is_back_after_a_failed_block_of_the_owner(as_owner, settings):
    with pytest.raises(ProgrammingError), transaction.atomic(), as_owner():
        connection.cursor().execute("SELECT no_such_column")
    assert current_role() == settings.WBCJ_RUNTIME_ROLE


@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_writes_is_gone_in_the_next(turn):
    assert tables() == 0
    ContentType.objects.create(app_label="bed", model=turn)


@pytest.mark.commits
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_has_a_database_of_its_own(turn):
    assert not connection.in_atomic_block
    assert tables() == 0
    ContentType.objects.create(app_label="bed", model=turn)
    connection.close()
    assert tables() == 1


@pytest.mark.commits
def test_a_test_that_commits_works_as_the_runtime_role_too(db, settings):
    assert current_role() == settings.WBCJ_RUNTIME_ROLE


@pytest.mark.django_db
def test_new_functions_are_closed_to_the_runtime_role(as_owner):
    with as_owner():
        connection.cursor().execute("CREATE FUNCTION bed_one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT bed_one()")
