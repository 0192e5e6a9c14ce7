"""Voting rules and the rules of reminders come in by file: the differences first, and then the acts of their own pages."""

from __future__ import annotations

from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contactgroup.models import VotingRule
from foundation import access
from foundation.audit import events
from foundation.notifications.reminders.models import Holiday, Offset, WorkingHours
from foundation.reference import actions
from foundation.reference.models import Act, Change
from foundation.reference.reminders import HOLIDAYS
from foundation.tenancy.choices import Role
from tests.console.reference_cast import address, confirm, fill, give, in_days, mia, staff, table
from tests.console.test_console import tina
from wbcj.composition import AS_FILES, SET_ELSEWHERE

__all__ = ["mia", "tina"]
KIND = "cases.task.due"
REMINDERS = "kind,days,valid_from,valid_until,withdrawn"
HOURS = "partner,valid_from,opens,reminds,closes,days"
RULES = (
    "valid_from,quorum_numerator,quorum_denominator,majority_numerator,majority_denominator,least_present,"
    "withheld_is_present,recused_leaves_quorum,recused_leaves_majority,nominator_votes,withdrawn"
)


@pytest.fixture
def people(tina, mia):
    """Who may set which kind."""
    return {kind: mia if kind == "voting-rules" else tina for kind in SET_ELSEWHERE}


def lines(*rows: str) -> str:
    return "\n".join(rows)


def fates(page):
    """What a dry run says of each row."""
    found = page.context["difference"]
    return {act: [line.title for line in found.of(act)] for act in Act if found.of(act)}


def wrong(page):
    return [(one.number, one.column, one.said) for one in page.context["difference"].wrong]


def test_offsets_are_added_ended_and_withdrawn_by_one_file(tina, browser):
    client = browser(tina)
    start, later, today = (in_days(number).isoformat() for number in (1, 9, 0))
    confirm(client, give(client, lines(REMINDERS, f"{KIND},30,{later},,no"), "reminders"), "reminders")

    page = give(
        client,
        lines(
            REMINDERS,
            f"{KIND},30,{later},,yes",
            f"{KIND},7,2024-01-01,{today},no",
            f"{KIND},7,{start},,no",
            f"{KIND},1,2024-01-01,,no",
        ),
        "reminders",
    )

    assert fates(page) == {
        Act.ADDED: [f"{KIND} / 7 ({start})"],
        Act.ENDED: [f"{KIND} / 7 (2024-01-01)"],
        Act.WITHDRAWN: [f"{KIND} / 30 ({later})"],
    }
    assert page.context["difference"].unchanged == 1
    assert Offset.objects.standing().filter(kind=KIND, days=30).exists()
    assert confirm(client, page, "reminders").status_code == 302
    assert not Offset.objects.standing().filter(kind=KIND, days=30).exists()
    assert list(
        Offset.objects.filter(kind=KIND, days=7).order_by("valid_from").values_list("valid_until", flat=True)
    ) == [
        in_days(0),
        None,
    ]


def test_holidays_are_entered_struck_out_and_entered_again_by_one_file(tina, browser):
    client = browser(tina)
    taken = set(Holiday.objects.filter(partner__code="AL").values_list("day", flat=True))
    free = next(in_days(number) for number in range(1, 60) if in_days(number) not in taken)
    known = Holiday.objects.filter(partner__code="AL", day__gt=in_days(0))[0]
    strike = lines("partner,day,name,struck", f"AL,{free},Day of the lake,no", f"AL,{known.day},{known.name},yes")

    page = give(client, strike, "holidays")
    assert fates(page) == {Act.ADDED: [f"AL ({free})"], Act.STRUCK: [f"AL ({known.day})"]}
    assert confirm(client, page, "holidays").status_code == 302
    known.refresh_from_db()
    assert (known.struck_by_id, Holiday.objects.get(partner__code="AL", day=free).name) == (
        tina.membership.pk,
        "Day of the lake",
    )
    again = give(client, f"partner,day,name\nAL,{known.day},Its true name", "holidays")
    assert fates(again) == {Act.ADDED: [f"AL ({known.day})"]}
    assert confirm(client, again, "holidays").status_code == 302
    known.refresh_from_db()
    assert (known.struck_at, known.name) == (None, "Its true name")
    assert known.source, "whence the product knew it stays"


