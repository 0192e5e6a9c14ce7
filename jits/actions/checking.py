"""The checklist: what the team says to a point, and the gate that a part of it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from jits import notices, states
from jits.checklist import POINTS, SETTLED, Part, codes_of
from jits.models import Jit, JitGate, JitPoint
from jits.queries.parties import own_party
from jits.queries.people import people_of
from jits.refusals import UnableToCheck, UnableToDecide


@action
def check(
    *, point: JitPoint, answer: str, comment: str, responsible: UUID | None, version: int, by: Actor, at: datetime
) -> JitPoint:
    """Say something to a point, and name somebody of the team who sees to it; who is named anew is told.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToCheck.
    """
    point = JitPoint.objects.visible_to(by).get(pk=point.pk)
    jit = Jit.objects.visible_to(by).get(pk=point.root_id)
    access.require(by, states.CHECK.permission, jit)
    states.CHECK.check(jit.status)
    states.demand_turn(states.CHECK, jit, own_party(jit, by=by))
    person = next((one for one in people_of(jit.pk, actor=by) if one.pk == responsible), None)
    if responsible is not None and person is None:
        raise UnableToCheck(_("Choose somebody who sees the team."))
    point = access.locked(point, version=version)
    named_anew = person is not None and point.responsible_id != person.pk
    point.answer, point.comment, point.responsible = answer, comment, person
    point.answered_at, point.answered_by_id, point.version = at, by.membership_id, point.version + 1
    point.save(update_fields=["answer", "comment", "responsible", "answered_at", "answered_by", "version"])
    access.touch(by=by, root_id=jit.pk)
    record.changed("jits.checklist.answered", by=by, root=jit.pk, changes={"code": point.code, "answer": answer})
    if named_anew and person is not None:
        notices.tell(notices.RESPONSIBLE, [person.group_id], jit=jit, by=by, at=at)
    return point


def lay_out(jit: Jit) -> None:
    """All points, open, under a new team; a part of the act that makes it."""
    JitPoint.objects.bulk_create(JitPoint(root_id=jit.pk, code=point.code) for point in POINTS)


def pass_gate(part: Part, jit: Jit, justification: str, *, by: Actor, at: datetime) -> None:
    """Let the team on when all points of the part are settled, or for a reason that stays on record; a part of the act that moves it.

    Raises UnableToDecide where points are not settled and nothing is said.
    """
    rows = JitPoint.objects.visible_to(by).of(jit.pk).filter(code__in=codes_of(part))
    unsettled = sorted(rows.exclude(answer__in=SETTLED).values_list("code", flat=True))
    if not unsettled:
        return
    if not justification.strip():
        said = _(
            "Points of the checklist are not settled yet: %(count)s. Settle them, or say why the team goes on without."
        )
        raise UnableToDecide(said % {"count": len(unsettled)})
    JitGate.objects.create(
        root_id=jit.pk,
        part=part,
        codes=unsettled,
        justification=justification,
        passed_at=at,
        passed_by_id=by.membership_id,
    )
