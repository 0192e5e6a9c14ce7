"""The meeting of today, the next one, and the nominations that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from contactgroup import actions
from contactgroup.choices import Audience, Ground, RecusalScope, Voice
from contactgroup.counting import Rule
from foundation.notifications import inbox
from meetings.choices import Mode
from wbcj.demo.casework import Casework
from wbcj.demo.groupwork import SEATS, Candidacy, Gathering
from wbcj.demo.people import EVERYBODY
from wbcj.demo.plots import Plot, plots
from wbcj.demo.stage import DESK, Stage
from wbcj.demo.stories import Story, about

TODAY, NEXT = "Contact Group, 21st meeting", "Contact Group, 22nd meeting"
_FOR, _ABSTAIN = Voice.FOR, Voice.ABSTAIN


def _today(stage: Stage) -> None:
    _everybody_has_read_what_came_before(stage)
    gathering = Gathering.called(
        stage,
        title=TODAY,
        begins=_an_hour_ago(stage),
        called=-20,
        place="The Hague, Eurojust",
        mode=Mode.HYBRID,
        items=("Follow-up of the 20th meeting", "Interpretation and secure telephones: what is there, what is missing"),
    )
    waiting = {
        key: _nominated(stage, key, days=15, audience=audience)
        for key, audience in (
            ("forged-identity", Audience.WHOLE_GROUP),
            ("plantations", Audience.CONCERNED),
            ("birds-of-prey", Audience.WHOLE_GROUP),
            ("hauliers-extortion", Audience.CONCERNED),
        )
    }
    for candidacy in waiting.values():
        candidacy.put_on(gathering, day=-6)
    gathering.start()
    counted = waiting["forged-identity"]
    counted.recuse(
        SEATS["RS"], RecusalScope.PARTNER, Ground.INTEREST,
        "The foils were supplied by a company in which our authorities hold a share.", at=gathering.hour(0.1),
    )  # fmt: skip
    counted.vote({"XK": _FOR, "AL": _FOR, "MK": _FOR, "ME": _FOR, "BA": _ABSTAIN}, at=gathering.hour(0.2))
    counted.count(at=gathering.hour(0.5))
    # Albania and North Macedonia have not spoken yet: whoever signs in as one of them can, for Albania the deputy.
    birds = waiting["birds-of-prey"]
    birds.vote({"BA": _FOR, "ME": _FOR}, at=gathering.hour(0.6))
    birds.recuse(
        SEATS["AL"], RecusalScope.PERSON, Ground.CONNECTED, "I know one of the couriers from my home town.",
        at=gathering.hour(0.65),
    )  # fmt: skip
    birds.recuse(
        SEATS["XK"], RecusalScope.PARTNER, Ground.OTHER, "Our customs are a party to the complaint.",
        at=gathering.hour(0.7),
    )  # fmt: skip
    waiting["plantations"].vote({}, at=gathering.hour(0.8))


def _an_hour_ago(stage: Stage) -> datetime:
    """On the half hour, so that the meeting runs whenever the demo is first started."""
    begun = stage.now - timedelta(hours=1)
    return begun.replace(minute=begun.minute // 30 * 30, second=0, microsecond=0)


def _everybody_has_read_what_came_before(stage: Stage) -> None:
    for person in EVERYBODY:
        for post in person.posts:
            with stage.acting(person.name, post.partner) as by:
                inbox.mark_read(by=by, at=stage.at(-18))


def _nominated(stage: Stage, key: str, *, days: float, audience: str) -> Candidacy:
    work = Casework.opened(stage, plots()[key], day=-days - 12)
    return Candidacy.of(work, day=-days, audience=audience)


def _next(stage: Stage) -> None:
    gathering = Gathering.called(
        stage,
        title=NEXT,
        begins=stage.morning(21),
        called=-3,
        place="",
        mode=Mode.ONLINE,
        items=("Work plan for the coming year",),
    )
    _a_rule_to_come(stage)
    logging = _nominated(stage, "illegal-logging", days=5, audience=Audience.WHOLE_GROUP)
    logging.put_on(gathering, day=-2)


def _a_rule_to_come(stage: Stage) -> None:
    """As the programme team would set one: whoever nominates leaves the vote to the others."""
    rule = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2), least_present=2, nominator_votes=False)
    with stage.acting("Matteo Ferrero") as by:
        actions.set_rule(rule=rule, valid_from=stage.morning(60).date(), by=by, at=stage.at(-3))


def _exchangers(stage: Stage, plot: Plot) -> None:
    candidacy = _nominated(stage, plot.key, days=3, audience=Audience.CONCERNED)
    work = candidacy.work
    work.file_number(plot.by, "SPAK 2026/1530", day=-14)
    work.proceeding(plot.by, "Accounts of two exchangers frozen for 72 hours; wallets traced.", day=-13, opened=-60)
    work.note(plot.by, "Wallet list goes by the agreed channel as soon as the group has decided.", day=-2)


def _gravel(stage: Stage, plot: Plot) -> None:
    candidacy = _nominated(stage, plot.key, days=25, audience=Audience.CONCERNED)
    candidacy.withdraw("The inspectorate on the other bank has answered directly.", day=-16)


STORIES = (
    Story(TODAY, DESK, _today),
    Story(NEXT, DESK, _next),
    about("river-gravel", _gravel),
    about("crypto-exchangers", _exchangers),
)
