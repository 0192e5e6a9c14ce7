"""What became of everything: the rows, the vault and the mail server are asked, each for itself, and must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import psycopg
from django.db import connection

from bench.report import Claim, at_most, plain
from faults.lab.sink import Sink
from faults.lab.world import TASK_DUE, Work
from foundation.documents import vault
from foundation.documents.printing.models import Printout
from foundation.documents.refusals import Broken
from foundation.documents.stored import StoredFile
from foundation.notifications.delivery.post import message_id
from tests.people import Person


@dataclass(frozen=True)
class Letters:
    """Deliveries by the key that the mail server knows them by: their state, and the cause of an attempt that is ambiguous."""

    state: dict[str, str]
    by_the_line: frozenset[str]
    """Ambiguous because the line broke after the dot, and not because the worker or the database was lost."""

    @classmethod
    def of(cls, session: psycopg.Connection[Any]) -> Letters:
        """Ask the rows."""
        rows = session.execute("SELECT key, state, outcome FROM notifications_delivery").fetchall()
        state = {message_id(key): state for key, state, _outcome in rows}
        lines = {message_id(key) for key, state, outcome in rows if state == "ambiguous" and outcome != "worker lost"}
        return cls(state, frozenset(lines))

    def ambiguous(self) -> set[str]:
        """Flagged."""
        return {key for key, state in self.state.items() if state == "ambiguous"}


def of_reminders(session: psycopg.Connection[Any], work: Work) -> Iterator[Claim]:
    """Each was given once: one line in the inbox for each row, and no line of which no row knows."""
    given = _number(
        session, "SELECT count(*) FROM notifications_reminder WHERE kind = %s AND outcome = 'given'", TASK_DUE
    )
    lines = _number(session, "SELECT count(*) FROM notifications_notice WHERE kind = %s", TASK_DUE)
    unknown = _number(
        session,
        "SELECT count(*) FROM notifications_notice n WHERE kind = %s"
        " AND NOT EXISTS (SELECT 1 FROM notifications_reminder r WHERE r.notice = n.id)",
        TASK_DUE,
    )
    yield plain("reminders", work.reminders, unit="")
    yield at_most("reminders lost", work.reminders - given, 0, unit="")
    yield at_most("reminders given twice", lines - given + unknown, 0, unit="")


def of_letters(session: psycopg.Connection[Any], sink: Sink) -> Iterator[Claim]:
    """What the rows say of each letter is what the mail server knows of it."""
    letters, taken = Letters.of(session), set(sink.taken)
    sent = {key for key, state in letters.state.items() if state == "sent"}
    ambiguous = letters.ambiguous()
    without = _number(
        session,
        "SELECT count(*) FROM notifications_notice n WHERE kind = %s"
        " AND NOT EXISTS (SELECT 1 FROM notifications_delivery d WHERE d.subject = n.id)",
        TASK_DUE,
    )
    never = len(set(letters.state) - sent - ambiguous) + len(sent - taken)
    twice = sum(times > 1 for times in sink.taken.values())
    wrong = letters.by_the_line - sink.unanswered - sink.cut
    yield plain("letters", len(letters.state), unit="")
    yield at_most(
        "letters lost: without a row, unfinished, or called sent and never taken", without + never, 0, unit=""
    )
    yield at_most("letters sent twice, by key", twice, 0, unit="")
    yield plain("letters flagged ambiguous", len(ambiguous), unit="")
    yield plain("of these, taken by the mail server", len(ambiguous & taken), unit="")
    yield plain(
        "of these, flagged since a worker or the database was killed", len(ambiguous - letters.by_the_line), unit=""
    )
    yield at_most("letters taken without an answer and not flagged", len(sink.unanswered - ambiguous), 0, unit="")
    yield at_most(
        "letters flagged for a line that the server did not drop",
        len(wrong),
        0,
        unit="",
        worst=", ".join(sorted(wrong)[:3]),
    )
    yield at_most("letters that the server took and no row knows", len(taken - set(letters.state)), 0, unit="")


def of_printouts(session: psycopg.Connection[Any], work: Work, reader: Person) -> Iterator[Claim]:
    """Each is ready, was put on record once, and can be read whole against its fingerprint."""
    ready = _number(session, "SELECT count(*) FROM documents_printout WHERE state = 'ready'")
    printed = _number(session, "SELECT count(*) FROM audit_event WHERE verb = 'documents.printout.printed'")
    yield plain("papers", work.printouts, unit="")
    yield at_most("papers lost", work.printouts - ready, 0, unit="")
    yield at_most("papers printed twice", printed - ready, 0, unit="")
    yield at_most("papers that cannot be read whole", _broken(reader), 0, unit="")


def of_jobs(session: psycopg.Connection[Any]) -> Iterator[Claim]:
    """Nothing has failed for good: whatever was killed is no fault of the work."""
    failed = session.execute("SELECT task, outcome FROM jobs_job WHERE failed_at IS NOT NULL").fetchall()
    yield at_most(
        "jobs given up", len(failed), 0, unit="", worst=", ".join(f"{task} {outcome}" for task, outcome in failed[:3])
    )


def _broken(reader: Person) -> int:
    broken = 0
    connection.close()
    with reader.acting() as by:
        for printout in Printout.objects.visible_to(by).filter(state="ready"):
            try:
                with vault.reader(root_id=printout.root_id, stored=cast(StoredFile, printout), by=by) as file:
                    broken += not file.read().startswith(b"%PDF")
            except Broken:
                broken += 1
    return broken


def _number(session: psycopg.Connection[Any], question: str, *values: object) -> int:
    row = session.execute(question, values or None).fetchone()
    assert row is not None
    return int(row[0])
