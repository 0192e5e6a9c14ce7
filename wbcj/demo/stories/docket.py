"""The cases that fill the lists: each is led to its state by the people who would lead it there."""

from __future__ import annotations

from collections.abc import Callable

from contactgroup.choices import Audience, Outcome, Voice
from meetings.choices import Mode
from wbcj.demo.casework import Casework, accept
from wbcj.demo.docket import docket
from wbcj.demo.groupwork import Candidacy, Gathering
from wbcj.demo.plots import Plot
from wbcj.demo.stage import DESK, Stage
from wbcj.demo.stories import Story

EIGHTEENTH = "Contact Group, 18th meeting"
_COORDINATORS = {"BA": "Lejla Kapić", "AL": "Ilir Marku", "MK": "Biljana Ristova", "RS": "Vesna Lukač"}
_PROSECUTORS = {"BA": "Amra Softić", "AL": "Arben Kodra", "MK": "Elena Trajkoska", "RS": "Milica Stamenić"}
_TASKS = (
    ("Ask the bank for the statements of the last quarter", 0),
    ("Translate the request for assistance", 1),
    ("Hear the driver again", -1),
    ("List the seized telephones", 3),
    ("Check the register of companies", -4),
    ("Agree on the day of the searches", 9),
    ("Send samples to the institute", 0.5),
)


def _draft(stage: Stage, plot: Plot, *, number: int) -> None:
    Casework.draft(stage, plot, day=-1 - number)


def _open(stage: Stage, plot: Plot, *, number: int) -> None:
    """With a proceeding, a note and a task that is due around today."""
    begun = -6 - 5 * number
    work = Casework.opened(stage, plot, day=begun)
    work.proceeding(plot.by, "Investigation opened; first witnesses heard.", day=begun + 1, opened=begun - 30)
    work.note(plot.by, "Next step: find the counterpart on the other side of the border.", day=begun + 2)
    title, due = _TASKS[number % len(_TASKS)]
    work.task(plot.by, stage.registry(plot.by), title, day=begun + 3, due=due)


def _nominated(stage: Stage, plot: Plot, *, number: int) -> None:
    work = Casework.opened(stage, plot, day=-30 - number)
    Candidacy.of(work, day=-4 - number, audience=Audience.CONCERNED)


def _closed(stage: Stage, plot: Plot, *, number: int) -> None:
    work = _ended(stage, plot, number)
    work.close("Judgment final; no cross-border part left.", day=-15 - number)


def _archived(stage: Stage, plot: Plot, *, number: int) -> None:
    work = _ended(stage, plot, number)
    work.close("Judgment final.", day=-110 - number)
    work.archive(day=-70 - number)


def _ended(stage: Stage, plot: Plot, number: int) -> Casework:
    work = Casework.opened(stage, plot, day=-240 - 7 * number)
    work.proceeding(plot.by, "Judgment final.", day=-130, opened=-300, stage="ended")
    work.note(plot.by, "Nothing is open any more; the file goes to the archive of the court.", day=-120)
    return work


def _eighteenth(stage: Stage) -> None:
    """A meeting that took up several cases; some are worked on, for others an answer or a proceeding is missing."""
    gathering = Gathering.called(
        stage, title=EIGHTEENTH, begins=stage.morning(-91), called=-120, place="Podgorica", mode=Mode.IN_PERSON,
        items=("Follow-up of the last meeting",),
    )  # fmt: skip
    gathering.start()
    cases = [*docket()["coordinated"], *docket()["selected"]]
    for number, plot in enumerate(cases):
        candidacy = _taken_up(gathering, plot, hour=0.2 + 0.4 * number)
        if plot in docket()["coordinated"]:
            _work_begins(candidacy, plot.partners[0])
    gathering.close()


def _taken_up(gathering: Gathering, plot: Plot, *, hour: float) -> Candidacy:
    work = Casework.opened(gathering.stage, plot, day=gathering.before(40))
    candidacy = Candidacy.of(work, day=gathering.before(20), audience=Audience.CONCERNED)
    candidacy.put_on(gathering, day=gathering.before(6))
    owner = gathering.stage.membership(plot.by).authority.partner.code
    western = [code for code in (owner, *plot.partners) if code in {"AL", "BA", "XK", "ME", "MK", "RS"}]
    candidacy.vote(dict.fromkeys(western, Voice.FOR), at=gathering.hour(hour))
    candidacy.count(at=gathering.hour(hour + 0.2))
    candidacy.decide(
        Outcome.TAKE_UP_PARALLEL, "Taken up between the partners concerned.", at=gathering.hour(hour + 0.3)
    )
    return candidacy


def _work_begins(candidacy: Candidacy, partner: str) -> None:
    stage, work = candidacy.stage, candidacy.work
    colleague = _PROSECUTORS[partner]
    accept(stage, candidacy.invitation(partner), coordinator=_COORDINATORS[partner], prosecutor=colleague, day=-85)
    work.proceeding(work.plot.by, "Telephone data compared; two suspects named.", day=-80, opened=-140)
    work.proceeding(colleague, "Proceedings of our own opened.", day=-78, opened=-79)
    work.note(colleague, "We suggest a short call every second Thursday.", day=-60)
    work.task(work.plot.by, stage.membership(colleague).group_id, "Comment on the plan of measures", day=-9, due=2)


_TELL: dict[str, Callable[..., None]] = {
    "draft": _draft,
    "open": _open,
    "nominated": _nominated,
    "closed": _closed,
    "archived": _archived,
}


def _story(tell: Callable[..., None], plot: Plot, number: int) -> Story:
    return Story(plot.title, plot.by, lambda stage: tell(stage, plot, number=number))


STORIES = (
    Story(EIGHTEENTH, DESK, _eighteenth),
    *(_story(tell, plot, number) for fate, tell in _TELL.items() for number, plot in enumerate(docket()[fate])),
)
