"""A case management of AL that writes and answers invitations, and MK, which invites it and works on its cases."""

from __future__ import annotations

from pathlib import Path

from cases import actions as case_actions
from cases.invitations import actions as invitations
from cases.invitations.models import Invitation
from cases.models import Case
from foundation.tenancy.choices import OfficeKind, Role
from tests.api.cast import WRITES, ApiWorld
from tests.cases.cast import facts
from tests.contactgroup.conftest import World
from tests.examples.program import Program
from tests.people import Person


class PartnerWorld(ApiWorld):
    """Beside the people of the tests of the API: the system that the sample program is, and a Contact Group."""

    def __init__(self) -> None:
        super().__init__()
        self.group = World(house=self.house)
        offices = (OfficeKind.COORDINATOR,)
        self.system = self.house.system("Case management of AL", "AL", Role.PROSECUTOR, offices=offices)

    @property
    def own(self) -> str:
        """The membership that the system acts by: it may be named where an invitation is accepted."""
        return str(self.system.membership.pk)

    def program(self, folder: Path, address: str, system: Person | None = None) -> Program:
        """The sample program with a token that writes."""
        folder.mkdir(exist_ok=True)
        return Program(folder=folder, address=address, token=self.grant(system or self.system, scopes=WRITES).secret)

    def invited_by_mk(self, purpose: str) -> Invitation:
        """An invitation of AL to a case of MK's."""
        with self.mira.acting() as by:
            case = case_actions.open_case(facts=facts(title=f"Case of {purpose}"), by=by, at=self.now)
            case = case_actions.submit(case=case, version=case.version, by=by, at=self.now)
            return invitations.invite(
                case=case,
                partner=self.house.partner("AL"),
                purpose=purpose,
                text="Boats pass through your waters.",
                answer_until=self.house.now.replace(year=self.house.now.year + 1),
                by=by,
                at=self.now,
            )

    def note(self, case: Case, text: str, by: Person) -> None:
        """Somebody writes on a case meanwhile."""
        with by.acting() as actor:
            case_actions.write_note(case=case, text=text, audience="everyone", by=actor, at=self.now)
