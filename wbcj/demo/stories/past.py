"""Two meetings of the Contact Group that were held, and what became of the cases decided there."""

from __future__ import annotations

from cases.choices import DeclineReason, NoteAudience
from contactgroup.choices import Audience, Ground, Outcome, RecusalScope, Voice
from foundation.access import audiences
from foundation.documents.choices import DocumentKind
from meetings.choices import Mode
from wbcj.demo import diary, papers
from wbcj.demo.casework import Casework, accept, decline
from wbcj.demo.groupwork import SEATS, Candidacy, Gathering
from wbcj.demo.plots import plots
from wbcj.demo.stage import DESK, Stage
from wbcj.demo.stories import Story

NINETEENTH, TWENTIETH = "Contact Group, 19th meeting", "Contact Group, 20th meeting"
_ARBEN, _JELENA, _ELENA = "Arben Kodra", "Jelena Radonja", "Elena Trajkoska"
_AMRA, _MILICA, _ARTA = "Amra Softić", "Milica Stamenić", "Arta Morina"
_FOR, _AGAINST, _ABSTAIN, _WITHHOLD = Voice.FOR, Voice.AGAINST, Voice.ABSTAIN, Voice.WITHHOLD
_ITEMS = ("Follow-up of the last meeting", "Support for operational meetings in the next quarter")


def _nineteenth(stage: Stage) -> None:
    gathering = Gathering.called(
        stage,
        title=NINETEENTH,
        begins=stage.morning(-63),
        called=-113,
        place="The Hague, Eurojust",
        mode=Mode.HYBRID,
        items=_ITEMS,
    )
    gathering.start()
    _containers(gathering)
    _hospitality(gathering)
    _carousel(gathering)
    _cigarettes(gathering)
    gathering.close()


def _twentieth(stage: Stage) -> None:
    gathering = Gathering.called(
        stage,
        title=TWENTIETH,
        begins=stage.morning(-35),
        called=-60,
        place="Skopje",
        mode=Mode.IN_PERSON,
        items=_ITEMS,
    )
    gathering.start()
    _lorries(gathering)
    _coins(gathering)
    _tenders(gathering)
    _ransomware(gathering)
    _tyres(gathering)
    _property(gathering)
    _arms(gathering)
    gathering.close()


def _heard(
    gathering: Gathering, key: str, voices: dict[str, Voice], *, hour: float, audience: str = Audience.CONCERNED
) -> Candidacy:
    """A case from its opening to the count in that meeting."""
    candidacy = _brought(gathering, key, audience=audience)
    candidacy.vote(voices, at=gathering.hour(hour))
    candidacy.count(at=gathering.hour(hour + 0.4))
    return candidacy


def _brought(gathering: Gathering, key: str, *, audience: str) -> Candidacy:
    """A case from its opening to the agenda of that meeting."""
    work = Casework.opened(gathering.stage, plots()[key], day=gathering.before(40))
    candidacy = Candidacy.of(work, day=gathering.before(20), audience=audience)
    candidacy.put_on(gathering, day=gathering.before(6))
    return candidacy


def _containers(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "cocaine-containers", {"AL": _FOR, "MK": _FOR, "ME": _FOR}, hour=0.5)
    candidacy.decide(Outcome.TAKE_UP_JIT, "Taken up; a team of three is recommended.", at=gathering.hour(1))
    stage, work = gathering.stage, candidacy.work
    for partner, coordinator, prosecutor, day in (
        ("MK", "Biljana Ristova", _ELENA, -59),
        ("ME", "Ivana Đuretić", _JELENA, -57),
    ):
        accept(stage, candidacy.invitation(partner), coordinator=coordinator, prosecutor=prosecutor, day=day)
    work.file_number(_ARBEN, "SPAK 2026/0412", day=-100)
    work.file_number(_ELENA, "ОЈО ГОКК КО 98/26", day=-58)
    work.proceeding(_ARBEN, "Two hauliers and a customs agent under measures; containers seized.", day=-98, opened=-210)
    work.proceeding(_ELENA, "Investigation opened; two warehouses under observation.", day=-55, opened=-56)
    work.proceeding(_JELENA, "Preliminary inquiry; port documents requested.", day=-54, opened=-80)
    work.note(
        _ARBEN,
        "Proposal for the team: one plan of measures, weekly call on Tuesdays, reports in English. Draft follows.",
        day=-50,
    )
    work.note(_ELENA, "Weekly call suits us. Interpreter for Macedonian is booked until December.", day=-48)
    work.note(
        _ELENA, "Our judge wants the first report in writing before the extension.", day=-21,
        audience=NoteAudience.PARTNER,
    )  # fmt: skip
    work.note(_JELENA, "Port documents for April to June are complete. Three consignees fit the pattern.", day=-11)
    work.note(_ARBEN, "Check the second haulier before the action day.", day=-4, audience=NoteAudience.AUTHORITY)
    _papers_on_containers(work)
    _tasks_on_containers(work)
    diary.keep(work)


