"""The cast: a prosecutor in Tirana whose case concerns Skopje, four Contact Group seats, the case desk, and Belgrade outside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.functional import cached_property

from cases import actions as case_actions
from cases.actions.cases import Facts
from cases.models import Case
from contactgroup import actions, queries, reference
from contactgroup.counting import Count
from contactgroup.dossier import Dossier, Proposal, Scored
from contactgroup.models import Criterion, Nomination, Recusal, VotingRound
from foundation.tenancy.choices import AuthorityKind, OfficeKind, PartnerKind, Role
from meetings import actions as meeting_actions
from meetings.models import Meeting
from tests.people import House, Person

APPROVED = "A network brings vehicles over the border; Skopje may hold proceedings on its drivers."
WHY = "My sister's firm is named in the file."
PARTNERS = ("AL", "MK", "RS", "ME")


@dataclass
class World:
    """People and the main job, step by step."""

    house: House = field(default_factory=House)

    def __post_init__(self) -> None:
        """Seats, coordinators and Eurojust stand before anybody acts."""
        for code in PARTNERS:
            self.house.office(OfficeKind.CONTACT_GROUP_SEAT, code)
            self.house.office(OfficeKind.COORDINATOR, code)
        self.house.partner("EUROJUST", PartnerKind.EUROJUST)
        self.house.authority("EUROJUST", "Programme team", AuthorityKind.PROGRAMME)
        self.house.office(OfficeKind.CASE_DESK, "EUROJUST")
        reference.load()

    @property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def tirana(self) -> Person:
        """The prosecutor whose case it is."""
        return self.house.person("Arta", "AL")

    @cached_property
    def skopje(self) -> Person:
        """A prosecutor of the partner concerned."""
        return self.house.person("Stojan", "MK")

    @cached_property
    def belgrade(self) -> Person:
        """A prosecutor of a partner that is not concerned."""
        return self.house.person("Bojan", "RS")

    @cached_property
    def coordinator(self) -> Person:
        return self.house.person("Marija", "MK", offices=(OfficeKind.COORDINATOR,))

    @cached_property
    def desk(self) -> Person:
        return self.house.person(
            "Desk", "EUROJUST", Role.CASE_OFFICER, authority="Case desk", offices=(OfficeKind.CASE_DESK,)
        )

    @cached_property
    def members(self) -> dict[str, Person]:
        """One holder of the Contact Group seat for each partner."""
        return {
            code: self.house.person(f"Member{code}", code, offices=(OfficeKind.CONTACT_GROUP_SEAT,))
            for code in PARTNERS
        }

    def case(self, *concerned: str) -> Case:
        """An open case of the prosecutor in Tirana."""
        partners = [self.house.partner(code) for code in concerned or ("MK",)]
        facts = Facts(
            title="Stolen vehicles",
            summary="Vehicles are brought over the border.",
            stage="investigation",
            urgency="high",
            handling=["H2"],
            partners=partners,
        )
        with self.tirana.acting() as by:
            case = case_actions.open_case(facts=facts, by=by, at=self.now)
            return case_actions.submit(case=case, version=case.version, by=by, at=self.now)

    def dossier(self, *invited: str, **other: object) -> Dossier:
        """A complete dossier; by default Skopje is to be invited."""
        scores = tuple(Scored(criterion=c, score=2, comment="") for c in Criterion.objects.filter(core=True))
        proposals = tuple(
            Proposal(partner=self.house.partner(code), purpose="Joint proceedings", text=APPROVED)
            for code in invited or ("MK",)
        )
        words: dict[str, Any] = {
            "title": "Vehicle theft across two partners",
            "tool": "parallel",
            "why": "Both hold proceedings.",
        }
        return Dossier(**{**words, "scores": scores, "proposals": proposals, **other})

    def nominate(self, case: Case, audience: str = "concerned", dossier: Dossier | None = None) -> Nomination:
        with self.tirana.acting() as by:
            return actions.nominate(case=case, dossier=dossier or self.dossier(), audience=audience, by=by, at=self.now)

    def meeting(self) -> Meeting:
        starts = self.now + timedelta(hours=1)
        with self.desk.acting() as by:
            return meeting_actions.call(
                title="17th Contact Group meeting",
                starts_at=starts,
                ends_at=starts + timedelta(hours=6),
                place="Tirana",
                mode="hybrid",
                by=by,
                at=self.now,
            )

    def as_desk(self, act: Callable[..., object], nomination: Nomination, **facts: object) -> Nomination:
        """The case desk does that, with the version that stands."""
        with self.desk.acting() as by:
            version = Nomination.objects.visible_to(by).get(pk=nomination.pk).version
            act(nomination=nomination, version=version, by=by, at=self.now, **facts)
            return Nomination.objects.visible_to(by).get(pk=nomination.pk)

    def vote(self, nomination: Nomination, **voices: str) -> None:
        """Members of these partners vote like that."""
        for code, voice in voices.items():
            with self.members[code].acting() as by:
                actions.cast(nomination=nomination, voice=voice, by=by, at=self.now)

    def deputy(self, code: str) -> Person:
        """Somebody more in the Contact Group seat of that partner, from another authority."""
        seat = (OfficeKind.CONTACT_GROUP_SEAT,)
        return self.house.person(f"Deputy{code}", code, authority="Special prosecution", offices=seat)

    def recuse(self, nomination: Nomination, code: str, scope: str = "person", by: Person | None = None) -> Recusal:
        """The member of that partner, or somebody else of its seat, is recused or recuses the partner."""
        with (by or self.members[code]).acting() as actor:
            return actions.recuse(
                nomination=nomination, scope=scope, ground="connected", words=WHY, by=actor, at=self.now
            )

    def take_back(self, recusal: Recusal, by: Person) -> None:
        with by.acting() as actor:
            actions.take_back(recusal=recusal, by=actor, at=self.now)

    def counts(self, nomination: Nomination, number: int = 1) -> Count:
        """What the desk reads of a round that was closed."""
        with self.desk.acting() as by:
            fresh = Nomination.objects.visible_to(by).get(pk=nomination.pk)
            counted = VotingRound.objects.visible_to(by).of(nomination.pk).get(number=number)
            return queries.count(counted, fresh, actor=by)

    def open_vote(self, nomination: Nomination, meeting: Meeting | None = None) -> Nomination:
        self.as_desk(actions.put_on_agenda, nomination, meeting=meeting or self.meeting())
        return self.as_desk(actions.open_voting, nomination, closes_at=None)

    def counted(self, nomination: Nomination, **voices: str) -> Nomination:
        self.open_vote(nomination)
        self.vote(nomination, **voices)
        return self.as_desk(actions.close_voting, nomination)

    def decided(self, nomination: Nomination, outcome: str, text: str = "Agreed") -> Nomination:
        until = self.now + timedelta(days=30)
        return self.as_desk(actions.decide, nomination, outcome=outcome, text=text, answer_until=until)


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A browser in which this person is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return signed_in
