"""Cases and people for the tests of cases, built through actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cases import actions
from cases.actions.cases import Facts
from cases.invitations import actions as invitations
from cases.invitations.models import Invitation
from cases.models import Case
from foundation import access
from foundation.access import Level, Reason
from foundation.tenancy.choices import OfficeKind, PartnerKind, Role
from tests.people import House, Person


def facts(**changes: Any) -> Facts:
    """A case as a form would say it."""
    values: dict[str, Any] = {
        "title": "Cigarettes over the lake",
        "summary": "Lorries cross at night.",
        "stage": "investigation",
        "urgency": "normal",
        "handling": ["H0"],
    }
    return Facts(**values | changes)


class CaseWorld:
    """A prosecutor in AL, a colleague, a coordinator and a prosecutor in MK, a stranger in RS, the case desk."""

    def __init__(self) -> None:
        self.house = House()
        self.now = self.house.now
        self.ann = self.house.person("Ann", "AL", offices=(OfficeKind.CASE_REGISTRY,))
        self.bob = self.house.person("Bob", "AL", Role.INVESTIGATOR)
        self.clerk = self.house.person(
            "Clerk", "MK", Role.REGISTRAR, authority="Ministry", offices=(OfficeKind.COORDINATOR,)
        )
        self.mira = self.house.person("Mira", "MK")
        self.stranger = self.house.person("Stefan", "RS", offices=(OfficeKind.COORDINATOR,))
        self.house.partner("EUROJUST", PartnerKind.EUROJUST)
        self.desk = self.house.person(
            "Dora", "EUROJUST", Role.CASE_OFFICER, authority="Case desk", offices=(OfficeKind.CASE_DESK,)
        )

    def noon(self, days: float) -> datetime:
        """At midday so many days on: what is due then reminds on its own day too, at whatever hour the tests run."""
        return (self.now + timedelta(days=days)).replace(hour=12, minute=0)

    def draft(self, by: Person | None = None, **changes: Any) -> Case:
        with (by or self.ann).acting() as actor:
            return actions.open_case(facts=facts(**changes), by=actor, at=self.now)

    def open(self, **changes: Any) -> Case:
        case = self.draft(**changes)
        with self.ann.acting() as actor:
            return actions.submit(case=case, version=case.version, by=actor, at=self.now)

    def share(self, case: Case, person: Person, level: Level = Level.CONTRIBUTE) -> None:
        with self.ann.acting() as actor:
            access.grant(
                by=actor,
                root_id=case.pk,
                principal=person.membership.group_id,
                level=level,
                reason=Reason.SHARE,
                purpose="test",
            )

    def nominated(self) -> Case:
        case = self.open()
        self.share(case, self.desk)
        with self.ann.acting() as actor:
            return actions.mark_nominated(case=case, by=actor, at=self.now)

    def selected(self) -> Case:
        case = self.nominated()
        with self.desk.acting() as actor:
            return actions.mark_selected(case=case, by=actor, at=self.now)

    def coordinated(self) -> Case:
        case = self.selected()
        self.accept(self.invite(case))
        with self.ann.acting() as actor:
            return actions.coordinate(case=case, version=case.version, by=actor, at=self.now)

    def closed(self) -> Case:
        case = self.open()
        with self.ann.acting() as actor:
            return actions.close(case=case, reason="Done.", version=case.version, by=actor, at=self.now)

    def archived(self) -> Case:
        case = self.closed()
        with self.ann.acting() as actor:
            return actions.archive(case=case, version=case.version, by=actor, at=self.now)

    def in_status(self, status: str) -> Case:
        case: Case = getattr(self, status)()
        return case

    def invite(self, case: Case, code: str = "MK", until: datetime | None = None) -> Invitation:
        with self.ann.acting() as actor:
            return invitations.invite(
                case=case,
                partner=self.house.partner(code),
                purpose="Work together",
                text="Lorries pass through your territory.",
                answer_until=until or self.now + timedelta(days=10),
                by=actor,
                at=self.now,
            )

    def accept(self, invitation: Invitation, *, whole_authority: bool = False) -> Invitation:
        with self.clerk.acting() as actor:
            return invitations.accept(
                invitation=invitation,
                authority=self.mira.membership.authority,
                prosecutor=self.mira.membership,
                whole_authority=whole_authority,
                version=invitation.version,
                by=actor,
                at=self.now,
            )

    def decline(self, invitation: Invitation) -> Invitation:
        with self.clerk.acting() as actor:
            return invitations.decline(
                invitation=invitation, reason="safety", text="", version=invitation.version, by=actor, at=self.now
            )

    def sees(self, person: Person, case: Case) -> bool:
        with person.acting() as actor:
            return Case.objects.visible_to(actor).filter(pk=case.pk).exists()
