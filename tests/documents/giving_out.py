"""Exporting documents in the tests, as a browser does."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from cases.models import Case
from foundation.access import audiences
from foundation.documents.cipher import CHUNK
from foundation.documents.models import CustodyEntry, Document
from tests.cases.cast import CaseWorld
from tests.documents.keeping import add_version, file_document, some_bytes

LARGE = some_bytes(16 * CHUNK + 77, 2)


def file_three(world: CaseWorld, case: Case) -> tuple[Document, ...]:
    """A request, a letter with two versions, and one that Ann alone sees."""

    def file(data: bytes, **said: Any) -> Document:
        return file_document(data, root_id=case.pk, by=ann, at=world.now, **said)

    with world.ann.acting() as ann:
        request = file(LARGE, title="Request", name="Захтев за правну помоћ.pdf")
        letter = file(
            b"first", title="Letter from Kosovo", name="letter.txt", handling=["H2", "H3"], handling_text="Ask"
        )
        add_version(b"second", letter, by=ann, at=world.now)
        own = file(b"mine", title="Only mine", audience=audiences.SELF, name="mine.txt")
    return request, letter, own


def address(case: Case) -> str:
    return reverse("documents_export", kwargs={"pk": case.pk})


def send(client: Client, case: Case, *documents: Document, why: str = "For the court", **more: str) -> Any:
    typed = {"submission_key": str(uuid4()), "documents": [str(one.pk) for one in documents], "why": why, **more}
    return client.post(address(case), typed)


def taken(response: Any) -> zipfile.ZipFile:
    """The archive, opened; its length is the one that was said."""
    assert response.status_code == 200
    whole = b"".join(response.streaming_content)
    assert len(whole) == int(response.headers["Content-Length"])
    return zipfile.ZipFile(io.BytesIO(whole))


def exported(world: CaseWorld) -> list[CustodyEntry]:
    """The lines that Ann reads, newest first."""
    with world.ann.acting() as actor:
        return list(CustodyEntry.objects.visible_to(actor).filter(act="exported").with_names())
