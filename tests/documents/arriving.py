"""Sending files in the tests, as a browser does."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.documents import tasks
from foundation.documents.models import Document, Upload
from foundation.documents.pieces import SEGMENT
from foundation.jobs.models import Job
from tests.people import Person


def browser(person: Person, **how: Any) -> Client:
    client = Client(**how)
    client.force_login(person.account)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "submission_key": str(uuid4()), "title": "Request of 3 May", "kind": "request", "language": "sq",
        "audience": "everyone", "handling": ["H1"], "handling_text": "", "why": "For the hearing",
    }  # fmt: skip
    return values | changes


def send(client: Client, root: UUID, data: bytes, *, name: str = "request.txt", **changes: Any) -> Any:
    """Fill the form in and send it with its file; the file comes last, as on the page."""
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("document_add", kwargs={"pk": root}), {**typed(**changes), "file": file})


def begin(client: Client, root: UUID, data: bytes, *, name: str = "film.mp4", mark: str = "m") -> Any:
    about = {"name": name, "size": len(data), "mark": mark}
    return client.post(reverse("upload_begin", kwargs={"pk": root}), about)


def piece(client: Client, key: str, number: int, data: bytes) -> Any:
    part = data[number * SEGMENT : (number + 1) * SEGMENT]
    address = reverse("upload_piece", kwargs={"pk": key, "number": number})
    return client.post(address, part, content_type="application/octet-stream")


def look_into(person: Person) -> Any:
    """Do what waits in the queue for this person's files; the newest of them, as it stands then."""
    # A test is one transaction, whose clock stands still.
    Job.objects.filter(done_at=None).update(due_at=timezone.now() - timedelta(days=1))
    for key in Job.objects.filter(task=tasks.inspect_upload.name, done_at=None, failed_at=None).values_list(
        "pk", flat=True
    ):
        tasks.inspect_upload(job_id=str(key))
    return newest(person)


def newest(person: Person) -> Upload | None:
    with person.acting() as by:
        return Upload.objects.visible_to(by).order_by("-begun_at").first()


def documents(person):
    with person.acting() as by:
        return list(Document.objects.visible_to(by))


def stored(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def shown(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file
