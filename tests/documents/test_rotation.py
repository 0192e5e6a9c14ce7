"""Rotating the master key rewraps the keys of roots and nothing else, goes on where it stopped, and needs nobody to stop working."""

import secrets

import psycopg
import pytest
from django.db import connection

from foundation.documents import keys, rotation
from foundation.documents.models import RootKey
from foundation.documents.refusals import Unreachable
from tests.bed import databases
from tests.cases.cast import CaseWorld
from tests.documents.keeping import keep, read

pytestmark = pytest.mark.commits


@pytest.fixture
def owner():
    url = databases.address("DATABASE_OWNER_URL", connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def world():
    return CaseWorld()


@pytest.fixture
def cases(world):
    return [world.open(title=f"Case {number}") for number in range(3)]


@pytest.fixture
def kept(world, cases):
    with world.ann.acting() as ann:
        return [keep(str(case.pk).encode(), root_id=case.pk, by=ann) for case in cases]


def rotate_to_a_new_key(settings):
    settings.WBCJ_FORMER_MASTER_KEY, settings.WBCJ_MASTER_KEY = settings.WBCJ_MASTER_KEY, secrets.token_urlsafe(48)


def contents(world, cases, kept):
    with world.ann.acting() as ann:
        return [read(file, root_id=case.pk, by=ann) for case, file in zip(cases, kept, strict=True)]


def test_after_a_rotation_the_new_key_alone_opens_everything(world, cases, kept, owner, settings, shelf):
    before = {path: path.read_bytes() for path in shelf.rglob("0")}
    rotate_to_a_new_key(settings)
    assert rotation.left(owner) == 3

    assert rotation.rewrap(owner, together=2) == 3

    assert rotation.left(owner) == 0
    settings.WBCJ_FORMER_MASTER_KEY = ""
    assert contents(world, cases, kept) == [str(case.pk).encode() for case in cases]
    assert {path: path.read_bytes() for path in shelf.rglob("0")} == before, "no file was touched"
    assert rotation.rewrap(owner) == 0


def test_a_rotation_that_was_interrupted_goes_on(world, cases, kept, owner, settings, monkeypatch):
    rotate_to_a_new_key(settings)
    real, calls = rotation._wrapped_anew, []

    def killed_at_the_second(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_wrapped_anew", killed_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            rotation.rewrap(owner, together=1)

    assert rotation.left(owner) == 2
    assert contents(world, cases, kept) == [str(case.pk).encode() for case in cases], "both keys open meanwhile"
    assert rotation.rewrap(owner) == 2


def test_a_key_made_meanwhile_is_under_the_new_master(world, cases, kept, owner, settings):
    rotate_to_a_new_key(settings)
    new = world.open(title="New")

    with world.ann.acting() as ann:
        keep(b"x", root_id=new.pk, by=ann)
        assert RootKey.objects.visible_to(ann).get(root_id=new.pk).master == keys.masters()[0].name
    assert rotation.rewrap(owner) == 3


def test_without_the_former_key_nothing_is_rewrapped_and_nothing_lost(world, cases, kept, owner, settings):
    former = settings.WBCJ_MASTER_KEY
    settings.WBCJ_MASTER_KEY = secrets.token_urlsafe(48)

    with pytest.raises(Unreachable):
        rotation.rewrap(owner)

    assert rotation.left(owner) == 3
    settings.WBCJ_FORMER_MASTER_KEY = former
    assert rotation.rewrap(owner) == 3
    assert contents(world, cases, kept) == [str(case.pk).encode() for case in cases]
