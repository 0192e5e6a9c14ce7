"""Work that beat or a worker does, and what has no page of its own yet: documents, reminders, lines of the inbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from cases import actions as case_actions
from faults.interruption.deeds import Deed, form
from faults.interruption.others import Call, load
from faults.interruption.trial import UseCase
from foundation.documents import checking, orphans
from foundation.documents import tasks as documents_tasks
from foundation.documents.models import Document, DocumentVersion, Upload
from foundation.documents.printing import actions as printing
from foundation.jobs.models import Job
from foundation.notifications.models import Notice
from foundation.notifications.reference.loading import load as load_reminder_words
from foundation.notifications.reminders import giving, sweeping
from foundation.notifications.reminders.models import WAITING, Reminder
from tests.bed.sides import as_owner
from tests.documents import keeping
from tests.hostile.stage import Place, Stage

KEEPS_CLAIMS = frozenset(("jobs_job", name) for name in ("leased_until", "attempts", "due_at", "outcome", "hinted_at"))
"""A job is claimed, and its failure written down, in transactions of their own: before the work, and after it."""
CLAIMS = frozenset(("notifications_reminder", name) for name in ("held_until", "attempts", "outcome"))
"""A reminder is claimed, and its failure written down, in transactions of their own."""
WITHOUT_KEY = "it is called without a key; whoever calls it again files it again"
RECORD = ("audit_event", "audit_detail", "access_change")


def acting(stage: Stage, do: Callable[..., object]) -> Call:
    """Something that the prosecutor does, called straight."""

    def call() -> None:
        with stage.tirana.acting() as by:
            do(by=by, at=timezone.now())

    return Call(call)


def file_document(stage: Stage) -> Deed:
    """A document is filed."""
    case = stage.case("MK")
    return acting(stage, lambda **who: keeping.file_document(b"%PDF-1.7 a letter", root_id=case.pk, **who))


def file_version(stage: Stage) -> Deed:
    """A second version of it."""
    document = stage.document()

    def add(**who: Any) -> None:
        fresh = Document.objects.visible_to(who["by"]).get(pk=document.pk)
        keeping.add_version(b"%PDF-1.7 once more", fresh, **who)

    return acting(stage, add)


def check_file(stage: Stage) -> Deed:
    """A stored file was found damaged."""
    document = stage.document()
    with stage.tirana.acting() as by:
        location = DocumentVersion.objects.visible_to(by).get(document=document).location
    return Call(lambda: checking.report(location=location, intact=False, problem="cut", at=timezone.now()))


def alarm(stage: Stage) -> Deed:
    """A manager is told of a damaged file, by a worker."""
    check_file(stage).do()
    key = Job.objects.get(task=checking.ALARM_TASK).pk
    due_now(key)
    return Call(lambda: documents_tasks.alarm(job_id=str(key)), before_again=lambda: due_now(key))


def due_now(key: UUID) -> None:
    """As when lease and pause have passed."""
    Job.objects.filter(pk=key).update(leased_until=None, due_at=timezone.now() - timedelta(hours=1))


def forget_upload(stage: Stage) -> Deed:
    """An upload that nobody went on with for days is deleted."""
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        Upload.objects.create(
            membership_id=by.membership_id, root=case.pk, file_name="half.pdf", size=10, location=uuid4(),
            wrapped_key=b"key", begun_at=stage.now - timedelta(days=9), touched_at=stage.now - timedelta(days=9),
        )  # fmt: skip
    return Call(lambda: orphans.forget_uploads(at=timezone.now()))


def _task(stage: Stage) -> None:
    """A task that is due in ten days, of somebody who is told of it."""
    sweeping.plan()
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        case_actions.give_task(
            case=case, assignee=stage.tirana.membership.group_id, title="Ask", text="",
            due_at=stage.now + timedelta(days=10), by=by, at=stage.now,
        )  # fmt: skip


def plan(stage: Stage) -> Deed:
    """The reminders of a task are planned, at one moment however long the trial takes: each minute dates come within the horizon."""
    _task(stage)
    at = timezone.now()
    return Call(lambda: sweeping.plan(clock=lambda: at))


def give(stage: Stage) -> Deed:
    """A reminder that is due becomes a line in the inbox; tried again when its claim is over."""
    _task(stage)
    sweeping.plan()
    with as_owner():
        first = Reminder.objects.order_by("given_at").first()
        assert first is not None
        Reminder.objects.filter(pk=first.pk).update(given_at=stage.now - timedelta(hours=1))
    waiting = Reminder.objects.filter(WAITING, pk=first.pk)

    def call() -> str:
        if not waiting.exists():
            return "not due"
        return "done" if giving.give_due(seconds=5) else "failed"

    return Call(call, before_again=lambda: waiting.update(held_until=None))


def begin_paper(stage: Stage) -> Deed:
    """A worker begins with a paper."""
    printout = stage.printout()
    return acting(stage, lambda **who: printing.begin(printout_id=printout.pk, **who))


def keep_paper(stage: Stage) -> Deed:
    """The sealed file stands in the vault."""
    printout = stage.printout()
    with stage.tirana.acting() as by:
        begun = printing.begin(printout_id=printout.pk, by=by, at=stage.now)
        assert begun is not None
        kept = keeping.keep(b"%PDF-1.7 sealed", root_id=begun.root_id, by=by)
    return acting(stage, lambda **who: printing.keep(printout_id=printout.pk, kept=kept, pages=1, **who))


def give_paper_up(stage: Stage) -> Deed:
    """After the last attempt."""
    printout = stage.printout()
    return acting(stage, lambda **who: printing.give_up(printout_id=printout.pk, why="PressFailed", **who))


def turn_line_over(stage: Stage, name: str) -> Place:
    """One line of the inbox is marked."""
    key = Notice.objects.model._meta.pk.get_default()
    with stage.tirana.acting() as by:
        Notice.objects.create(id=key, membership_id=by.membership_id, kind="cases.task.given", at=stage.now)
    return Place(name, stage.tirana, {}, {"notice": str(key), "mark": "read"})


def make_address(stage: Stage, name: str) -> Place:
    """The secret address of one's own calendar is made; the answer shows it, this once."""
    return Place(name, stage.tirana, {}, {"wish": "make"})


