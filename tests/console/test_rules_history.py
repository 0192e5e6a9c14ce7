"""Who set, ended or withdrew a rule of voting or of reminders stands in a history, as with all other reference data."""

from __future__ import annotations

from datetime import time
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

import contactgroup
import foundation.reference
from contactgroup import actions as group_actions
from contactgroup.counting import Rule
from foundation.notifications.reminders import actions
from foundation.reference.models import Act, Change
from foundation.tenancy.models import Partner
from tests.bed.sides import as_owner
from tests.console.reference_cast import address, confirm, give, in_days, mia
from tests.console.test_console import tina
from wbcj.composition import SET_ELSEWHERE

__all__ = ["mia", "tina"]
KIND = "cases.task.due"
HALF = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2))


def now(by):
    """Each act has its own instant."""
    return {"by": by, "at": timezone.now()}


def told(client, kind, **query):
    """What the page says: which act on which row, and its cells."""
    found = client.get(address("history", kind), query).context["told"]
    return [(one.change.act, one.change.title) for one in found]


def test_offsets_tell_their_way_from_the_first_day_to_the_last(tina, browser):
    with tina.acting() as by:
        kept = actions.set_offset(kind=KIND, days=30, valid_from=in_days(1), **now(by))
        dropped = actions.set_offset(kind=KIND, days=40, valid_from=in_days(5), **now(by))
        actions.end_offset(offset=kept, valid_until=in_days(9), **now(by))
        actions.end_offset(offset=dropped, valid_until=in_days(2), **now(by))
    client = browser(tina)

    assert told(client, "reminders") == [
        (Act.WITHDRAWN, f"{KIND} / 40 ({in_days(5)})"),
        (Act.ENDED, f"{KIND} / 30 ({in_days(1)})"),
        (Act.ADDED, f"{KIND} / 40 ({in_days(5)})"),
        (Act.ADDED, f"{KIND} / 30 ({in_days(1)})"),
    ]
    assert [act for act, _title in told(client, "reminders", row=str(kept.pk))] == [Act.ENDED, Act.ADDED]
    page = client.get(address("history", "reminders")).content.decode()
    assert f"<ins>{in_days(9)}</ins>" in page
    assert "Tina" in page


def test_holidays_and_hours_have_theirs(tina, browser):
    albania = Partner.objects.get(code="AL")
    with tina.acting() as by:
        day = next(in_days(n) for n in range(1, 60) if not albania_is_off(in_days(n)))
        holiday = actions.add_holiday(partner=albania, day=day, name="Day of the lake", **now(by))
        actions.strike_holiday(holiday=holiday, **now(by))
        actions.add_holiday(partner=albania, day=day, name="Another lake", **now(by))
        hours = {"opens": time(8), "reminds": time(8, 30), "closes": time(16), "days": [1, 2]}
        actions.set_hours(partner=albania, valid_from=in_days(1), **hours, **now(by))
    client = browser(tina)

    assert told(client, "holidays") == [(act, f"AL ({day})") for act in (Act.ADDED, Act.STRUCK, Act.ADDED)]
    assert told(client, "hours") == [(Act.ADDED, f"AL ({in_days(1)})")]
    page = client.get(address("history", "holidays")).content.decode()
    assert "<del>Day of the lake</del>" in page


def albania_is_off(day):
    return any(one.day == day and one.partner.code == "AL" for one in SET_ELSEWHERE["holidays"].rows())


def test_voting_rules_have_theirs(mia, browser):
    with mia.acting() as by:
        rule = group_actions.set_rule(rule=HALF, valid_from=in_days(3), **now(by))
        group_actions.withdraw_rule(rule=rule, **now(by))

    assert told(browser(mia), "voting-rules") == [(act, in_days(3).isoformat()) for act in (Act.WITHDRAWN, Act.ADDED)]
    assert [act for act, _title in told(browser(mia), "voting-rules", row=str(rule.pk))] == [Act.WITHDRAWN, Act.ADDED]


def past():
    """The whole history, without the keys of its lines."""
    told = Change.objects.values_list("kind", "row", "title", "act", "at", "by", "imported", "changes")
    return sorted(told, key=str)


@pytest.mark.writes_outside_actions
def test_what_was_done_before_there_was_a_history_is_told_in_the_same_words(tina, mia):
    albania = Partner.objects.get(code="AL")
    hours = {"opens": time(8), "reminds": time(8, 30), "closes": time(16), "days": [1, 2]}
    with tina.acting() as by:
        offset = actions.set_offset(kind=KIND, days=40, valid_from=in_days(5), **now(by))
        actions.end_offset(offset=offset, valid_until=in_days(2), **now(by))
        for partner in (albania, None):
            actions.set_hours(partner=partner, valid_from=in_days(1), **hours, **now(by))
        day = next(in_days(n) for n in range(1, 60) if not albania_is_off(in_days(n)))
        actions.strike_holiday(
            holiday=actions.add_holiday(partner=albania, day=day, name="Day of the lake", **now(by)), **now(by)
        )
    with mia.acting() as by:
        group_actions.withdraw_rule(rule=group_actions.set_rule(rule=HALF, valid_from=in_days(3), **now(by)), **now(by))
    as_told = past()

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reference_change")
        for app, name in ((foundation.reference, "earlier_reminders.sql"), (contactgroup, "earlier_rules.sql")):
            assert app.__file__
            cursor.execute((Path(app.__file__).parent / "sql" / name).read_text(encoding="utf-8"))

    assert len(as_told) == 8
    assert past() == as_told


def test_what_came_with_a_file_says_so_and_stands_there_once(tina, browser):
    client = browser(tina)
    rows = f"kind,days,valid_from\n{KIND},30,{in_days(1)}"

    confirm(client, give(client, rows, "reminders"), "reminders")

    assert list(Change.objects.values_list("kind", "act", "imported")) == [("reminders", Act.ADDED, True)]
    assert "Came in with a file." in client.get(address("history", "reminders")).content.decode()


@pytest.mark.parametrize("kind", sorted(SET_ELSEWHERE))
def test_project_staff_and_technical_administrators_read_every_history_and_find_their_way_back(
    kind, tina, mia, browser
):
    for person in (tina, mia):
        client = browser(person)
        page = client.get(address("history", kind))
        back = page.context["console_trail"][-1]["url"]
        assert page.status_code == 200
        assert client.get(back).status_code == 200, back
        assert address("history", kind) in client.get(reverse("console_reference")).content.decode()
        assert client.get(address("history", kind), {"row": "no key of a row"}).status_code == 404


def test_the_room_offers_a_way_in_to_whoever_may_set_a_kind(tina, mia, browser):
    rooms = [browser(person).get(reverse("console_reference")).content.decode() for person in (tina, mia)]

    for kind in SET_ELSEWHERE:
        of_voting = kind == "voting-rules"
        assert [address("import", kind) in page for page in rooms] == [not of_voting, of_voting]
