"""One record of every kind that the API reads, all of them shown to the register of AL."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cases import actions
from cases.models import Case
from tests.api.cast import ApiWorld


def everything(world: ApiWorld) -> dict[str, str]:
    """The first word of an address, or the name of a key below it -> the key of a record to be read there."""
    case = world.known(partners=[world.house.partner("MK")], title="Routes to Kosovo")
    invitation = world.accept(world.invited(case))
    world.show(invitation.pk, world.register, by=world.clerk)
    keys: dict[str, UUID] = {
        "cases": case.pk,
        "invitations": invitation.pk,
        "partners": world.house.partner("AL").pk,
        "authorities": world.ann.membership.authority_id,
        **_below(world, case),
    }
    return {name: str(key) for name, key in keys.items()}


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
