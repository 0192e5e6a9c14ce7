"""Cases that never came before the Contact Group: drafts, open ones, archived ones."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cases.choices import DeclineReason, NoteAudience
from foundation.access import Level
from wbcj.demo.casework import Casework, accept, decline
from wbcj.demo.plots import Plot
from wbcj.demo.stage import Stage
from wbcj.demo.stories import about

_ARBEN, _TEUTA, _GENTIAN = "Arben Kodra", "Teuta Prifti", "Gentian Sula"
_ELENA, _ARTA, _AMRA = "Elena Trajkoska", "Arta Morina", "Amra Softić"


def _drafts(stage: Stage, plot: Plot) -> None:
    Casework.draft(stage, plot, day=-2)


def _vehicles(stage: Stage, plot: Plot) -> None:
    work = Casework.opened(stage, plot, day=-70)
    work.file_number(_ARBEN, "SPAK 2026/1187", day=-69)
    work.proceeding(_ARBEN, "Indictment being written; two testing stations were searched.", day=-68, opened=-160)
    bureau = stage.membership(_GENTIAN).authority
    work.share(bureau.group_id, "Analysis of registration data", day=-60, until=stage.at(90))
    work.note(
        _GENTIAN, "Registration data of 86 vehicles compared; 11 numbers appear twice. Table in our file.", day=-31
    )
    work.note(
        _ARBEN, "Hearing of the head of the testing station moved to the end of the month.", day=-12,
        audience=NoteAudience.AUTHORITY,
    )  # fmt: skip
    work.note(_ARBEN, "Ask whether the ferry company keeps its lists.", day=-3, audience=NoteAudience.SELF)
    # The ledger takes no end in the past, so this share ends by itself while the demo starts.
    work.share(
        stage.authority("AL", "police").group_id,
        "One look at the list of vehicles",
        day=-40,
        level=Level.VIEW,
        until=timezone.now() + timedelta(seconds=2),
    )
    check = work.task(
        _ARBEN, bureau.group_id, "Compare chassis numbers with the list from Trieste", day=-6, due=6,
        text="The list arrives by the agreed channel, not here.",
    )  # fmt: skip
    work.acknowledge(_GENTIAN, check, day=-5)
    work.task(_TEUTA, stage.registry(_ARBEN), "Register the appeal against the search order", day=-4, due=1)
    asked = work.invite(
        "XK",
        "Exchange on vehicles sold in Pristina",
        "An authority of Albania prosecutes the sale of stolen vehicles with forged papers; some were sold in Kosovo.",
        day=-50,
        answer_until=stage.at(20),
    )
    decline(
        stage, asked, coordinator="Drita Shala", reason=DeclineReason.ONGOING_INVESTIGATION,
        text="Own measures come first; please ask again in the new year.", day=-44,
    )  # fmt: skip
    # Not answered in time: it lapses while the demo starts, for an offer cannot end in the past.
    work.invite(
        "IT",
        "Owners of the stolen vehicles",
        "An authority of Albania found vehicles stolen in Italy and asks for a contact to return them.",
        day=-30,
        answer_until=timezone.now() + timedelta(seconds=2),
    )


def _medicines(stage: Stage, plot: Plot) -> None:
    work = Casework.opened(stage, plot, day=-21)
    work.file_number(_ELENA, "ОЈО ГОКК КО 214/26", day=-21)
    work.proceeding(_ELENA, "Warehouse under observation; samples at the institute.", day=-20, opened=-45)
    work.note(_ELENA, "Samples: no active substance in five of six. Report follows on paper.", day=-9)
    work.task(_ELENA, stage.registry(_ELENA), "Translate the report of the institute into English", day=-8, due=-1)


def _firearms(stage: Stage, plot: Plot) -> None:
    work = Casework.opened(stage, plot, day=-16)
    work.file_number(_AMRA, "T20 0 KT 0031877 26", day=-16)
    work.proceeding(_AMRA, "Workshop searched, printer and moulds seized.", day=-15, opened=-33)
    work.note(_AMRA, "The technical report will say whether the barrels fit the arms found in Trieste.", day=-7)
    work.invite(
        "IT",
        "Comparison of printed parts of firearms",
        "An authority of Bosnia and Herzegovina investigates the making of printed parts of firearms. Parts of the same form are "
        "presumed in proceedings in Trieste. It proposes to compare them.",
        day=-5,
        answer_until=stage.at(14),
    )


def _icons(stage: Stage, plot: Plot) -> None:
    work = Casework.opened(stage, plot, day=-330)
    asked = work.invite(
        "RS", "Return of icons", "An authority of Bosnia and Herzegovina found icons stolen in Serbia.",
        day=-320, answer_until=stage.at(1),
    )  # fmt: skip
    accept(stage, asked, coordinator="Vesna Lukač", prosecutor="Milica Stamenić", day=-315)
    work.proceeding(_AMRA, "Judgment final; sentences are being served.", day=-300, opened=-390, stage="ended")
    work.proceeding("Milica Stamenić", "Icons returned to the parishes.", day=-280, opened=-370, stage="ended")
    back = work.task(_AMRA, stage.membership("Milica Stamenić").group_id, "Confirm the return", day=-270, due=-250)
    work.finish("Milica Stamenić", back, day=-255)
    work.close("Judgments final, all icons returned.", day=-200)
    work.archive(day=-150)


def _skimming(stage: Stage, plot: Plot) -> None:
    work = Casework.opened(stage, plot, day=-300)
    asked = work.invite(
        "XK", "Trial in two places", "An authority of North Macedonia investigates the copying of payment cards.",
        day=-290, answer_until=stage.at(1),
    )  # fmt: skip
    accept(stage, asked, coordinator="Drita Shala", prosecutor=_ARTA, day=-286)
    work.proceeding(_ELENA, "Judgment final.", day=-260, opened=-350, stage="ended")
    work.note(_ARTA, "Judgment in Pristina final since spring; no appeal.", day=-180)
    work.close("Judgments final in both places.", day=-170)
    work.archive(day=-120)


STORIES = (
    about("church-icons", _icons),
    about("skimming", _skimming),
    about("stolen-vehicles", _vehicles),
    about("counterfeit-medicines", _medicines),
    about("printed-firearms", _firearms),
    about("excise-transit", _drafts),
    about("call-centre", _drafts),
    about("cash-couriers", _drafts),
)
