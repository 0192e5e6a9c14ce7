"""Forms of reference data in the console."""

from __future__ import annotations

from datetime import timedelta

from contactgroup.kinds import VOTING_RULES
from foundation.reference import actions
from foundation.reference.acts import ActKind
from foundation.reference.reminders import OFFSETS
from foundation.reference.tables import Table
from foundation.tenancy.choices import Role
from tests.hostile.places.registry import place
from tests.hostile.stage import Place, Stage
from tests.people import Person
from wbcj.composition import REFERENCE

KIND = REFERENCE["crime-types"]
YES = {"withheld_is_present", "recused_leaves_quorum", "recused_leaves_majority", "nominator_votes"}


def _mia(stage: Stage) -> Person:
    return stage.house.staff("Mia", "EUROJUST", Role.PROGRAMME_MANAGER)


def _code(name: str) -> str:
    return f"of_{name}"


@place("console_reference_add")
def _a_row_to_add(stage: Stage, name: str) -> Place:
    return Place(name, _mia(stage), {"kind": KIND.name}, {"known_as": _code(name), "valid_until": ""})


@place("console_reference_change", "console_reference_end")
def _a_row(stage: Stage, name: str) -> Place:
    row = KIND.rows()[0]
    typed = {"valid_until": "", "name": "Other words"} if name.endswith("change") else {}
    return Place(name, _mia(stage), {"kind": KIND.name, "row": str(row.pk)}, typed)


@place("console_reference_import")
def _rows_to_give(stage: Stage, name: str) -> Place:
    rows = f"code;name;position;valid_from\n{_code(name)};Given;1;2026-01-01"
    return Place(name, _mia(stage), {"kind": KIND.name}, {"rows": rows})


@place("console_reference_confirm")
def _rows_that_wait(stage: Stage, name: str) -> Place:
    mia, day = _mia(stage), (stage.now - timedelta(days=9)).date().isoformat()
    rows = ((2, (_code(name), "Waiting", "1", day)),)
    with mia.acting() as by:
        table = Table(headings=("code", "name", "position", "valid_from"), rows=rows)
        actions.propose(kind=KIND, table=table, by=by, at=stage.now)
    return Place(name, mia, {"kind": KIND.name})


@place("console_voting_rules_import", "console_voting_rules_confirm")
def _voting_rules(stage: Stage, name: str) -> Place:
    headings = VOTING_RULES.by_name.keys() - {"withdrawn"}
    day = (stage.now + timedelta(days=40)).date().isoformat()
    numbers = {"valid_from": day, "quorum_denominator": "3", "majority_denominator": "2", "least_present": "2"}
    row = {heading: numbers.get(heading, "yes" if heading in YES else "1") for heading in sorted(headings)}
    return _of_rules(stage, name, VOTING_RULES, _mia(stage), row)


@place("console_reminder_rules_import", "console_reminder_rules_confirm")
def _reminder_rules(stage: Stage, name: str) -> Place:
    tina = stage.house.staff("Tina", "EUROJUST", Role.TECHNICAL_ADMINISTRATOR)
    day = (stage.now + timedelta(days=9)).date().isoformat()
    return _of_rules(stage, name, OFFSETS, tina, {"kind": "cases.task.due", "days": "4", "valid_from": day})


def _of_rules(stage: Stage, name: str, kind: ActKind, person: Person, row: dict[str, str]) -> Place:
    if name.endswith("import"):
        rows = f"{','.join(row)}\n{','.join(row.values())}"
        return Place(name, person, {"kind": kind.name}, {"rows": rows})
    with person.acting() as by:
        table = Table(headings=tuple(row), rows=((2, tuple(row.values())),))
        actions.propose(kind=kind, table=table, by=by, at=stage.now)
    return Place(name, person, {"kind": kind.name})
