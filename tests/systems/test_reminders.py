"""Administrators are reminded of a token that expires, until it is replaced or revoked."""

import pytest
from django.urls import reverse

from foundation.notifications import inbox
from foundation.notifications.reminders import kinds, sweeping
from foundation.notifications.reminders.models import Holiday, Reminder, WorkingHours
from foundation.tenancy.choices import Role

KIND = "systems.token.expiring"


@pytest.fixture
def every_day(world):
    """Every day is a working day, and all is planned up to the horizon."""
    WorkingHours.objects.update(days=[1, 2, 3, 4, 5, 6, 7])
    Holiday.objects.all().delete()
    plan(world)


def plan(world):
    sweeping.plan(clock=lambda: world.now)


def waiting(granted):
    rows = Reminder.objects.filter(kind=KIND, obligation=granted.token.pk, ended_at__isnull=True)
    return {(row.membership, row.days) for row in rows}


@pytest.mark.usefixtures("every_day")
def test_each_administrator_of_the_partner_is_reminded_14_and_3_days_before(world):
    abe = world.house.person("Abe", "P", Role.PARTNER_ADMINISTRATOR)
    granted = world.grant(days=20)

    plan(world)

    administrators = (world.ann.membership.pk, abe.membership.pk)
    assert waiting(granted) == {(key, days) for key in administrators for days in (14, 3)}
    first = Reminder.objects.filter(obligation=granted.token.pk).order_by("given_at")[0]
    sweeping.sweep(clock=lambda: first.given_at)
    with world.ann.acting() as actor:
        (line,) = inbox.lines(actor)
        assert "token of a system of your partner expires" in line.sentence
        assert line.url == reverse("systems")


@pytest.mark.usefixtures("every_day")
@pytest.mark.parametrize("end", ["rotate", "revoke"])
def test_nobody_is_reminded_of_what_was_replaced_or_revoked(world, end):
    granted = world.grant(days=20)
    plan(world)
    assert waiting(granted)

    getattr(world, end)(granted)
    plan(world)

    assert waiting(granted) == set()
    with world.ann.acting() as actor:
        assert kinds.named(KIND).standing(actor, granted.token.pk, world.now) is None


def test_whoever_administers_another_partner_is_not_reminded(world):
    granted = world.grant(days=20)
    with world.olga.acting() as actor:
        assert kinds.named(KIND).standing(actor, granted.token.pk, world.now) is None