def test_quiet_hours_begin_on_their_day(tina, browser):
    client = browser(tina)
    day = in_days(1).isoformat()

    page = give(client, lines(HOURS, f"AL,{day},08:00,08:30,16:00,1 2 3", f",{day},07:00,9:00,18:00,5 4"), "hours")

    assert fates(page) == {Act.ADDED: [f"AL ({day})", f" ({day})"]}
    assert confirm(client, page, "hours").status_code == 302
    albania = WorkingHours.objects.get(partner__code="AL")
    assert (albania.opens, albania.closes, albania.days) == (time(8), time(16), [1, 2, 3])
    assert WorkingHours.objects.get(partner=None, valid_from=in_days(1)).days == [4, 5]


def test_voting_rules_are_set_and_withdrawn(mia, browser):
    client = browser(mia)
    first, second = in_days(5), in_days(9)
    row = "2,3,1,2,2,no,yes,yes,no"

    page = give(client, lines(RULES, f"{first},{row},no", f"{second},{row},no"), "voting-rules")
    assert fates(page) == {Act.ADDED: [first.isoformat(), second.isoformat()]}
    assert confirm(client, page, "voting-rules").status_code == 302
    made = VotingRule.objects.get(valid_from=first)
    assert (made.as_rule().quorum.denominator, made.nominator_votes, made.set_by_id) == (3, False, mia.membership.pk)

    page = give(client, lines(RULES, f"{first},{row},yes"), "voting-rules")
    assert fates(page) == {Act.WITHDRAWN: [first.isoformat()]}
    assert confirm(client, page, "voting-rules").status_code == 302
    assert [rule.valid_from for rule in VotingRule.objects.standing().filter(valid_from__gte=first)] == [second]
    page = give(client, lines(RULES, f"{first},{row},no"), "voting-rules")
    assert confirm(client, page, "voting-rules").status_code == 302
    assert VotingRule.objects.filter(valid_from=first).count() == 2


WRONG = [
    ("reminders", f"{KIND},7,2024-01-01,,yes", "withdrawn", "have begun"),
    ("reminders", f"{KIND},7,2024-01-01,2024-02-01,", "valid_until", "in the past"),
    ("reminders", f"{KIND},3,{in_days(0)},,", "valid_from", "tomorrow"),
    ("reminders", f"{KIND},7,{in_days(3)},,", "valid_from", "another row holds"),
    ("reminders", f"{KIND},91,{in_days(3)},,", "days", "90"),
    ("reminders", f"nobody.knows,3,{in_days(3)},,", "kind", "kind of reminders"),
    ("reminders", f"{KIND},3,{in_days(3)},{in_days(1)},", "valid_until", "before the first"),
    ("reminders", f"{KIND},3,{in_days(3)},,yes", "withdrawn", "nothing to take back"),
    ("hours", f"AL,{in_days(0)},08:00,09:00,16:00,1", "valid_from", "tomorrow"),
    ("hours", f"AL,{in_days(3)},10:00,09:00,16:00,1", "reminds", "in this order"),
    ("hours", f"AL,{in_days(3)},08:00,09:00,16:00,1 8", "days", "from 1 for Monday"),
    ("hours", f"AL,{in_days(3)},eight,09:00,16:00,1", "opens", "time"),
    ("hours", f"QQ,{in_days(3)},08:00,09:00,16:00,1", "partner", "No partner"),
    ("reminders", f"{KIND},7,2024-01-01,2030-01-01,yes", "valid_until", "never changed"),
    ("hours", ",2024-01-01,08:00,09:00,16:00,1", "opens", "never changed"),
    ("holidays", f"EJ,{in_days(0)},Today,,no", "day", "tomorrow"),
    ("holidays", f"QQ,{in_days(3)},Nowhere,,no", "partner", "No partner"),
    ("holidays", f"AL,{in_days(3)},,,no", "name", "required"),
    ("holidays", f"EJ,{in_days(3)},Ours,invented,no", "source", "Leave it"),
    ("voting-rules", f"{in_days(0)},1,2,1,2,2,no,yes,yes,yes,no", "valid_from", "tomorrow"),
    ("voting-rules", f"{in_days(3)},2,2,1,2,2,no,yes,yes,yes,no", "quorum_numerator", "lowest terms"),
    ("voting-rules", f"{in_days(3)},1,1,1,2,2,no,yes,yes,yes,no", "quorum_numerator", "below the whole"),
    ("voting-rules", f"{in_days(3)},1,0,1,2,2,no,yes,yes,yes,no", "quorum_denominator", "1"),
    ("voting-rules", f"{in_days(3)},1,2,1,2,2,perhaps,yes,yes,yes,no", "withheld_is_present", "yes or no"),
    ("voting-rules", "2024-01-01,1,2,1,2,2,no,yes,yes,yes,yes", "withdrawn", "has not begun"),
    ("voting-rules", "2024-01-01,2,3,1,2,2,no,yes,yes,yes,no", "quorum_numerator", "never changed"),
]
HEADINGS = {"reminders": REMINDERS, "hours": HOURS, "holidays": "partner,day,name,source,struck", "voting-rules": RULES}


