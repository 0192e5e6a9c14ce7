"""What staff see of webhooks: numbers, and nothing of whose they are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.tenancy.choices import Role
from foundation.webhooks import actions, post, queries
from tests.webhooks.cast import NOWHERE


@pytest.fixture
def tina(world):
    """A technical administrator who may open the console."""
    return world.house.staff("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)


def test_the_console_counts_what_waits_and_what_fails(world, tina):
    failing = world.subscribe(url=NOWHERE).subscription
    world.told_of(failing, None)
    world.told_of(failing, None, state="failed", ended_at=world.now)
    post.deliver_due()
    working = world.subscribe(url=f"{NOWHERE}/2").subscription
    world.told_of(working, None, created_at=world.now, due_at=world.now - timedelta(minutes=3))
    world.do(actions.pause, world.subscribe(url=f"{NOWHERE}/3").subscription)

    with tina.acting():
        numbers = queries.numbers()

    assert (numbers.active, numbers.failing, numbers.paused, numbers.off) == (2, 1, 1, 0)
    assert (numbers.waiting, numbers.overdue, numbers.retried, numbers.given_up) == (2, 1, 1, 1)
    hers = Client()
    hers.force_login(tina.account)
    page = hers.get(reverse("console_deliveries"))
    assert page.context["webhooks"] == numbers
    assert NOWHERE not in page.content.decode()
    lines = {line.url: line.count for line in hers.get(reverse("console")).context["waiting"]}
    assert lines[f"{reverse('console_deliveries')}#webhooks"] == 1


@pytest.mark.parametrize("who", ["ann", "paul", "register"])
def test_nobody_else_learns_the_numbers(world, who):
    with pytest.raises(access.Forbidden), getattr(world, who).acting():
        queries.numbers()
