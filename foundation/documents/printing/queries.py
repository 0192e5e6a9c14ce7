"""What the page of a printout shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from foundation import access
from foundation.documents.printing import editions, kinds
from foundation.documents.printing.actions import frozen
from foundation.documents.printing.choices import State
from foundation.documents.printing.kinds import Kind
from foundation.documents.printing.models import Printout
from foundation.documents.printing.permissions import PrintingPermission
from foundation.tenancy.actors import Actor

_STEPS = {State.PENDING: 1, State.RENDERING: 2}


@dataclass(frozen=True, kw_only=True)
class PrintoutView:
    """A printout as it stands. ``fresh`` says that its file shows exactly what the reader would see now."""

    printout: Printout
    kind: Kind
    language: str
    title: str
    address: str
    fresh: bool
    waiting: bool
    step: int

    @property
    def since(self) -> datetime:
        """When it came into its present state."""
        return self.printout.ended_at or self.printout.begun_at or self.printout.ordered_at


def view(printout: Printout, *, actor: Actor) -> PrintoutView:
    """The printout beside its subject, frozen anew. Raises NotThere where the subject, or its kind, is gone for this reader."""
    try:
        kind = kinds.named(printout.kind)
        paper = frozen(kind, printout.subject, language=printout.language, by=actor)
    except (ObjectDoesNotExist, kinds.UnknownKind):
        raise access.NotThere from None
    access.require(actor, kind.permission, paper.root_id)
    same = (paper.digest, editions.edition(paper.template, printout.language)) == (printout.digest, printout.edition)
    return PrintoutView(
        printout=printout,
        kind=kind,
        language=dict(settings.LANGUAGES).get(printout.language, printout.language),
        title=paper.title,
        address=kind.address(printout.subject),
        fresh=printout.state == State.READY and same,
        waiting=printout.state in _STEPS,
        step=_STEPS.get(State(printout.state), 3),
    )


@dataclass(frozen=True, kw_only=True)
class Printed:
    """How many papers of one kind were printed in one language since some instant, and how many failed for good."""

    kind: str
    language: str
    printed: int
    failed: int


def printed_since(actor: Actor, since: datetime) -> list[Printed]:
    """Numbers of all partners' papers; one statement. Who may: project staff. Raises Forbidden."""
    access.require(actor, PrintingPermission.COUNT)
    access.current(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, language, printed, failed FROM documents_printed(%s)", [since])
        rows = cursor.fetchall()
    return [Printed(kind=kind, language=language, printed=done, failed=failed) for kind, language, done, failed in rows]
