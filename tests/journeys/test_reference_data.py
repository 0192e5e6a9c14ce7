"""Project staff look after reference data: one row by hand, many by a file, wide, narrow and without scripts."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, Visitor, company

pytestmark = pytest.mark.journey

ROOM = "/console/reference/"
HEADINGS = "code,name,position,valid_from,valid_until"
NEW = "sanctions_{width},Violation of Union restrictive measures,31,2030-01-01,"
OTHERS = (
    "corruption,Corruption and bribery,23,2019-12-12,\nrobbery,Robbery and aggravated theft,13,2019-12-12,2040-12-31"
)
WRONG = "code,name,position,valid_from\ncorruption,Corruption,many,2019-12-12\nNew,New,1,tomorrow"


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (360, True), (360, False)], ids=["wide", "narrow", "plain"]
)
def test_staff_come_to_every_page_of_the_room(width, scripts, site, chromium):
    with company(site, chromium, Album(f"reference-{width}-{scripts}", width=width, scripts=scripts)) as people:
        staff = people["matteo.ferrero@eurojust.wbcj.example"]
        staff.open("/console/", "console")
        staff.open(ROOM, "room")
        staff.reads("Forms of serious crime", "Seats of offices")
        staff.open(f"{ROOM}criteria/", "criteria")
        staff.open(f"{ROOM}programme/", "programme")
        staff.open("/console/calendar/", "calendar")
        staff.reads("No phase of the programme holds today")
        staff.open(f"{ROOM}crime-types/?text=weapon+nothing", "nothing fits")
        staff.open(f"{ROOM}crime-types/", "rows")
        staff.go("Add a row", "add")
        code = f"smuggling_{width}_{scripts}".lower()
        staff.fill(known_as=code, name="Smuggling of goods", position="40", valid_from="2030-01-01")
        staff.go("Add a row", "added")
        staff.reads("Smuggling of goods", "to come")
        staff.open(f"{ROOM}crime-types/?text={code}", "one row")
        staff.follow(f"Change: {code} (2030-01-01)", "change")
        staff.open(f"{ROOM}crime-types/?text=extortion", "one row that holds")
        staff.follow("End: extortion (2019-12-12)", "end")
        staff.open(f"{ROOM}crime-types/?text=extortion", "back")
        staff.follow("Change: extortion (2019-12-12)", "change what has begun")
        staff.open(f"{ROOM}crime-types/history/", "history")
        staff.reads("Smuggling of goods", "Matteo Ferrero")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "plain"])
def test_a_file_shows_what_it_changes_before_it_does(width, scripts, site, chromium):
    with company(site, chromium, Album(f"import-{width}-{scripts}", width=width, scripts=scripts)) as people:
        staff = people["matteo.ferrero@eurojust.wbcj.example"]
        staff.open(f"{ROOM}crime-types/", "rows")
        staff.go("Import a file", "give")
        staff.fill(rows=WRONG)
        staff.go("Show the differences", "wrong")
        staff.reads("Nothing can be written yet", "small letters", "year-month-day")
        staff.go("Give another file", "give again")
        _bring(staff, HEADINGS, OTHERS, NEW.format(width=width))
        staff.go("Show the differences", "differences")
        staff.reads("Violation of Union restrictive measures", "Corruption and bribery")
        staff.go("Throw the rows away", "thrown away")
        assert "The rows were thrown away" in staff.page.locator("body").inner_text()

        # What others came for stays as it is: the new row alone is written.
        staff.open(f"{ROOM}crime-types/import/", "give once more")
        _bring(staff, HEADINGS, NEW.format(width=width))
        staff.go("Show the differences", "one difference")
        staff.go("Write these changes", "written")
        staff.reads("Violation of Union restrictive measures", "to come")


RULES = "kind,days,valid_from,valid_until,withdrawn"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "plain"])
def test_rules_with_pages_of_their_own_come_in_by_file_and_have_a_history(width, scripts, site, chromium):
    days = 40 + width % 7
    with company(site, chromium, Album(f"rules-import-{width}-{scripts}", width=width, scripts=scripts)) as people:
        tina = people["pavel.horak@eurojust.wbcj.example"]
        tina.open(ROOM, "room")
        tina.reads("Days before a date", "Public holidays")
        tina.open("/console/reminders/", "reminders")
        with tina.page.expect_navigation():
            tina.page.locator("#offsets a", has_text="Import a file").click()
        tina.look("give reminders")
        _bring(tina, RULES, f"cases.task.due,{days},2030-01-01,,no", "cases.task.due,7,2024-01-01,2024-02-01,no")
        tina.go("Show the differences", "wrong")
        tina.reads("The end lies in the past.")
        tina.go("Give another file", "give again")
        _bring(tina, RULES, f"cases.task.due,{days},2030-01-01,2030-12-31,no")
        tina.go("Show the differences", "differences")
        tina.reads(f"cases.task.due / {days} (2030-01-01)")
        tina.go("Write these changes", "written")
        tina.open("/console/reference/reminders/history/", "history")
        tina.reads(f"cases.task.due / {days} (2030-01-01)", "Pavel Horák", "Came in with a file.")
        staff = people["matteo.ferrero@eurojust.wbcj.example"]
        staff.open(ROOM, "room of project staff")
        staff.follow("Import a file: Voting rules", "give voting rules")
        staff.open("/console/reference/voting-rules/history/", "history of voting rules")


def _bring(staff: Visitor, *rows: str) -> None:
    given = {"name": "rows.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    staff.page.locator("main [name=file]").set_input_files(given)
