"""Ordering papers in the tests, printing them as a worker does, and taking them along as a browser does."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cases import actions as case_actions
from cases import pdf
from foundation.documents import tasks
from foundation.documents.printing import actions
from foundation.documents.printing.models import Printout
from foundation.jobs.models import Job


def order(world, case, person=None, language="en", kind=pdf.SHEET):
    with (person or world.ann).acting() as actor:
        return actions.order(kind=kind, subject=case.pk, language=language, by=actor, at=timezone.now())


def job_of(printout):
    return Job.objects.get(subject=printout.pk)


def work(printout):
    """What a worker does when it is told. In a test the database's clock stands still, at the beginning of its transaction."""
    Job.objects.filter(subject=printout.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    return tasks.print_out(job_id=str(job_of(printout).pk))


def again(printout, person):
    with person.acting() as actor:
        return Printout.objects.visible_to(actor).get(pk=printout.pk)


def printed(world, case, person=None, language="en"):
    printout = order(world, case, person, language)
    assert work(printout) == "done"
    return again(printout, person or world.ann)


def download(browser, person, printout):
    answer = browser(person).get(reverse("printout_file", args=[printout.pk]))
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def write(world, case, text="More.", audience=""):
    with world.ann.acting() as actor:
        case_actions.write_note(case=case, text=text, audience=audience or "everyone", by=actor, at=timezone.now())
