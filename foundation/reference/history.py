"""Who changed which row when: written by the act that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from foundation.reference import differences, rules
from foundation.reference.acts import ActKind, act_of
from foundation.reference.kinds import Kind
from foundation.reference.models import Act, Change
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import running

_BY_FILE: Final = "foundation.reference.actions.bring_in"


def remember(
    kind: Kind, *, act: Act, row: object, before: Mapping[str, Any], after: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """What stood in the row with that key, and what stands there now; nothing where it was withdrawn."""
    Change.objects.create(
        kind=kind.name,
        row=str(row),
        title=kind.title(after or before)[:300],
        act=act,
        at=at,
        by_id=by.membership_id,
        imported=_BY_FILE in running.get(),
        changes=differences.told(kind, before, after),
    )


def acted(kind: ActKind, *, before: Any, after: Any, by: Actor, at: datetime) -> None:
    """The same of a row that an act of its own set: as it was (none: a new one), and as it is."""
    stood = {} if before is None else kind.values(before)
    stands = kind.values(after)
    changed = set() if before is None else {one.name for one in rules.changed_columns(kind, before, stands)}
    act = act_of(kind, before, changed, stands)
    remember(kind, act=act, row=after.pk, before=stood, after=stands, by=by, at=at)
