"""Who is in the demo: invented people with names usual among their partner, one password for all."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from foundation.tenancy.choices import Capacity, OfficeKind, Role

PASSWORD = "wbcj-demo-only-2026"  # noqa: S105 - meant to be read; refused outside the demo (wbcj/sign_in/door.py)
DOMAIN = "wbcj.example"


@dataclass(frozen=True, kw_only=True)
class Post:
    """One membership: at which authority (its key in the reference data), in which role, holding which office."""

    partner: str
    authority: str
    role: Role
    function: str
    office: OfficeKind | None = None
    capacity: Capacity = Capacity.HOLDER


@dataclass(frozen=True)
class Person:
    """Somebody invented. ``look_at`` is what to try as this person; empty for those who only people the directory."""

    name: str
    posts: tuple[Post, ...]
    look_at: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with; it ends in a domain that no real person can have."""
        decomposed = unicodedata.normalize("NFKD", self.name.lower().replace("đ", "dj"))
        plain = "".join(letter for letter in decomposed if letter.isascii())
        return f"{plain.replace(' ', '.')}@{self.posts[0].partner.lower()}.{DOMAIN}"


def _prosecutor(partner: str, authority: str, function: str = "Prosecutor") -> Post:
    return Post(partner=partner, authority=authority, role=Role.PROSECUTOR, function=function)


def _seat(partner: str, authority: str, capacity: Capacity = Capacity.MEMBER) -> Post:
    return Post(
        partner=partner, authority=authority, role=Role.PROSECUTOR, capacity=capacity,
        function="Prosecutor, Contact Group", office=OfficeKind.CONTACT_GROUP_SEAT,
    )  # fmt: skip


def _coordinator(partner: str, authority: str) -> Post:
    return Post(
        partner=partner, authority=authority, role=Role.PROSECUTOR,
        function="National coordinator", office=OfficeKind.COORDINATOR,
    )  # fmt: skip


def _administrator(partner: str, authority: str) -> Post:
    return Post(partner=partner, authority=authority, role=Role.PARTNER_ADMINISTRATOR, function="Partner administrator")


