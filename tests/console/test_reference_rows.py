"""Reference data in the console: who changes what, from which day on, and that nothing that was used goes away."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from cases.models import CrimeType, Priority
from cases.queries import case as queries
from cases.queries import codes, filters
from foundation import access
from foundation.audit import events
from foundation.pages import errors
from foundation.reference import actions
from foundation.reference.forms import AddRowForm
from foundation.reference.models import Act, Change, ProgrammeDate
from foundation.reference.refusals import UnableToChange
from foundation.tenancy.choices import Role
from partners.models import SeatRule
from tests.cases.cast import CaseWorld
from tests.console.reference_cast import CRIMES, SEATS, address, fill, in_days, mia, staff
from wbcj.composition import REFERENCE

__all__ = ["mia"]
FACTS = {"known_as": "cyber_fraud", "name": "Cyber fraud", "position": "31"}


def of(code: str) -> CrimeType:
    return CrimeType.objects.get(code=code)


def test_every_kind_is_listed_with_its_rows(mia, browser):
    client = browser(mia)
    room = client.get(reverse("console_reference")).content.decode()

    for name, kind in REFERENCE.items():
        assert address("rows", name) in room
        page = client.get(address("rows", name))
        assert page.status_code == 200
        assert str(kind.label) in page.content.decode()
    assert "Motor vehicle crime" in client.get(address("rows")).content.decode()


def test_rows_are_found_by_words_in_any_spelling_and_by_the_day_on_which_they_hold(mia, browser):
    client = browser(mia)

    def titles(kind, **query):
        return [line.title for line in client.get(address("rows", kind), query).context["lines"]]

    assert titles("crime-types", text="CORRUPTION") == ["corruption (2019-12-12)"]
    assert titles("priorities", text="fire", day="2023-05-01") == ["2022_firearms (2022-01-01)"]
    assert titles("crime-types", day="2019-12-11") == []
    assert client.get(address("rows"), {"day": "never"}).status_code == 422


def test_an_added_row_is_offered_from_its_day_and_stands_in_the_history(mia, browser):
    fill(browser(mia), "add", **FACTS, valid_from=in_days(0).isoformat(), name_sq="Mashtrim kibernetik")

    row = of("cyber_fraud")
    assert row in CrimeType.objects.valid_on(in_days(0))
    assert str(row) == "Cyber fraud"
    with translation.override("sq"):
        assert str(row) == "Mashtrim kibernetik"
    with translation.override("mk"):
        assert str(row) == "Cyber fraud"
    told = browser(mia).get(address("history")).content.decode()
    assert "cyber_fraud" in told
    assert "Mia" in told


def test_words_that_come_with_the_product_get_a_translation_of_their_own(mia, browser):
    row = of("corruption")
    standing = {name: value for name, value in CRIMES.values(row).items() if name not in {"code", "valid_from"}}
    typed = {name: "" if value is None else value for name, value in standing.items()}

    fill(
        browser(mia),
        "change",
        row=row.pk,
        version="1",
        **{**typed, "name_sq": "Korrupsioni", "name_sr_latn": "Korupcija"},
    )

    row.refresh_from_db()
    assert (row.name, row.version) == ("Corruption", 2)
    assert row.translations == {"name": {"sq": "Korrupsioni", "sr-latn": "Korupcija"}}
    with translation.override("sr-latn"):
        assert str(row) == "Korupcija"


def test_a_case_says_its_words_as_staff_translated_them(mia):
    world = CaseWorld()
    CrimeType.objects.filter(code="corruption").update(translations={"name": {"sq": "Korrupsioni"}})
    case = world.open(crime_types=[of("corruption")])
    with world.ann.acting() as actor, translation.override("sq"):
        assert queries.view(queries.detail(actor, case.pk), actor=actor, at=world.now).crime_types == ("Korrupsioni",)
        assert codes.codes(actor, [case.pk])[case.pk]["crime_types"] == [{"code": "corruption", "label": "Korrupsioni"}]
        assert ("corruption", "Korrupsioni") in filters.offered()["crime"]


@pytest.mark.parametrize("kind", sorted(REFERENCE))
def test_no_field_of_a_row_is_taken_for_a_secret_which_would_be_lost_when_a_form_could_not_be_taken(kind):
    assert [name for name in AddRowForm(kind=REFERENCE[kind]).fields if errors.secret(name)] == []


def test_days_of_one_code_never_overlap(mia, browser):
    answer = fill(browser(mia), "add", known_as="corruption", name="Corruption", position="1", valid_from="2025-01-01")

    assert answer.status_code == 409
    assert "corruption (2019-12-12)" in answer.content.decode()
    assert CrimeType.objects.filter(code="corruption").count() == 1


@pytest.mark.django_db
def test_the_database_itself_refuses_an_overlap():
    with pytest.raises(IntegrityError), transaction.atomic():
        CrimeType.objects.create(code="corruption", name="Again", valid_from="2025-01-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatRule.objects.create(office_kind="contact_group_seat", capacity="member", at_most=3, valid_from="2025-01-01")


def test_an_end_is_followed_by_another_row(mia, browser):
    client, row = browser(mia), of("corruption")

    fill(client, "end", row=row.pk, version="1", valid_until=in_days(0).isoformat())
    fill(client, "add", known_as="corruption", name="Bribery", position="1", valid_from=in_days(1).isoformat())

    row.refresh_from_db()
    assert row.valid_until == in_days(0)
    assert CrimeType.objects.valid_on(in_days(1)).get(code="corruption").name == "Bribery"
    assert [change.act for change in Change.objects.filter(kind="crime-types").order_by("at")] == [Act.ENDED, Act.ADDED]


def test_what_is_over_stays_as_it_is(mia, browser):
    row = Priority.objects.get(code="2022_drugs")

    answer = fill(browser(mia), "end", "priorities", row=row.pk, version="1", valid_until=in_days(5).isoformat())

    assert answer.status_code == 409
    assert "is over and stays" in answer.content.decode()


def test_an_end_lies_today_or_later(mia, browser):
    answer = fill(browser(mia), "end", row=of("corruption").pk, version="1", valid_until=in_days(-1).isoformat())

    assert answer.status_code == 409
    assert of("corruption").valid_until is None


def test_a_row_that_has_not_begun_is_withdrawn_and_stays_in_the_history(mia, browser):
    client = browser(mia)
    fill(client, "add", **FACTS, valid_from=in_days(9).isoformat())
    row = of("cyber_fraud")

    fill(client, "end", row=row.pk, version="1", valid_until=in_days(3).isoformat())

    assert not CrimeType.objects.filter(code="cyber_fraud").exists()
    assert Change.objects.get(act=Act.WITHDRAWN).changes["name"] == ["Cyber fraud", ""]
    assert client.get(address("history"), {"row": str(row.pk)}).context["told"][0].change.act == Act.WITHDRAWN


def test_a_row_to_come_that_a_case_names_already_is_not_withdrawn_though_staff_do_not_see_the_case(mia):
    row = CrimeType.objects.create(code="cyber_fraud", name="Cyber fraud", valid_from=in_days(9))
    CaseWorld().open(crime_types=[row])

    with mia.acting() as by, pytest.raises(UnableToChange, match="used already"):
        actions.end(kind=CRIMES, row=row, valid_until=in_days(1), version=1, by=by, at=timezone.now())

    assert CrimeType.objects.filter(pk=row.pk).exists()
    assert not Change.objects.exists()


def test_how_many_may_sit_stays_as_long_as_a_rule_holds(mia):
    rule = SeatRule.objects.get(capacity="member")
    values = {**SEATS.values(rule), "at_most": 5}

    with mia.acting() as by, pytest.raises(UnableToChange):
        actions.change(kind=SEATS, row=rule, values=values, version=1, by=by, at=timezone.now())

    rule.refresh_from_db()
    assert rule.at_most == 2


def test_a_stale_form_shows_both_and_says_whose_change_it_was(mia, house, browser):
    zoe, row = staff(house, "Zoe"), of("corruption")
    facts = {"name": "Corruption", "position": "23", "valid_until": ""}
    fill(browser(zoe), "change", row=row.pk, version="1", **{**facts, "name": "Corruption and bribery"})

    answer = fill(browser(mia), "change", row=row.pk, version="1", **{**facts, "name": "Graft"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Corruption and bribery" in page
    assert "Graft" in page
    assert "Zoe" in page
    assert of("corruption").name == "Corruption and bribery"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROGRAMME_MANAGER}))
def test_nobody_else_changes_reference_data(role, house, browser):
    somebody, row = staff(house, "Somebody", role), of("corruption")
    facts = {"kind": CRIMES, "at": timezone.now()}
    with somebody.acting() as by:
        for act in (
            lambda: actions.add(values=CRIMES.values(row), by=by, **facts),
            lambda: actions.change(row=row, values=CRIMES.values(row), version=1, by=by, **facts),
            lambda: actions.end(row=row, valid_until=in_days(1), version=1, by=by, **facts),
        ):
            with pytest.raises(access.Forbidden):
                act()
    assert fill(browser(somebody), "end", row=row.pk, version="1", valid_until=in_days(1)).status_code == 403


def test_whoever_runs_the_product_reads_and_is_offered_no_change(house, browser):
    tina = staff(house, "Tina", Role.TECHNICAL_ADMINISTRATOR)

    page = browser(tina).get(address("rows")).content.decode()

    assert "Corruption" in page
    assert address("add") not in page


def test_every_change_is_on_record(mia, house, browser):
    tina = staff(house, "Tina", Role.TECHNICAL_ADMINISTRATOR)
    client = browser(mia)
    fill(client, "add", **FACTS, valid_from=in_days(0).isoformat())
    fill(client, "end", row=of("cyber_fraud").pk, version="1", valid_until=in_days(1).isoformat())

    with tina.acting() as actor:
        verbs = {event.verb for event in events.newest(actor, before=None)}

    assert {"reference.row.added", "reference.row.ended"} <= verbs


def test_a_change_of_the_past_can_be_neither_changed_nor_taken_away(mia, browser):
    fill(browser(mia), "add", **FACTS, valid_from=in_days(0).isoformat())

    for forge in (Change.objects.all().delete, lambda: Change.objects.update(title="x")):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            forge()


def test_an_extension_of_the_programme_is_a_row_that_follows(mia, browser):
    client = browser(mia)
    assert "No phase of the programme holds today" in client.get(reverse("console_calendar")).content.decode()

    row = ProgrammeDate.objects.get(code="implementation")
    begins = (row.valid_until or in_days(0)).replace(day=14).isoformat()
    name = "Second phase of the programme"
    fill(client, "add", "programme", known_as="implementation", name=name, valid_from=begins, valid_until="2099-09-13")

    assert name in client.get(reverse("console_calendar")).content.decode()
    assert ProgrammeDate.objects.valid_on(in_days(0)).get().name == name
