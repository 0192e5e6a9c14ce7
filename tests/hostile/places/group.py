"""Forms of nominations and meetings."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from django.utils import timezone

from contactgroup import actions
from contactgroup.counting import Rule
from foundation.tenancy.choices import Role
from meetings import actions as meeting_actions
from tests.hostile.places.registry import place
from tests.hostile.stage import Place, Stage


@place("nomination_revise", "nomination_withdraw")
def _own_nomination(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {"pk": stage.nominate(stage.case("MK")).pk})


@place("nomination_agenda")
def _submitted(stage: Stage, name: str) -> Place:
    stage.meeting()
    return Place(name, stage.desk, {"pk": stage.nominate(stage.case("MK")).pk})


@place("nomination_open_voting", "nomination_return")
def _on_agenda(stage: Stage, name: str) -> Place:
    nomination, meeting = stage.nominate(stage.case("MK")), stage.meeting()
    stage.as_desk(actions.put_on_agenda, nomination, meeting=meeting)
    return Place(name, stage.desk, {"pk": nomination.pk})


@place("nomination_vote", "nomination_recuse", "nomination_close_voting")
def _voting(stage: Stage, name: str) -> Place:
    nomination = stage.open_vote(stage.nominate(stage.case("MK")))
    person = stage.desk if name == "nomination_close_voting" else stage.members["MK"]
    return Place(name, person, {"pk": nomination.pk})


@place("nomination_take_back")
def _recused(stage: Stage, name: str) -> Place:
    nomination = stage.open_vote(stage.nominate(stage.case("MK")))
    recusal = stage.recuse(nomination, "MK")
    return Place(name, stage.members["MK"], {"pk": nomination.pk, "child": recusal.pk})


@place("voting_rule_set", "voting_rule_withdraw")
def _rules(stage: Stage, name: str) -> Place:
    manager = stage.house.person("Mia", "EUROJUST", Role.PROGRAMME_MANAGER, authority="Programme team")
    if name == "voting_rule_withdraw":
        half = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2))
        with manager.acting() as by:
            day = stage.now.date() + timedelta(days=30)
            actions.set_rule(rule=half, valid_from=day, by=by, at=stage.now)
    return Place(name, manager)


@place("nomination_decide")
def _counted(stage: Stage, name: str) -> Place:
    nomination = stage.counted(stage.nominate(stage.case("MK")), AL="for", MK="for")
    return Place(name, stage.desk, {"pk": nomination.pk})


@place("meeting_call", "meeting_change")
def _meeting_form(stage: Stage, name: str) -> Place:
    day = timezone.localdate() + timedelta(days=9)
    typed = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00"}
    return Place(name, stage.desk, {} if name == "meeting_call" else {"pk": stage.meeting().pk}, typed)


@place("meeting_start", "meeting_cancel", "meeting_item_add")
def _called(stage: Stage, name: str) -> Place:
    return Place(name, stage.desk, {"pk": stage.meeting().pk})


@place("meeting_close")
def _begun(stage: Stage, name: str) -> Place:
    meeting = stage.meeting()
    with stage.desk.acting() as by:
        meeting_actions.start(meeting=meeting, version=meeting.version, by=by, at=stage.now)
    return Place(name, stage.desk, {"pk": meeting.pk})


@place("meeting_item_move", "meeting_item_take_off", "meeting_item_decide")
def _item(stage: Stage, name: str) -> Place:
    meeting, item = stage.item()
    return Place(name, stage.desk, {"pk": meeting.pk, "item": item.pk})