# The first of each partner is its administrator, who proposes the others; the second confirms those who follow.
ALBANIA = (
    Person(
        "Mirela Dushku",
        (_administrator("AL", "justice"),),
        "Manage Albania's people: propose somebody, see that a second person must confirm.",
    ),
    Person(
        "Ilir Marku",
        (_coordinator("AL", "general-prosecution"),),
        "Answer the invitation that waits for Albania: accept it, naming a prosecutor, or decline.",
    ),
    Person(
        "Valbona Leka",
        (_seat("AL", "general-prosecution"),),
        "Vote for Albania in today's Contact Group meeting, but where she is recused.",
    ),
    Person(
        "Sokol Gjata",
        (_seat("AL", "general-prosecution", Capacity.DEPUTY),),
        "Vote where the member is recused; replace her vote as her deputy.",
    ),
    Person(
        "Arben Kodra",
        (_prosecutor("AL", "spak", "Prosecutor, organised crime"),),
        "Create a case that concerns North Macedonia, nominate it, see who can see it and why.",
    ),
    Person(
        "Teuta Prifti",
        (
            Post(
                partner="AL", authority="spak", role=Role.REGISTRAR, function="Head of registry",
                office=OfficeKind.CASE_REGISTRY,
            ),
        ),
        "Keep the registry: every case of the authority, also those of others there.",
    ),
    Person(
        "Gentian Sula",
        (Post(partner="AL", authority="bkh", role=Role.INVESTIGATOR, function="Investigator"),),
        "See only the one case that was shared with the investigation bureau.",
    ),
)  # fmt: skip
BOSNIA_AND_HERZEGOVINA = (
    Person("Nermin Begić", (_administrator("BA", "justice"),)),
    Person("Lejla Kapić", (_coordinator("BA", "justice"),)),
    Person("Dragan Tešić", (_seat("BA", "prosecution"),)),
    Person(
        "Amra Softić",
        (_prosecutor("BA", "prosecution", "Prosecutor, special department"),),
        "Work on a coordinated case with tasks that are due and one that is overdue.",
    ),
)
KOSOVO = (
    Person("Labinot Dema", (_administrator("XK", "justice"),)),
    Person("Drita Shala", (_coordinator("XK", "chief-state-prosecutor"),)),
    Person("Burim Zeka", (_seat("XK", "chief-state-prosecutor"),)),
    Person(
        "Arta Morina",
        (_prosecutor("XK", "special-prosecution"),),
        "Revise a nomination for which the Contact Group asked more information.",
    ),
)
MONTENEGRO = (
    Person("Nikola Kaluđer", (_administrator("ME", "justice"),)),
    Person("Ivana Đuretić", (_coordinator("ME", "supreme-prosecution"),)),
    Person("Marko Vujačić", (_seat("ME", "supreme-prosecution"),)),
    Person(
        "Jelena Radonja",
        (
            _prosecutor("ME", "special-prosecution"),
            Post(
                partner="EUROJUST", authority="case-desk", role=Role.CASE_OFFICER, function="Seconded prosecutor",
                office=OfficeKind.CASE_DESK, capacity=Capacity.DEPUTY,
            ),
        ),
        "Two memberships: switch in the header between Podgorica and Eurojust; each sees other cases.",
    ),
)  # fmt: skip
NORTH_MACEDONIA = (
    Person("Dejan Miloski", (_administrator("MK", "justice"),)),
    Person(
        "Biljana Ristova",
        (_coordinator("MK", "prosecution"),),
        "Accept the invitation to Skopje; before that the case answers 404 there.",
    ),
    Person("Goran Stojkov", (_seat("MK", "prosecution"),), "Vote for North Macedonia."),
    Person(
        "Elena Trajkoska",
        (_prosecutor("MK", "organised-crime"),),
        "Work on a case that Tirana opened to Skopje: add a note, a file number that only Skopje sees.",
    ),
)
SERBIA = (
    Person(
        "Dušan Pešić", (_administrator("RS", "justice"),), "Administer Serbia's people; Albania's are out of reach."
    ),
    Person("Vesna Lukač", (_coordinator("RS", "supreme-prosecution"),)),
    Person(
        "Nenad Radojev",
        (_seat("RS", "supreme-prosecution"),),
        "See the nominations of the whole group, and nothing of the narrow ones.",
    ),
    Person(
        "Milica Stamenić",
        (_prosecutor("RS", "organised-crime"),),
        "See Belgrade's own cases; the address of a case in Tirana answers 404.",
    ),
)
ITALY = (
    Person("Giulia Rinaldi", (_administrator("IT", "competent-authorities"),)),
    Person("Paolo Serra", (_coordinator("IT", "competent-authorities"),), "Answer as an EU Member State."),
)
EUROJUST = (
    Person(
        "Pavel Horák",
        (
            Post(
                partner="EUROJUST", authority="programme-team", role=Role.TECHNICAL_ADMINISTRATOR,
                function="Technical administrator",
            ),
        ),
        "Open the console: the record as opaque keys, background work, and no case at all.",
    ),
    Person("Katrin Weller", (_administrator("EUROJUST", "programme-team"),)),
    Person(
        "Matteo Ferrero",
        (
            Post(
                partner="EUROJUST", authority="programme-team", role=Role.PROGRAMME_MANAGER,
                function="Programme manager",
            ),
        ),
        "Call a Contact Group meeting; set the voting rule for days to come.",
    ),
    Person(
        "Sofie Lindqvist",
        (
            Post(
                partner="EUROJUST", authority="case-desk", role=Role.CASE_OFFICER, function="Case officer",
                office=OfficeKind.CASE_DESK,
            ),
        ),
        "Put a nomination on the agenda, open and close the vote, record the decision.",
    ),
)  # fmt: skip

# Eurojust comes first: its people name each partner's first administrator.
CAST = (
    EUROJUST, ALBANIA, BOSNIA_AND_HERZEGOVINA, KOSOVO, MONTENEGRO, NORTH_MACEDONIA, SERBIA, ITALY,
)  # fmt: skip
EVERYBODY = tuple(person for company in CAST for person in company)