def _papers_on_containers(work: Casework) -> None:
    plan = papers.filed(
        work, _ARBEN, "Draft of the agreement on the joint investigation team", kind=DocumentKind.AGREEMENT, day=-49,
        name="JIT agreement draft.txt", text="Parties, purpose, period, leaders and place of operations, as discussed.",
    )  # fmt: skip
    papers.again(
        work, _ELENA, plan, name="JIT agreement draft, Skopje.txt", day=-41,
        text="The same with the remarks of Skopje on article 6 (experts) and article 9 (costs).",
    )  # fmt: skip
    papers.filed(
        work, _ELENA, "Наредба за претрес на два магацина", kind=DocumentKind.DECISION, language="mk", day=-52,
        name="Наредба за претрес.txt", text="Претрес на два магацина во Скопје, со рок од десет дена.", handling="H2",
    )  # fmt: skip
    papers.filed(
        work, _JELENA, "Spisak kontejnera, april do jun", kind=DocumentKind.EVIDENCE, language="cnr", day=-11,
        name="Spisak kontejnera.txt", text="Broj kontejnera; datum; primalac (upućivanje).",
    )  # fmt: skip
    papers.filed(
        work, _ARBEN, "Kërkesë për të dhënat telefonike, projekt", kind=DocumentKind.REQUEST, language="sq", day=-6,
        name="Kërkesë, projekt.txt", text="Projekt, vetëm për prokurorinë tonë.", audience=audiences.AUTHORITY,
    )  # fmt: skip
    wrong = papers.filed(
        work, _JELENA, "Port documents, first delivery", kind=DocumentKind.EVIDENCE, day=-53,
        name="port-documents-1.txt", text="Delivery of the port, April.",
    )  # fmt: skip
    papers.withdrawn(
        work, _JELENA, wrong, reason="The port sent a corrected list; see the list of April to June.", day=-12
    )


def _tasks_on_containers(work: Casework) -> None:
    stage = work.stage
    skopje, podgorica = stage.membership(_ELENA), stage.membership(_JELENA, "ME")
    port = work.task(
        _ARBEN, podgorica.group_id, "List consignees of the April containers", day=-40, due=-20,
        text="From the port documents; no names in this system, references only.",
    )  # fmt: skip
    work.acknowledge(_JELENA, port, day=-39)
    work.finish(_JELENA, port, day=-23)
    report = work.task(_ARBEN, skopje.group_id, "Report on the two warehouses", day=-18, due=2)
    work.acknowledge(_ELENA, report, day=-17)
    work.task(_ELENA, stage.membership(_ARBEN).group_id, "Send the telephone data in agreed form", day=-10, due=-2)
    work.task(_JELENA, stage.membership(_ARBEN).authority.group_id, "Name the place of the action day", day=-6, due=12)


def _hospitality(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "hospitality-trafficking", {"BA": _FOR, "RS": _FOR, "ME": _ABSTAIN}, hour=1.2)
    candidacy.decide(Outcome.TAKE_UP_PARALLEL, "Taken up; one plan for hearings.", at=gathering.hour(1.8))
    stage, work = gathering.stage, candidacy.work
    accept(stage, candidacy.invitation("RS"), coordinator="Vesna Lukač", prosecutor=_MILICA, day=-58)
    work.file_number(_AMRA, "T20 0 KTO 0029944 26", day=-90)
    work.file_number(_MILICA, "Кто 311/26", day=-56)
    work.proceeding(_AMRA, "Eleven presumed victims in protection; three hearings by video done.", day=-90, opened=-140)
    work.proceeding(_MILICA, "Accounts of two companies followed; searches in preparation.", day=-52, opened=-54)
    work.note(_AMRA, "Hearings: one team of psychologists for both proceedings, as agreed.", day=-30)
    work.note(_MILICA, "Seizure orders are with the court. We need two days' notice.", day=-8)
    sarajevo, belgrade = stage.membership(_AMRA), stage.membership(_MILICA)
    work.task(_MILICA, sarajevo.group_id, "Send the dates of the next three hearings", day=-9, due=-3)
    plan = work.task(_MILICA, sarajevo.group_id, "Agree on the day of searches", day=-7, due=3)
    work.acknowledge(_AMRA, plan, day=-6)
    work.task(_AMRA, belgrade.group_id, "Confirm rooms for protected witnesses", day=-5, due=8)


def _carousel(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "vat-carousel", {"RS": _FOR, "BA": _ABSTAIN}, hour=2)
    candidacy.decide(Outcome.HAND_TO_EJN, "Contact points can clear this without the group.", at=gathering.hour(2.5))


