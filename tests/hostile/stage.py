"""The world in which hostile input arrives: the Contact Group's, with a record in each state that a form needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from cases import actions as case_actions
from cases import pdf as case_papers
from cases.actions.cases import Facts
from cases.invitations import actions as invitation_actions
from cases.invitations.models import Invitation
from cases.models import Case
from foundation import access
from foundation.access.models import Share
from foundation.documents.models import Document
from foundation.documents.printing import actions as printing_actions
from foundation.documents.printing.models import Printout
from foundation.systems import actions as system_actions
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from foundation.webhooks import actions as webhook_actions
from foundation.webhooks.models import Subscription
from meetings import actions as meeting_actions
from meetings.models import AgendaItem, Meeting
from tests.contactgroup.conftest import World
from tests.documents.keeping import file_document
from tests.people import Person

Typed = dict[str, Any]


@dataclass
class Place:
    """A form in front of somebody who may send it. ``typed`` goes over what the form offers by itself."""

    name: str
    person: Person
    keys: dict[str, Any] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)
    query: str = ""

    @property
    def address(self) -> str:
        return reverse(self.name, kwargs=self.keys) + self.query


@dataclass
class Stage(World):
    """The world of the Contact Group, and a way to each form in it."""

    def of_case(self, name: str, case: Case | None = None, child: UUID | None = None, **typed: Any) -> Place:
        case = case or self.case("MK")
        keys = {"pk": case.pk} | ({} if child is None else {"child": child})
        return Place(name, self.tirana, keys, typed)

    def fresh(self, case: Case) -> Case:
        with self.tirana.acting() as by:
            return Case.objects.visible_to(by).with_owner().get(pk=case.pk)

    def draft(self) -> Case:
        with self.tirana.acting() as by:
            facts = Facts(
                title="Forged permits",
                summary="Printed in two towns.",
                stage="investigation",
                urgency="normal",
                handling=["H0"],
            )
            return case_actions.open_case(facts=facts, by=by, at=self.now)

    def closed(self) -> Case:
        case = self.case("MK")
        with self.tirana.acting() as by:
            return case_actions.close(case=case, reason="Done.", version=case.version, by=by, at=self.now)

    def invitation(self, case: Case | None = None) -> Invitation:
        case, _marija = case or self.case("MK"), self.coordinator
        with self.tirana.acting() as by:
            return invitation_actions.invite(
                case=case,
                partner=self.house.partner("MK"),
                purpose="Work together",
                text="Vehicles pass through.",
                answer_until=self.now + timedelta(days=10),
                by=by,
                at=self.now,
            )

    def taken_up(self) -> Case:
        """Selected by the Contact Group and accepted by Skopje: ready to be coordinated."""
        case, _marija, skopje = self.case("MK"), self.coordinator, self.skopje
        self.decided(self.counted(self.nominate(case), AL="for", MK="for"), "take_up_parallel")
        with self.coordinator.acting() as by:
            invitation = Invitation.objects.visible_to(by).get()
            invitation_actions.accept(
                invitation=invitation,
                authority=skopje.membership.authority,
                prosecutor=skopje.membership,
                whole_authority=False,
                version=invitation.version,
                by=by,
                at=self.now,
            )
        return self.fresh(case)

    def shared(self) -> tuple[Case, Share]:
        """A case that Skopje's prosecutor manages as well, so that anybody may leave it."""
        case = self.case("MK")
        with self.tirana.acting() as by:
            key = access.grant(
                by=by,
                root_id=case.pk,
                principal=self.skopje.membership.group_id,
                level=access.Level.MANAGE,
                reason=access.Reason.SHARE,
                purpose="test",
            )
            return case, Share.objects.visible_to(by).get(pk=key)

    def document(self, case: Case | None = None) -> Document:
        """A document of the prosecutor's case."""
        case = case or self.case("MK")
        with self.tirana.acting() as by:
            return file_document(b"%PDF-1.7 a request", root_id=case.pk, by=by, at=self.now)

    def printout(self) -> Printout:
        """The sheet of the prosecutor's case, ordered."""
        case = self.case("MK")
        with self.tirana.acting() as by:
            return printing_actions.order(kind=case_papers.SHEET, subject=case.pk, language="en", by=by, at=self.now)

    def item(self) -> tuple[Meeting, AgendaItem]:
        """The second of two general items, so that it can move."""
        meeting = self.meeting()
        with self.desk.acting() as by:
            for title in ("Opening", "Report"):
                meeting_actions.add_item(meeting=meeting, title=title, by=by, at=self.now)
            item = AgendaItem.objects.visible_to(by).on(meeting.pk).get(title="Report")
        return meeting, item

    def administrator(self) -> Person:
        return self.house.person("Admin", "AL", Role.PARTNER_ADMINISTRATOR)

    def granted(self, by: Person | None = None) -> system_actions.Granted:
        """A token of a system of Albania's."""
        register = self.house.system("Register", "AL")
        with (by or self.administrator()).acting() as actor:
            return system_actions.grant(
                by=actor,
                at=self.now,
                membership_id=register.membership.pk,
                scopes=[Scope.CASES_READ],
                expires_at=self.now + timedelta(days=30),
            )

    def subscribed(self, by: Person) -> Subscription:
        """A webhook of a system of Albania's."""
        register = self.house.system("Register", "AL")
        with by.acting() as actor:
            made = webhook_actions.subscribe(
                by=actor,
                at=self.now,
                membership_id=register.membership.pk,
                url="https://127.0.0.1:9/told",
                chosen=["case.changed"],
            )
            return made.subscription
