"""A printout is one reader's: made in the background, shown while it is made, closed when they would see something else."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cases import pdf
from cases.models import Note
from foundation import access
from foundation.access import Level, NotThere
from foundation.access.models import Share
from foundation.documents import checking
from foundation.documents.printing import actions, working
from foundation.documents.printing.choices import State
from foundation.documents.printing.models import Printout
from foundation.documents.rendering.press import Printed
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.queue import Claimed
from tests.printing.conftest import text_of
from tests.printing.ordering import again, download, job_of, order, printed, work, write

pytestmark = pytest.mark.django_db


def test_a_case_sheet_is_printed_sealed_kept_and_given_to_its_reader(world, browser):
    case = world.open(title="Цигарете преко језера", summary="Камиони ноћу. Kosovo is concerned.")
    printout = printed(world, case, language="sr")

    answer, content = download(browser, world.ann, printout)

    text = text_of(content)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(content).hexdigest() == printout.fingerprint
    for part in ("Цигарете преко језера", printout.code, "H0", "Kosovo*", "1244/1999", "Ann"):
        assert part in " ".join(text.split()), part
    catalog = PdfReader(BytesIO(content)).trailer["/Root"]
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"].value) == ("sr-Cyrl", True)


def test_equal_input_gives_the_stored_file(world, quick_press):
    case = world.open()
    first = printed(world, case)

    assert order(world, case).pk == first.pk
    assert len(quick_press["papers"]) == 1
    assert order(world, case, language="sq").pk != first.pk


def test_while_one_is_being_made_another_is_not_begun(world):
    case = world.open()

    assert order(world, case).pk == order(world, case).pk


def test_what_changed_is_printed_anew_and_the_older_file_is_gone(
    world, browser, quick_press, django_capture_on_commit_callbacks
):
    case = world.open()
    first = printed(world, case)
    write(world, case)

    answer, _content = download(browser, world.ann, first)
    assert answer.status_code == 409
    assert "has changed since" in answer.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        second = printed(world, case)
    assert second.pk != first.pk
    first = again(first, world.ann)
    assert (first.state, first.location, bool(first.fingerprint)) == ("replaced", None, True)
    assert download(browser, world.ann, second)[0].status_code == 200


def test_one_readers_printout_is_nobody_elses(world, browser, quick_press):
    case = world.open()
    world.share(case, world.bob)
    write(world, case, "For Ann's eyes.", "self")
    hers, his = printed(world, case), printed(world, case, world.bob)

    assert hers.pk != his.pk
    assert "For Ann&#x27;s eyes." in quick_press["papers"][0]
    assert "Ann&#x27;s eyes" not in quick_press["papers"][1]
    for page in ("printout", "printout_file", "printout_again"):
        assert browser(world.bob).get(reverse(page, args=[hers.pk])).status_code == 404


def test_revoking_closes_a_printout_at_once(world, browser, quick_press):
    case = world.open()
    world.share(case, world.mira)
    printout = printed(world, case, world.mira)
    assert download(browser, world.mira, printout)[0].status_code == 200

    with world.ann.acting() as actor:
        share = Share.objects.visible_to(actor).get(root_id=case.pk, principal=world.mira.membership.group)
        access.revoke(by=actor, share_id=share.pk)

    for page in ("printout", "printout_file"):
        assert browser(world.mira).get(reverse(page, args=[printout.pk])).status_code == 404
    assert browser(world.mira).get(reverse("print", args=["cases.sheet", case.pk])).status_code == 404


def test_whoever_lost_sight_before_the_worker_came_gets_no_paper(world, quick_press):
    case = world.open()
    world.share(case, world.mira)
    printout = order(world, case, world.mira)
    with world.ann.acting() as actor:
        share = Share.objects.visible_to(actor).get(root_id=case.pk, principal=world.mira.membership.group)
        access.revoke(by=actor, share_id=share.pk)

    assert work(printout) == "no longer entitled"
    assert quick_press["papers"] == []


def test_a_stranger_cannot_print_and_learns_nothing(world, browser):
    case = world.open()
    client = browser(world.stranger)

    there = client.get(reverse("print", args=["cases.sheet", case.pk]))
    nowhere = client.get(reverse("print", args=["cases.sheet", uuid4()]))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert client.get(reverse("print", args=["no.such.paper", case.pk])).status_code == 404


def test_the_page_orders_shows_the_state_and_gives_the_file(world, browser, quick_press):
    case = world.open()
    client = browser(world.ann)
    form = client.get(reverse("print", args=["cases.sheet", case.pk]))
    sent = {"language": "mk", "submission_key": form.context["submission_key"]}

    ordered = client.post(reverse("print", args=["cases.sheet", case.pk]), sent)
    assert client.post(reverse("print", args=["cases.sheet", case.pk]), sent).url == ordered.url
    waiting = client.get(ordered.url)
    asked_again = client.get(ordered.url, headers={"HX-Request": "true"})
    with world.ann.acting() as actor:
        printout = Printout.objects.visible_to(actor).get()
    work(printout)
    ready = client.get(ordered.url)

    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "<html" not in asked_again.content.decode()
    assert "Download the PDF" in ready.content.decode()
    assert "hx-trigger" not in ready.content.decode()


def test_it_is_seen_that_a_paper_is_being_printed(world, monkeypatch, printed_blank):
    """The state is committed before the press begins: asked in between, outside the worker's transaction."""
    case = world.open()
    printout = order(world, case)
    seen = []

    class Watching:
        def printed(self, html, *, seconds):
            seen.append(again(printout, world.ann).state)
            return Printed(pdf=printed_blank, pages=1, refused=0)

    monkeypatch.setattr(working, "_press", Watching())
    work(printout)

    assert seen == ["rendering"]
    assert again(printout, world.ann).state == "ready"


