"""acting(): without it nothing is there, inside it exactly one person is."""

import threading

import pytest
from django.conf import settings
from django.db import connection

from foundation import access
from foundation.access.models import Root, Share
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from tests.architecture import catalog
from tests.bed.sides import as_owner


def test_without_a_context_no_protected_table_has_a_row(story):
    story.open()
    walled = [table for table in catalog.tables().values() if settings.WBCJ_RUNTIME_ROLE in table.policies]
    assert {"access_root", "access_rootgrant", "access_share"} <= {table.name for table in walled}
    for table in walled:
        assert catalog.rows(f"SELECT count(*) FROM {table.name}") == [(0,)], table.name
    with as_owner():
        assert Root.objects.exists()


@pytest.mark.parametrize("model", [Root, Share, Detail, Notice])
def test_a_reading_verb_outside_acting_is_an_error_and_not_an_empty_page(story, model):
    with story.ann.acting() as actor:
        pass
    with pytest.raises(access.NoActor):
        model.objects.visible_to(actor)


def test_a_reading_verb_for_somebody_else_is_an_error(story):
    with story.bob.acting() as bob:
        pass
    with story.ann.acting(), pytest.raises(access.NoActor):
        Root.objects.visible_to(bob)
    with story.ann.acting(), pytest.raises(access.NoActor):
        Root.objects.newest_page(bob, kind="sample")


def test_an_inner_actor_gives_the_outer_one_back(story):
    mine, theirs = story.open(), story.open(by=story.bob)
    with story.ann.acting() as ann:
        with story.bob.acting() as bob:
            assert set(Root.objects.visible_to(bob).values_list("pk", flat=True)) == {theirs}
            assert set(Root.objects.values_list("pk", flat=True)) == {theirs}
        assert set(Root.objects.visible_to(ann).values_list("pk", flat=True)) == {mine}
        assert set(Root.objects.values_list("pk", flat=True)) == {mine}
    assert set(Root.objects.values_list("pk", flat=True)) == set()


def test_an_inner_actor_that_fails_gives_the_outer_one_back(story):
    mine = story.open()
    with story.ann.acting() as ann:
        with pytest.raises(ZeroDivisionError), story.bob.acting():
            raise ZeroDivisionError
        assert set(Root.objects.visible_to(ann).values_list("pk", flat=True)) == {mine}
        assert set(Root.objects.values_list("pk", flat=True)) == {mine}


def test_somebody_refused_leaves_no_context_behind(story):
    story.open()
    story.leaves(story.bob)
    with story.ann.acting() as ann:
        with pytest.raises(access.NotInOffice), story.bob.acting():
            pass
        assert Root.objects.visible_to(ann).exists()
    assert access.current_actor() is None
    assert not Root.objects.exists()


def test_another_thread_inherits_nobody(story):
    found: list[object] = []
    with story.ann.acting():
        thread = threading.Thread(target=lambda: found.append(access.current_actor()))
        thread.start()
        thread.join()
    assert found == [None]


def test_statements_stay_unprepared():
    """A prepared one would keep the plan of the first tenant."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    assert options.get("prepare_threshold", "") is None
    assert not options.get("server_side_binding", False)


@pytest.mark.django_db
def test_the_connection_has_nothing_prepared():
    for _turn in range(10):
        catalog.rows("SELECT count(*) FROM access_root")
    assert connection.connection.prepare_threshold is None
    assert catalog.rows("SELECT count(*) FROM pg_prepared_statements") == [(0,)]
