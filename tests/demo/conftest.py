"""The demo world, made once for each state of the code, read by every test of a module."""

import pytest
from django.db import connection, connections

from tests.bed import databases


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    usual = connection.settings_dict["NAME"]
    with databases.clone(databases.world_template()) as name:
        databases.point_to(name)
        yield
        with django_db_blocker.unblock():
            connections.close_all()
            databases.point_to(usual)
