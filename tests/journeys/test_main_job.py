"""The main job: a case goes from a prosecutor's desk in Tirana to the Contact Group's decision, and on to Skopje."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest

from tests.journeys.visitor import Album, Company, Visitor, company

pytestmark = pytest.mark.journey

MEETING = "Contact Group, extraordinary meeting on machines"
MEETINGS = count(1)
"""Each job has a meeting of its own: several are done in one world."""
TITLE = "Stolen excavators over Qafë Thanë"
APPROVED = "Excavators stolen from building sites cross near Struga; Skopje may hold proceedings on the drivers."
SUMMARY = "Machines disappear from building sites at weekends and cross the border within a day on hired lorries."
TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011 - a day to type into a form

# People of the demo, by what they are in this story.
TIRANA = "arben.kodra@al.wbcj.example"
SKOPJE = "elena.trajkoska@mk.wbcj.example"
SKOPJE_COORDINATOR = "biljana.ristova@mk.wbcj.example"
DESK = "sofie.lindqvist@eurojust.wbcj.example"
BELGRADE_MEMBER = "nenad.radojev@rs.wbcj.example"
BELGRADE = "milica.stamenic@rs.wbcj.example"
MEMBERS = {
    "AL": "valbona.leka@al.wbcj.example",
    "MK": "goran.stojkov@mk.wbcj.example",
    "RS": BELGRADE_MEMBER,
    "ME": "marko.vujacic@me.wbcj.example",
}


@dataclass
class Job:
    """The story, step by step; each step leaves the addresses that the next ones need."""

    people: Company
    audience: str
    case: str = ""
    nomination: str = ""
    meeting: str = ""
    called: str = field(default_factory=lambda: f"{MEETING} ({next(MEETINGS)})")
    invitation: str = ""

    def belgrade_finds_nothing(self, *who: str) -> None:
        paths = [path for path in (self.case, self.nomination, self.invitation) if path]
        addresses = [f"/{first}/{path.split('/')[2]}/" for path in paths for first in ("r", "sharing")]
        for person in who:
            self.people[person].finds_nothing(*paths, *addresses)

    def tirana_creates_a_case(self) -> None:
        tirana = self.people[TIRANA]
        tirana.open("/cases/", "cases")
        tirana.go("New case", "new case")
        tirana.fill(title=TITLE, summary=SUMMARY)
        tirana.tick(crime_types="Organised crime", partners="North Macedonia", handling="H0")
        tirana.choose(urgency="High")
        tirana.go("Save as draft", "draft")
        tirana.reads(TITLE, "Draft")
        self.case = tirana.here
        tirana.go("Open the case", "open the case")
        tirana.go("Open the case", "case")
        tirana.reads(TITLE, "Open", "North Macedonia")

    def tirana_nominates_it(self) -> None:
        tirana = self.people[TIRANA]
        tirana.go("Nominate", "nominate")
        tirana.reads("Nominating shares the case with Eurojust")
        tirana.tick(audience=self.audience, tool="Parallel investigations")
        tirana.fill(why="Both partners hold proceedings on the same drivers; each has half of the evidence.")
        # What must be scored stands open; the others open on demand.
        for closed in tirana.page.locator("main details.fold:not([open]) > summary").all()[::-1]:
            closed.click()
        scores = tirana.page.locator("main select[name^='score_']")
        for score in scores.all():
            score.select_option("2")
        invite = tirana.page.locator("main [name^='invite_']").first
        partner = (invite.get_attribute("name") or "").removeprefix("invite_")
        invite.check()
        tirana.fill(**{f"purpose_{partner}": "Parallel proceedings on the drivers", f"text_{partner}": APPROVED})
        tirana.go("Nominate the case", "nomination")
        tirana.reads(TITLE, APPROVED, "Submitted")
        self.nomination = tirana.here

    def eurojust_puts_it_on_the_agenda(self) -> None:
        desk = self.people[DESK]
        desk.open("/meetings/", "meetings")
        desk.go("Call a meeting", "call a meeting")
        desk.fill(title=self.called, starts_at=f"{TOMORROW}T09:00", ends_at=f"{TOMORROW}T17:00")
        desk.choose(mode="In person and online")
        desk.fill(place="The Hague, Johan de Wittlaan 9")
        desk.go("Call the meeting", "meeting")
        self.meeting = desk.here
        desk.open(self.nomination, "nomination")
        desk.go("Put on an agenda", "put on an agenda")
        desk.choose(meeting=self.called)
        desk.go("Put on an agenda", "nomination on an agenda")
        desk.open(self.meeting, "meeting with the item")
        desk.reads(TITLE)
        desk.open(self.nomination, "nomination")
        desk.go("Open the vote", "open the vote")
        desk.go("Open the vote", "nomination in the vote")

    def belgrades_member_reads_an_agenda_without_it(self) -> None:
        member = self.people[BELGRADE_MEMBER]
        member.open(self.meeting, "meeting")
        member.reads(self.called)
        member.reads_nothing_of(TITLE, self.nomination.split("/")[2])

    def members_vote(self, partners: Sequence[str]) -> None:
        for code in partners:
            member = self.people[MEMBERS[code]]
            member.open("/", "home with an open vote")
            member.reads(TITLE)
            member.open(self.nomination, "nomination in the vote")
            member.go("Vote", "vote")
            member.tick(voice="For")
            member.go("Vote", "nomination after the vote")
            member.reads("For")

    def it_is_taken_up(self) -> None:
        desk = self.people[DESK]
        desk.open(self.nomination, "nomination voted on")
        desk.go("Close the vote and count", "close the vote")
        desk.go("Close the vote and count", "nomination counted")
        desk.reads("Carried")
        desk.go("Record the decision", "decide")
        desk.tick(outcome="Taken up as parallel investigations")
        desk.fill(text="Both authorities lead their own proceedings; Eurojust supports the exchange.")
        desk.go("Record the decision", "nomination decided")
        desk.reads("Taken up as parallel investigations")

    def skopje_accepts(self) -> None:
        coordinator = self.people[SKOPJE_COORDINATOR]
        coordinator.open("/", "home with an invitation")
        coordinator.open("/inbox/", "inbox")
        coordinator.open("/invitations/", "invitations")
        newest = coordinator.page.locator("main a[href^='/invitations/']").first
        with coordinator.page.expect_navigation():
            newest.click()
        coordinator.look("invitation")
        coordinator.reads(APPROVED)
        coordinator.reads_nothing_of(SUMMARY, self.case.split("/")[2])
        self.invitation = coordinator.here
        coordinator.finds_nothing(self.case)
        self.people[SKOPJE].finds_nothing(self.case)
        coordinator.open(self.invitation, "invitation")
        coordinator.go("Accept", "accept")
        coordinator.choose(prosecutor="Elena Trajkoska")
        coordinator.go("Accept", "invitation accepted")
        coordinator.reads("Accepted")

    def tirana_gives_skopje_a_task(self) -> None:
        tirana = self.people[TIRANA]
        tirana.open(self.case, "case taken up")
        tirana.go("Give a task", "give a task")
        tirana.choose(assignee="Elena Trajkoska")
        tirana.fill(title="Send the list of seized machines", due_at=f"{TOMORROW}T12:00")
        tirana.go("Give task", "case with a task")
        tirana.reads("Send the list of seized machines", "Not acknowledged")

    def skopje_works_on_the_case(self) -> None:
        skopje = self.people[SKOPJE]
        skopje.open("/", "home with a task")
        skopje.reads("Send the list of seized machines")
        skopje.open(self.case, "case")
        skopje.reads(TITLE, SUMMARY)
        skopje.go("Acknowledge", "case with the task acknowledged")
        skopje.reads("Acknowledged")
        skopje.go("Add a proceeding", "add a proceeding")
        skopje.fill(opened_date="2026-05-04", state_of_play="Two drivers are suspects; the lorries are seized.")
        skopje.go("Add proceeding", "case with a proceeding")
        skopje.reads("the lorries are seized")
        skopje.go("Write a note", "write a note")
        skopje.fill(text="The list follows on Monday; three of the machines were found near Ohrid.")
        skopje.go("Save note", "case with a note")
        skopje.reads("three of the machines")
        skopje.open(self.case.rstrip("/") + "/timeline/", "timeline")
        skopje.open(f"/sharing/{self.case.split('/')[2]}/", "who can see the case")
        skopje.reads("Elena Trajkoska", "Eurojust case desk")

    def all_of_it(self, *, voting: Sequence[str], outside: Sequence[str]) -> Visitor:
        """From the desk in Tirana to the work in Skopje; whoever stands outside tries every address after each step."""
        self.tirana_creates_a_case()
        self.people[SKOPJE].finds_nothing(self.case)
        self.belgrade_finds_nothing(BELGRADE_MEMBER, BELGRADE)
        self.tirana_nominates_it()
        self.belgrade_finds_nothing(*outside)
        self.eurojust_puts_it_on_the_agenda()
        if BELGRADE_MEMBER in outside:
            self.belgrades_member_reads_an_agenda_without_it()
        self.members_vote(voting)
        self.it_is_taken_up()
        self.skopje_accepts()
        self.tirana_gives_skopje_a_task()
        self.skopje_works_on_the_case()
        self.belgrade_finds_nothing(*outside)
        return self.people[BELGRADE_MEMBER]


def test_among_the_partners_concerned_belgrade_finds_nothing(site, chromium):
    with company(site, chromium, Album("narrow")) as people:
        job = Job(people, "The partners concerned")
        job.all_of_it(voting=("AL", "MK"), outside=(BELGRADE_MEMBER, BELGRADE))


def test_in_the_whole_group_belgrades_member_reads_the_nomination_and_never_the_case(site, chromium):
    with company(site, chromium, Album("whole-group")) as people:
        job = Job(people, "The whole Contact Group")
        member = job.all_of_it(voting=("AL", "MK", "RS", "ME"), outside=(BELGRADE,))

        member.open(job.nomination, "nomination decided")
        member.reads(TITLE, "Taken up as parallel investigations", "Carried")
        member.reads_nothing_of(SUMMARY, job.case.split("/")[2])
        member.finds_nothing(job.case, job.invitation)


def test_on_a_telephone_without_scripts_the_same_work_is_done(site, chromium):
    with company(site, chromium, Album("telephone", width=360, scripts=False)) as people:
        job = Job(people, "The partners concerned")
        job.all_of_it(voting=("AL", "MK"), outside=(BELGRADE_MEMBER, BELGRADE))
