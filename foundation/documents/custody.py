"""The custody record of a document: who had which file in hand, when and why. Lines are added, never changed."""

from __future__ import annotations

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
            # What no column can hold is left out.
            [document.pk, file.pk if file else None, act.value, why.replace("\0", "").strip()[:300]],
        )
        row: tuple[UUID] = cursor.fetchone()
    return row[0]