def test_what_a_killed_worker_left_is_printed_after_its_lease(world, quick_press):
    case = world.open()
    printout = order(world, case)
    with world.ann.acting() as actor:
        actions.begin(printout_id=printout.pk, by=actor, at=timezone.now())
    Job.objects.filter(subject=printout.pk).update(leased_until=timezone.now() + timedelta(seconds=60), attempts=1)

    assert work(printout) == "not due"
    Job.objects.filter(subject=printout.pk).update(leased_until=timezone.now() - timedelta(minutes=5))
    assert work(printout) == "done"
    assert again(printout, world.ann).state == "ready"


def test_poison_ends_failed_and_can_be_ordered_again(world, browser, quick_press):
    case = world.open()
    quick_press["fails"] = "TookTooLong"
    printout = order(world, case)
    for _attempt in range(working.ATTEMPTS):
        work(printout)

    failed = again(printout, world.ann)
    assert (failed.state, failed.why, job_of(printout).failed_at is not None) == ("failed", "PressFailed", True)
    client = browser(world.ann)
    assert "could not be printed" in client.get(reverse("printout", args=[printout.pk])).content.decode()

    quick_press["fails"] = ""
    form = client.get(reverse("printout_again", args=[printout.pk]))
    key = form.context["submission_key"]
    location = client.post(reverse("printout_again", args=[printout.pk]), {"submission_key": key}).url
    with world.ann.acting() as actor:
        second = Printout.objects.visible_to(actor).get(state="pending")
    assert location == reverse("printout", args=[second.pk])
    assert work(second) == "done"


def test_a_paper_whose_workers_were_killed_by_something_else_is_printed_all_the_same(world, quick_press):
    """Papers are printed by a process of their own: what kills the worker is not the paper."""
    printout = order(world, world.open())
    Job.objects.filter(subject=printout.pk).update(attempts=3 * working.ATTEMPTS)

    assert work(printout) == "done"


def test_a_paper_that_kills_its_workers_is_given_up(world, quick_press):
    case = world.open()
    printout = order(world, case)
    Job.objects.filter(subject=printout.pk).update(attempts=queue.LOST_ATTEMPTS)

    assert work(printout) == "failed"
    assert again(printout, world.ann).why == "WorkerLost"
    assert quick_press["papers"] == []


def test_two_workers_at_once_leave_one_file(world, quick_press, shelf, printed_blank):
    case = world.open()
    printout = order(world, case)

    class Twice:
        def printed(self, html, *, seconds):
            monkey.undo()
            Job.objects.filter(subject=printout.pk).update(leased_until=timezone.now() - timedelta(minutes=5))
            assert work(printout) == "done"
            return Printed(pdf=printed_blank, pages=1, refused=0)

    monkey = pytest.MonkeyPatch()
    quick = working._press
    monkey.setattr(working, "_press", Twice())
    try:
        work(printout)
    finally:
        monkey.undo()

    assert working._press is quick
    assert len([path for path in shelf.rglob("*") if path.is_file()]) == 1


def test_the_record_says_who_ordered_and_took_a_paper(world, browser, quick_press, audit_verbs):
    case = world.open()
    printout = printed(world, case)
    download(browser, world.ann, printout)

    found = audit_verbs(case.pk)
    assert {"documents.printout.ordered", "documents.printout.printed", "documents.printout.downloaded"} <= set(found)


def test_many_notes_are_counted_and_the_newest_are_shown(world, quick_press):
    case = world.open()
    with world.ann.acting() as actor:
        Note.objects.bulk_create(
            Note(root_id=case.pk, text=f"Note {n}", written_at=world.now, written_by_id=actor.membership_id)
            for n in range(pdf.NOTES + 5)
        )
        sheet = pdf.freeze(subject=case.pk, actor=actor)

    assert (len(sheet.notes), sheet.all_notes) == (pdf.NOTES, pdf.NOTES + 5)


def test_a_printout_cannot_be_called_broken_by_another_reader(world, quick_press):
    case = world.open()
    world.share(case, world.mira, Level.MANAGE)
    location = printed(world, case).location

    with world.mira.acting(), pytest.raises(NotThere), transaction.atomic():
        checking.report(location=location, intact=False, problem="x", at=timezone.now())


def test_a_paper_whose_commit_nobody_answered_keeps_its_file(world, browser, quick_press):
    printout = order(world, world.open())

    class LineGone(Claimed):
        """The session ends between the COMMIT and its answer."""

        @contextmanager
        def acting(self):
            with super().acting() as actor:
                yield actor
            if again(printout, world.ann).state == State.READY:
                raise OperationalError

    with pytest.raises(OperationalError):
        working.print_out(LineGone(job_of(printout)))

    answer, content = download(browser, world.ann, printout)
    assert answer.status_code == 200
    assert content.startswith(b"%PDF")