@pytest.mark.parametrize(("kind", "row", "column", "said"), WRONG)
def test_what_the_acts_would_refuse_is_said_by_the_dry_run(kind, row, column, said, people, browser):
    client = browser(people[kind])

    page = give(client, lines(HEADINGS[kind], row), kind)

    told = [one for one in wrong(page) if one[1] == column]
    assert told
    assert said in told[0][2]
    assert confirm(client, page, kind).status_code == 409
    assert not Change.objects.exists()


def test_a_new_voting_rule_leaves_nothing_to_be_guessed(mia, browser):
    page = give(browser(mia), lines("valid_from,quorum_numerator", f"{in_days(3)},1"), "voting-rules")

    assert {"nominator_votes", "recused_leaves_quorum", "majority_denominator"} <= {one[1] for one in wrong(page)}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", sorted(SET_ELSEWHERE))
def test_what_was_exported_changes_nothing_when_it_comes_back(kind, form, people, browser):
    client = browser(people[kind])
    struck = Holiday.objects.filter(day__gt=in_days(0))[0]
    Holiday.objects.filter(pk=struck.pk).update(struck_at=timezone.now(), struck_by=people[kind].membership)
    body = client.get(address("file", kind), {"format": form}).content

    answer = fill(client, "import", kind, file=SimpleUploadedFile(f"rows.{form}", body))
    found = client.get(answer.headers["Location"]).context["difference"]

    assert (found.lines, found.wrong, found.absent) == ([], [], 0)
    assert found.unchanged == len(AS_FILES[kind].rows()) > 0


@pytest.mark.parametrize("kind", sorted(SET_ELSEWHERE))
def test_whoever_may_not_set_a_kind_brings_none_of_it_in(kind, people, browser, house):
    others = staff(house, "Zoe", Role.PROGRAMME_MANAGER if people[kind].account.full_name != "Mia" else Role.AUDITOR)
    client = browser(others)

    assert client.get(address("import", kind)).status_code == 403
    assert fill(client, "confirm", kind, fingerprint="0b5a7c1e-52f6-4f5e-9f53-2a4a3f9d1c11").status_code == 403
    with others.acting() as by, pytest.raises(access.Forbidden):
        actions.propose(kind=AS_FILES[kind], table=table(), by=by, at=timezone.now())


def test_the_pages_of_one_kind_open_for_no_other(tina, mia, browser):
    place = address("import", "reminders")

    assert browser(tina).get(place.replace("/reminders/reminders/", "/reminders/crime-types/")).status_code == 404
    assert browser(tina).get(place.replace("/reminders/reminders/", "/reminders/voting-rules/")).status_code == 404
    assert browser(mia).get(address("import").replace("crime-types", "holidays")).status_code == 404
    assert browser(mia).get(address("add").replace("crime-types", "holidays")).status_code == 404


def test_a_row_that_moved_between_the_steps_is_shown_afresh_and_nothing_is_written(tina, browser):
    client = browser(tina)
    day = next(one.day for one in HOLIDAYS.rows() if one.day > in_days(1) and one.partner.code == "AL")
    name = Holiday.objects.get(partner__code="AL", day=day).name
    page = give(client, f"partner,day,name,struck\nAL,{day},{name},yes", "holidays")
    Holiday.objects.filter(partner__code="AL", day=day).update(name="Another name")

    answer = confirm(client, page, "holidays")

    assert answer.status_code == 409
    assert Holiday.objects.get(partner__code="AL", day=day).struck_at is None


def test_each_act_of_a_file_is_on_record_as_it_is_by_hand(tina, browser):
    client = browser(tina)
    day = in_days(1).isoformat()
    confirm(client, give(client, lines(REMINDERS, f"{KIND},30,{day},,no"), "reminders"), "reminders")

    with tina.acting() as actor:
        told = {(one.verb, one.root) for one in events.newest(actor, before=None)}

    made = Offset.objects.get(kind=KIND, days=30)
    assert {("notifications.offset.set", made.pk), ("reference.rows.imported", None)} <= told
