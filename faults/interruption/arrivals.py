"""Files on their way in, from the first word of an uploader to the document, and a calendar program that fetches its feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import actions as case_actions
from faults.interruption.background import KEEPS_CLAIMS, WITHOUT_KEY, acting, due_now
from faults.interruption.deeds import Answer, Deed, form
from faults.interruption.others import Call
from faults.interruption.trial import UseCase
from foundation.documents import tasks
from foundation.documents.intake import actions as uploads
from foundation.documents.models import Upload
from foundation.jobs.models import Job
from foundation.notifications.feed import actions as feed
from tests.documents.keeping import keep
from tests.hostile.places import PLACES
from tests.hostile.stage import Stage


def _announced(root_id: UUID) -> Callable[..., Upload]:
    return partial(uploads.begin, root_id=root_id, file_name="film.mp4", size=5, mark="m")


@dataclass
class Fetch(Deed):
    """A program asks for an address, and asks again when nothing came."""

    address: str

    def do(self) -> Answer:
        """Ask."""
        if not connection.in_atomic_block:
            close_old_connections()
        came: Any = Client(raise_request_exception=False).get(self.address)
        error = repr(came.exc_info[1])[:300] if getattr(came, "exc_info", None) else ""
        return Answer(came.status_code, error=error)

    def complaints(self, answer: Answer, *, nothing: bool | None) -> list[str]:
        """A number is all that it reads."""
        return [] if answer.fine or answer.status == 503 else [f"answered {answer.status} {answer.error}"]


def announce(stage: Stage) -> Deed:
    """A large file is announced."""
    return acting(stage, _announced(stage.case("MK").pk))


def send_piece(stage: Stage) -> Deed:
    """Its only piece comes; the same piece once more has no effect."""
    begin = _announced(stage.case("MK").pk)
    with stage.tirana.acting() as by:
        upload = begin(by=by, at=stage.now)
        due = uploads.due(upload, number=0, by=by)
    assert due is not None
    due.store(b"hello")
    return acting(stage, lambda **who: uploads.keep_piece(upload_id=upload.pk, number=0, length=5, **who))


def arrive(stage: Stage) -> Deed:
    """A file that came with a form stands in the vault; whoever sends the form again sends the file again."""
    case = stage.case("MK")

    def arrived(**who: Any) -> None:
        kept = keep(b"hello", root_id=case.pk, by=who["by"])
        uploads.arrived(root_id=case.pk, kept=kept, file_name="a.txt", **who)

    return acting(stage, arrived)


def _sent_off(stage: Stage) -> Upload:
    form(PLACES["document_add"], "document_add")(stage).do()
    with stage.tirana.acting() as by:
        return Upload.objects.visible_to(by).get()


def look_into(stage: Stage) -> Deed:
    """A worker looks into it, and files the document."""
    _sent_off(stage)
    key = Job.objects.get(task=tasks.inspect_upload.name).pk
    due_now(key)
    return Call(lambda: tasks.inspect_upload(job_id=str(key)), before_again=lambda: due_now(key))


def turn_away(stage: Stage) -> Deed:
    """Whoever sent it lost the record meanwhile."""
    upload = _sent_off(stage)
    with stage.tirana.acting() as by:
        membership = by.membership_id
    assert upload.membership_id == membership

    def call() -> None:
        with stage.tirana.acting() as by:
            uploads.turn_away(upload_id=upload.pk, by=by)

    return Call(call)


def fetch_feed(stage: Stage) -> Deed:
    """A calendar program fetches a date that it did not know."""
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        case_actions.give_task(
            case=case, assignee=stage.tirana.membership.group_id, title="Ask", text="",
            due_at=timezone.now() + timedelta(days=10), by=by, at=stage.now,
        )  # fmt: skip
        secret = feed.make(by=by, at=stage.now)
    return Fetch(reverse("calendar", kwargs={"secret": secret}))


ARRIVALS: tuple[UseCase, ...] = (
    UseCase(name="file announced", prepare=announce, again={"documents_upload": WITHOUT_KEY}),
    UseCase(name="piece of a file kept", prepare=send_piece),
    UseCase(name="file arrived", prepare=arrive, again={"documents_upload": WITHOUT_KEY}),
    UseCase(name="file looked into", prepare=look_into, apart=KEEPS_CLAIMS),
    UseCase(name="file turned away", prepare=turn_away),
    UseCase(name="calendar fetched", prepare=fetch_feed, again={"audit_event": "each look is on record"}),
)
