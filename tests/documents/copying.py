"""Filing copies in the tests, as a browser and a worker do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from foundation.access import Level
from foundation.documents import tasks
from foundation.documents.copying.choices import CopyState
from foundation.documents.copying.models import CopyOrder
from foundation.documents.models import Document
from foundation.jobs.models import Job
from tests.cases.cast import CaseWorld
from tests.documents.arriving import browser, shown
from tests.documents.keeping import file_document
from tests.people import Person

CASE, OTHER = "Cigarettes over the lake", "Forged stamps in the port"
"""Titles of the case of the original, and of the copy's."""


def worked_on(world: CaseWorld, title: str) -> Case:
    """A case of Ann's to which Mira contributes."""
    case = world.open(title=title)
    world.share(case, world.mira, Level.CONTRIBUTE)
    return case


def filing(world: CaseWorld, case: Case) -> Callable[..., Document]:
    """Files a document of Ann's in the case, or of somebody else."""

    def file(person: Person | None = None, **changes: Any) -> Document:
        with (person or world.ann).acting() as by:
            return file_document(b"hello", root_id=case.pk, by=by, at=world.now, **changes)

    return file


def address(document: Document, root: UUID) -> str:
    return reverse("document_copy", kwargs={"pk": document.pk, "root": root})


def typed(document: Document, **changes: Any) -> dict[str, Any]:
    values = {
        "submission_key": str(uuid4()), "version": document.version, "title": "Request of 3 May", "kind": "request",
        "language": "sq", "audience": "everyone", "handling": ["H1"], "handling_text": "", "why": "Same lorries.",
    }  # fmt: skip
    return values | changes


def ask(client: Client, document: Document, root: UUID, **changes: Any) -> Any:
    """Fill the form in and send it."""
    return client.post(address(document, root), typed(document, **changes))


def work() -> list[str]:
    """Do what waits in the queue; how each ended."""
    # A test is one transaction, whose clock stands still.
    waiting = Job.objects.filter(task=tasks.copy_document.name, done_at=None, failed_at=None)
    waiting.update(due_at=timezone.now() - timedelta(days=1), leased_until=None)
    return [tasks.copy_document(job_id=str(key)) for key in waiting.values_list("pk", flat=True)]


def newest(person: Person) -> CopyOrder:
    with person.acting() as by:
        return CopyOrder.objects.visible_to(by).order_by("-ordered_at", "-id")[0]


def documents(person: Person, root: UUID) -> list[Document]:
    with person.acting() as by:
        return list(Document.objects.visible_to(by).of(root).select_related("root"))


def refused(person: Person, document: Document, other: Case, **changes: Any) -> str:
    """What the form answers to a copy that cannot be ordered."""
    answer = ask(browser(person), document, other.pk, **changes)
    assert answer.status_code in {409, 422}, answer.status_code
    assert work() == []
    return shown(answer)


def filed(person: Person, document: Document, other: Case, **changes: Any) -> Document:
    """The copy that was ordered and filed."""
    answer = ask(browser(person), document, other.pk, **changes)
    assert answer.status_code == 302, answer.context["form"].errors
    assert work() == ["done"]
    order = newest(person)
    assert order.state == CopyState.READY, order.said
    return next(one for one in documents(person, other.pk) if one.pk == order.document)
