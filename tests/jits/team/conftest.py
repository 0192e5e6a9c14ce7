"""The cast: a case of Tirana that Skopje, Pristina and Belgrade work on as well; Podgorica outside; Eurojust's case desk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.functional import cached_property

from cases import actions as case_actions
from cases.actions.cases import Facts
from cases.models import Case
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root
from foundation.tenancy.choices import AuthorityKind, OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Authority
from jits import actions
from jits.checklist import Part, codes_of
from jits.models import Jit, JitMember, JitPoint
from jits.request import Request
from tests.people import House, Person

ON_THE_CASE = ("AL", "MK", "XK", "RS")
IN_THE_TEAM = ("AL", "MK", "XK")
WHY = "The deadline of the court comes first."
NAMES = {"AL": "Agim", "MK": "Simona", "XK": "Drita", "RS": "Borko", "ME": "Milena"}


@dataclass
class Cast:
    """People, a case, and a team step by step. Belgrade works on the case and is no party."""

    house: House = field(default_factory=House)

    def __post_init__(self) -> None:
        self.house.partner("EUROJUST", PartnerKind.EUROJUST)
        self.house.authority("EUROJUST", "Programme team", AuthorityKind.PROGRAMME)
        self.house.office(OfficeKind.CASE_DESK, "EUROJUST")

    @property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def people(self) -> dict[str, Person]:
        """One prosecutor of each partner."""
        return {code: self.house.person(name, code) for code, name in NAMES.items()}

    @cached_property
    def investigator(self) -> Person:
        """Works on the case for Skopje, and speaks for nobody."""
        return self.house.person("Ivan", "MK", Role.INVESTIGATOR)

    @cached_property
    def desk(self) -> Person:
        desk = (OfficeKind.CASE_DESK,)
        return self.house.person("Dana", "EUROJUST", Role.CASE_OFFICER, authority="Case desk", offices=desk)

    @cached_property
    def case(self) -> Case:
        """Open, of Tirana; the others contribute, each with its case registry."""
        facts = Facts(title="Stolen vehicles", summary="Over the border.", stage="investigation", urgency="high",
                      handling=["H2"])  # fmt: skip
        with self.people["AL"].acting() as by:
            case = case_actions.open_case(facts=facts, by=by, at=self.now)
            case = case_actions.submit(case=case, version=case.version, by=by, at=self.now)
            for code in ON_THE_CASE[1:]:
                registry = self.house.office(OfficeKind.CASE_REGISTRY, code, self.authority(code))
                people = [self.people[code].membership.group_id, registry.group_id]
                people += [self.investigator.membership.group_id] if code == "MK" else []
                for principal in people:
                    access.grant(by=by, root_id=case.pk, principal=principal, level=Level.CONTRIBUTE,
                                 reason=Reason.INVITATION)  # fmt: skip
            return case

    def authority(self, code: str) -> Authority:
        return self.people[code].membership.authority

    def asked(self, **other: Any) -> Request:
        words: dict[str, Any] = {
            "title": "Vehicles over three borders",
            "trigger": "concerted",
            "purpose": "Find the workshop and its owners.",
            "facts": "Theft and handling; forty vehicles since March.",
            "composition": "Prosecutors and police of each party, working in Skopje.",
            "months": 12,
        }
        return Request(**{**words, **other})

    def idea(self, *codes: str, by: str = "AL", **other: Any) -> Jit:
        parties = [self.authority(code) for code in codes or IN_THE_TEAM]
        with self.people[by].acting() as actor:
            return actions.think_up(case=self.case, asked=self.asked(**other), parties=parties, by=actor, at=self.now)

    def does(self, code: str, act: Callable[..., object], jit: Jit, **facts: Any) -> Jit:
        """The prosecutor of that partner does that, with the version that stands."""
        return self.person_does(self.people[code], act, jit, **facts)

    def person_does(self, person: Person, act: Callable[..., object], jit: Jit, **facts: Any) -> Jit:
        with person.acting() as by:
            standing = Jit.objects.visible_to(by).get(pk=jit.pk)
            facts = {"version": standing.version, **facts}
            act(jit=standing, by=by, at=self.now, **facts)
            return Jit.objects.visible_to(by).get(pk=jit.pk)

    def proposed(self) -> Jit:
        return self.does("AL", actions.propose, self.idea())

    def assessed(self) -> Jit:
        return self.does("MK", actions.assess, self.proposed())

    def agreed(self) -> Jit:
        jit = self.assessed()
        for code in IN_THE_TEAM:
            jit = self.does(code, actions.agree, jit)
        return jit

    def drafting(self) -> Jit:
        return self.does("XK", actions.draft, self.agreed(), justification=WHY)

    def suspended(self) -> Jit:
        return self.does("XK", actions.suspend, self.assessed(), reason="Elections.")

    def in_state(self, status: str) -> Jit:
        """A team in that state, reached by acts alone."""
        end = {"obstacle": "readiness", "text": "", "parallel": True}
        make: dict[str, Callable[[], Jit]] = {
            "idea": self.idea,
            "proposed": self.proposed,
            "assessment": self.assessed,
            "agreed": self.agreed,
            "drafting": self.drafting,
            "suspended": self.suspended,
            "refused": lambda: self.does("MK", actions.refuse, self.proposed(), **end),
            "not_set_up": lambda: self.does("AL", actions.not_set_up, self.proposed(), **end),
        }
        return make[status]()

    def point(self, jit: Jit, code: str, by: str = "AL") -> JitPoint:
        with self.people[by].acting() as actor:
            return JitPoint.objects.visible_to(actor).of(jit.pk).get(code=code)

    def check(self, jit: Jit, code: str, answer: str = "yes", by: Person | None = None, **facts: Any) -> JitPoint:
        with (by or self.people["AL"]).acting() as actor:
            point = JitPoint.objects.visible_to(actor).of(jit.pk).get(code=code)
            facts = {"comment": "", "responsible": None, "version": point.version, **facts}
            return actions.check(point=point, answer=answer, by=actor, at=self.now, **facts)

    def settle(self, jit: Jit, part: Part = Part.BEFORE, *, but: tuple[str, ...] = ()) -> None:
        for code in sorted(codes_of(part) - set(but)):
            self.check(jit, code)

    def enters(self, code: str, jit: Jit, **facts: Any) -> JitMember:
        """The prosecutor of that partner enters a member."""
        words: dict[str, Any] = {"role": "judicial", "name": "Besa Krasniqi", "protected": False, "authority": "Prosecution",
                                 "seconded_to": None, "from_date": date(2026, 11, 1), "until_date": None, "text": ""}  # fmt: skip
        with self.people[code].acting() as by:
            standing = Jit.objects.visible_to(by).get(pk=jit.pk)
            facts = {"version": standing.version, **words, **facts}
            return actions.enter_member(jit=standing, by=by, at=self.now, **facts)

    def sees(self, person: Person, jit: Jit) -> bool:
        with person.acting() as by:
            return Root.objects.visible_to(by).filter(pk=jit.pk).exists()


@pytest.fixture
def cast(db: None) -> Cast:
    made = Cast()
    made.people, made.desk, made.investigator  # noqa: B018 - they are at work before the story begins
    return made


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A browser in which this person is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return signed_in
