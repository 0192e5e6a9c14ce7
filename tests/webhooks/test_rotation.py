"""Rotating the master key takes the secrets of webhooks along."""

import secrets
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from foundation.documents.refusals import Unreachable
from foundation.webhooks import actions, rotation
from tests.bed import databases
from tests.webhooks.cast import WebhooksWorld
from tests.webhooks.test_pages import kept_secrets

pytestmark = pytest.mark.commits


@pytest.fixture
def owner():
    url = databases.address("DATABASE_OWNER_URL", connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


def test_after_a_rotation_the_new_key_alone_opens_every_secret(owner, settings):
    world = WebhooksWorld()
    one, other = world.subscribe().subscription, world.subscribe(url="https://127.0.0.1:9/other").subscription
    world.do(actions.rotate, one, overlap=timedelta(days=1))
    before = [kept_secrets(world.fresh(each)) for each in (one, other)]
    former = settings.WBCJ_MASTER_KEY
    settings.WBCJ_MASTER_KEY = secrets.token_urlsafe(48)
    with pytest.raises(Unreachable):
        rotation.rewrap(owner)
    settings.WBCJ_FORMER_MASTER_KEY = former
    assert rotation.left(owner) == 2

    assert rotation.rewrap(owner) == 2

    settings.WBCJ_FORMER_MASTER_KEY = ""
    assert (rotation.left(owner), rotation.rewrap(owner)) == (0, 0)
    assert [kept_secrets(world.fresh(each)) for each in (one, other)] == before
    assert [len(each) for each in before] == [2, 1]
