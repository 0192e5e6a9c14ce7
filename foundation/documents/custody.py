"""The custody record of a document: who had which file in hand, when and why. Lines are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from foundation.access import context
from foundation.access.ledger import in_our_words
from foundation.documents.choices import Act
from foundation.documents.models import Document, DocumentVersion
from foundation.tenancy.actors import Actor


def note(act: Act, document: Document, *, by: Actor, file: DocumentVersion | None = None, why: str = "") -> UUID:
    """Add a line, for the readers of the document; fingerprint and clock come from the database.

    Who may: whoever sees the document. What is verified is written by ``checking.report`` alone. Raises NotThere, Forbidden.
    """
    context.current(by)
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT documents_custody(%s, %s, %s, %s)",
            [document.pk, file.pk if file else None, act.value, _words(why)],
        )
        row: tuple[UUID] = cursor.fetchone()
    return row[0]


def note_each(act: Act, files: Sequence[DocumentVersion], *, by: Actor, why: str) -> None:
    """Add a line for each of several files; one statement, and all lines or none. Raises NotThere, Forbidden."""
    context.current(by)
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT documents_custody(f.document, f.id, %s, %s) FROM unnest(%s::uuid[], %s::uuid[]) AS f(document, id)",
            [act.value, _words(why), [file.document_id for file in files], [file.pk for file in files]],
        )


def _words(why: str) -> str:
    """What no column can hold is left out."""
    return why.replace("\0", "").strip()[:300]
