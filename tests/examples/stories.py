"""What a partner wants to happen, story by story, and what must stand there in the end: each of it once."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID

from cases.models import Case, Note
from contactgroup.models import Nomination
from foundation.audit.models import Event
from foundation.pages.models import Receipt
from tests.api.cast import Caller
from tests.api.test_nominating import DOSSIER
from tests.bed.sides import as_owner
from tests.changes.follower import Follower
from tests.examples.cast import PartnerWorld
from tests.examples.program import Program

FACTS = {"summary": "Lorries cross at night.", "crime_types": ["drug_trafficking"], "concerned": ["MK"]}
VERBS = {
    "file-case": "cases.case.created",
    "edit-case": "cases.case.edited",
    "open-case": "cases.case.submit",
    "write-note": "cases.note.written",
    "nominate": "contactgroup.nomination.submitted",
    "revise-nomination": "contactgroup.nomination.revised",
    "accept-invitation": "cases.invitation.accepted",
    "decline-invitation": "cases.invitation.declined",
}


class Stories:
    """Each story files a case, works on it, nominates it, revises the dossier and answers an invitation."""

    def __init__(self, world: PartnerWorld) -> None:
        self.world = world
        self.lines: list[dict[str, Any]] = []

    def tell(self) -> None:
        """One story more."""
        number = len(self.lines) // 9
        case, nomination = f"K-{number}", f"N-{number}"
        invitation = self.world.invited_by_mk(f"Story {number}")
        answer: dict[str, Any] = {"act": "decline-invitation", "body": {"reason": "safety"}}
        if number % 2:
            answer = {"act": "accept-invitation", "body": {"prosecutor": self.world.own}}
        self.lines += [
            {"name": case, "act": "file-case", "body": {**FACTS, "title": f"Story {number}"}},
            {"name": f"{case}-draft", "act": "edit-case", "on": case, "body": {"summary": "Boats as well."}},
            {"name": f"{case}-open", "act": "open-case", "on": case},
            {"name": f"{case}-note", "act": "write-note", "on": case, "body": _note(f"First of {number}")},
            {"name": f"{case}-edit", "act": "edit-case", "on": case, "body": {"summary": f"Facts of {number}."}},
            {"name": f"I-{number}", "on": str(invitation.pk), **answer},
            {"name": f"{case}-more", "act": "write-note", "on": case, "body": _note(f"Second of {number}")},
            {"name": nomination, "act": "nominate", "on": case, "body": {**DOSSIER, "title": f"Story {number}"}},
            {"name": f"{nomination}-r", "act": "revise-nomination", "on": nomination, "body": {"support": "Words."}},
        ]

    def check(self, program: Program) -> None:
        """Read as the owner of the tables, every effect is there once, and the program's receipts name it."""
        rows = {row["name"]: row for row in program.rows("SELECT * FROM intention")}
        assert {row["state"] for row in rows.values()} == {"done"}, {
            n: r["problem"] for n, r in rows.items() if r["state"] != "done"
        }
        assert rows.keys() == {line["name"] for line in self.lines}
        with as_owner():
            self._effects(rows)
            self._records(rows)

    def _effects(self, rows: dict[str, dict[str, Any]]) -> None:
        """Each act is on record once, on the record that its receipt or its address names; beside these there is none."""
        expected = Counter((VERBS[line["act"]], self._root(line, rows)) for line in self.lines)
        own = Event.objects.filter(membership=self.world.system.membership.pk, verb__in=VERBS.values())
        assert Counter(own.filter(outcome="done").values_list("verb", "root")) == expected
        posts = {
            row["key"]
            for line in self.lines
            if not line["act"].startswith(("edit", "revise"))
            for row in [rows[line["name"]]]
        }
        assert set(Receipt.objects.values_list("key", flat=True)) == posts

    def _root(self, line: dict[str, Any], rows: dict[str, dict[str, Any]]) -> UUID:
        on = line.get("on", "")
        if line["act"] in {"file-case", "nominate"} or on not in rows:
            return UUID(rows[line["name"]]["record"])
        return UUID(rows[on]["record"])

    def _records(self, rows: dict[str, dict[str, Any]]) -> None:
        """And what stands there is what was said last."""
        numbers = range(len(self.lines) // 9)
        cases = Case.objects.filter(root__title__startswith="Story ").select_related("root")
        assert sorted((case.root.title, case.summary, case.status) for case in cases) == sorted(
            (f"Story {number}", f"Facts of {number}.", "nominated") for number in numbers
        )
        assert {case.root.title: str(case.pk) for case in cases} == {
            f"Story {n}": rows[f"K-{n}"]["record"] for n in numbers
        }
        notes = Counter(Note.objects.filter(text__regex="^(First|Second) of ").values_list("text", flat=True))
        assert notes == Counter(f"{which} of {number}" for which in ("First", "Second") for number in numbers)
        dossiers = Nomination.objects.select_related("root").values_list("root__title", "support", "version")
        told = {rows[f"N-{number}-r"]["version"] for number in numbers}
        assert sorted(dossiers) == sorted(
            (f"Story {number}", "Words.", version) for number in numbers for version in told
        )

    def check_pulled(self, program: Program) -> None:
        """The register holds what a fresh reader is told of, each record as it reads now, and nothing else."""
        caller = Caller(program.token)
        reader = Follower(caller)
        reader.follow()
        held = {row["id"]: json.loads(row["document"]) for row in program.rows("SELECT id, document FROM record")}
        assert held.keys() == reader.held.keys()
        for key, document in held.items():
            assert document == caller.get(reader.held[key]["url"]).json()


def _note(text: str) -> dict[str, str]:
    return {"text": text, "audience": "everyone"}
