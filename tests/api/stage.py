"""One record of every kind that the API reads, all of them shown to the register of AL."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from cases import actions
from cases.models import Case
from contactgroup import actions as group_actions
from contactgroup.models import Nomination
from jits.models import Jit
from meetings import actions as meeting_actions
from meetings.models import Meeting
from tests.api.cast import ApiWorld
from tests.contactgroup.conftest import World
from tests.jits.team.conftest import Cast

QUESTIONS = {"/api/v1/legal-basis": {"party": ["AL", "MK"], "crime": "corruption"}}
"""What has to be said in the address of an operation that answers a question."""


def everything(world: ApiWorld) -> dict[str, str]:
    """The first word of an address, or the name of a key below it -> the key of a record to be read there."""
    case = world.known(partners=[world.house.partner("MK")], title="Routes to Kosovo")
    invitation = world.accept(world.invited(case))
    world.show(invitation.pk, world.register, by=world.clerk)
    keys: dict[str, UUID] = {
        "cases": case.pk,
        "sharing": case.pk,
        "invitations": invitation.pk,
        "partners": world.house.partner("AL").pk,
        "authorities": world.ann.membership.authority_id,
        **_below(world, case),
        **_decided(world),
        "teams": teamed(world).pk,
    }
    return {name: str(key) for name, key in keys.items()}


def word(path: str, name: str) -> str:
    """Under which name ``everything`` keeps what stands for this key in a path of the document."""
    return path.split("/")[3] if name == "id" else name


def filled(path: str, keys: dict[str, str]) -> str:
    """A path of the document with the keys of the records that stand there."""
    return re.sub(r"{(\w+)}", lambda name: keys[word(path, name[1])], path)


def nominated(world: ApiWorld, group: World, case: Case | None = None) -> Nomination:
    """A nomination that the registers of AL and MK see."""
    nomination = group.nominate(case or group.case())
    for system in (world.register, world.neighbour):
        world.show(nomination.pk, system, by=group.tirana)
    return nomination


def shown(world: ApiWorld, group: World, meeting: Meeting) -> None:
    """Let the registers of AL and MK see a meeting."""
    for system in (world.register, world.neighbour):
        world.show(meeting.pk, system, by=group.desk)


def teamed(world: ApiWorld, cast: Cast | None = None) -> Jit:
    """A team that the registers of AL and MK see, since a prosecutor of each party shows it."""
    cast = cast or Cast(house=world.house)
    jit = cast.proposed()
    for system, code in ((world.register, "AL"), (world.neighbour, "MK")):
        world.show(jit.pk, system, by=cast.people[code])
    return jit


def _below(world: ApiWorld, case: Case) -> dict[str, UUID]:
    """A note, a task and a proceeding of the case."""
    ann, at = world.ann.membership, world.now
    with world.ann.acting() as by:
        note = actions.write_note(case=case, text="The second lorry.", audience="everyone", by=by, at=at)
        task = actions.give_task(
            case=case, assignee=ann.group_id, title="Ask", text="", due_at=at + timedelta(days=1), by=by, at=at
        )
        proceeding = actions.record_proceeding(
            case=case, authority=ann.authority, stage="trial", opened_date=None, state_of_play="", by=by, at=at
        )
    return {"note": note.pk, "task": task.pk, "proceeding": proceeding.pk}


def _decided(world: ApiWorld) -> dict[str, UUID]:
    """A nomination with a recusal, a vote and a decision, on the agenda of a meeting with an item of its own."""
    group = World(house=world.house)
    nomination, meeting = nominated(world, group), group.meeting()
    shown(world, group, meeting)
    with group.desk.acting() as by:
        meeting_actions.add_item(meeting=meeting, title="Opening", by=by, at=group.now)
    group.recuse(nomination, "AL", by=group.deputy("AL"))
    group.open_vote(nomination, meeting)
    group.vote(nomination, AL="for", MK="for")
    group.as_desk(group_actions.close_voting, nomination)
    group.decided(nomination, "take_up_parallel")
    return {"nominations": nomination.pk, "meetings": meeting.pk}