BACKGROUND: tuple[UseCase, ...] = (
    UseCase(
        name="document filed",
        prepare=file_document,
        again=dict.fromkeys(
            (*RECORD, "documents_document", "documents_documentversion", "documents_custodyentry", "access_root"),
            WITHOUT_KEY,
        ),
    ),
    UseCase(
        name="version filed",
        prepare=file_version,
        again=dict.fromkeys(
            (*RECORD, "documents_document", "documents_documentversion", "documents_custodyentry", "access_root"),
            WITHOUT_KEY,
        ),
    ),
    UseCase(
        name="damaged file reported",
        prepare=check_file,
        again={"documents_custodyentry": "each check is a line of the custody record", **dict.fromkeys(RECORD, "so")},
    ),
    UseCase(name="manager alarmed", prepare=alarm, apart=KEEPS_CLAIMS),
    UseCase(name="old uploads forgotten", prepare=forget_upload),
    UseCase(
        name="paper begun", prepare=begin_paper, again={"documents_printout": "each beginning counts as an attempt"}
    ),
    UseCase(name="paper kept", prepare=keep_paper),
    UseCase(name="paper given up", prepare=give_paper_up),
    UseCase(name="reminders planned", prepare=plan),
    UseCase(name="reminder given", prepare=give, apart=CLAIMS),
    UseCase(
        name="words of reminders loaded",
        prepare=load(load_reminder_words, "notifications_offset", "notifications_workinghours"),
    ),
    UseCase(name="calendar address made", prepare=form(make_address, "calendar_feed")),
    UseCase(name="line of the inbox marked", prepare=form(turn_line_over, "inbox")),
)