def _cigarettes(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "cigarettes-speedboats", {"ME": _FOR, "AL": _AGAINST}, hour=2.7)
    candidacy.decide(Outcome.NOT_SELECTED, "No proceedings on the other side yet.", at=gathering.hour(3.2))
    candidacy.work.close("Charged nationally; no cross-border part left.", day=-30)


def _lorries(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "refrigerated-lorries", {"MK": _FOR, "RS": _FOR, "AL": _FOR}, hour=0.4)
    candidacy.decide(
        Outcome.TAKE_UP_PARALLEL, "Taken up; a coordination centre to be asked for.", at=gathering.hour(0.9)
    )
    stage, work = gathering.stage, candidacy.work
    accept(stage, candidacy.invitation("AL"), coordinator="Ilir Marku", prosecutor=_ARBEN, day=-30)
    decline(
        stage, candidacy.invitation("RS"), coordinator="Vesna Lukač", reason=DeclineReason.ONGOING_INVESTIGATION,
        text="Measures of our own are under way; we come back to it after them.", day=-29,
    )  # fmt: skip
    work.proceeding(_ELENA, "Nine lorries stopped; organiser identified by call pattern.", day=-70, opened=-320)
    work.proceeding(_ARBEN, "Two transfer agents observed.", day=-26, opened=-27)
    work.note(_ELENA, "Belgrade stays out for now; the plan goes on with Tirana alone.", day=-25)
    work.task(_ELENA, stage.membership(_ARBEN).group_id, "Times at which the agents open", day=-12, due=5)


def _coins(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "counterfeit-euro", {"XK": _FOR, "AL": _FOR, "MK": _WITHHOLD}, hour=1)
    candidacy.decide(Outcome.TAKE_UP_PARALLEL, "Taken up between two partners.", at=gathering.hour(1.5))
    stage, work = gathering.stage, candidacy.work
    accept(stage, candidacy.invitation("AL"), coordinator="Ilir Marku", prosecutor=_ARBEN, day=-28)
    work.proceeding(_ARTA, "Press seized, three arrests.", day=-60, opened=-110, stage="post_arrest")
    work.proceeding(_ARBEN, "Shops near the bus stations observed.", day=-24, opened=-25)
    work.note(_ARTA, "Twelve samples left for Tirana by courier, receipt number in our file.", day=-22)


def _tenders(gathering: Gathering) -> None:
    candidacy = _heard(
        gathering, "tender-corruption", dict.fromkeys(("AL", "BA", "ME", "MK"), _ABSTAIN), hour=1.6,
        audience=Audience.WHOLE_GROUP,
    )  # fmt: skip
    candidacy.decide(Outcome.HAND_TO_DESK, "A matter for the desk of the Member State concerned.", at=gathering.hour(2))


def _ransomware(gathering: Gathering) -> None:
    candidacy = _heard(
        gathering, "hospital-ransomware", {"RS": _FOR, "BA": _ABSTAIN, "ME": _ABSTAIN, "AL": _FOR}, hour=2.1,
        audience=Audience.WHOLE_GROUP,
    )  # fmt: skip
    candidacy.decide(Outcome.HAND_TO_EUROPOL, "Europol leads on the rented tools.", at=gathering.hour(2.5))
    candidacy.work.close("Continues in the proceedings led with Europol.", day=-14)


def _tyres(gathering: Gathering) -> None:
    candidacy = _brought(gathering, "heroin-tyres", audience=Audience.CONCERNED)
    candidacy.recuse(
        SEATS["AL"], RecusalScope.PERSON, Ground.INVOLVED, "I led the first proceedings in this matter.",
        at=gathering.hour(2.5),
    )  # fmt: skip
    candidacy.vote({"RS": _FOR, "BA": _FOR}, at=gathering.hour(2.6))
    candidacy.speak("Sokol Gjata", _FOR, at=gathering.hour(2.7))
    candidacy.count(at=gathering.hour(2.9))
    candidacy.decide(Outcome.TAKE_UP_PARALLEL, "Taken up; first operational meeting at once.", at=gathering.hour(3))


def _property(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "coastal-property", {"ME": _FOR, "MK": _FOR, "RS": _WITHHOLD}, hour=3.1)
    candidacy.decide(Outcome.TAKE_UP_JIT, "Taken up; a team on assets is recommended.", at=gathering.hour(3.4))


def _arms(gathering: Gathering) -> None:
    candidacy = _heard(gathering, "old-stocks", {"XK": _FOR, "AL": _ABSTAIN, "ME": _ABSTAIN}, hour=3.4)
    candidacy.ask_for_more(
        "Which senders are known in Albania and Montenegro, and what was found in the two Member States?",
        at=gathering.hour(3.9),
    )


STORIES = (Story(NINETEENTH, DESK, _nineteenth), Story(TWENTIETH, DESK, _twentieth))
