"""Which document is a copy of which, told only to whoever sees both."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from foundation.access import context
from foundation.access.ledger import in_our_words
from foundation.documents.models import Document, DocumentVersion
from foundation.tenancy.actors import Actor


def note(*, copy: Document, version: DocumentVersion, by: Actor) -> None:
    """Write down of which version it is a copy. Who may: whoever sees both and contributes to the copy's root. Raises NotThere."""
    context.current(by)
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute("SELECT documents_link_copy(%s, %s)", [copy.pk, version.pk])


def origin_of(copy: Document, *, by: Actor) -> UUID | None:
    """The document of which it is a copy; none for whoever does not see that one."""
    return _asked("SELECT documents_origin(%s)", [copy.pk], by)


def copy_under(root_id: UUID, *, version: DocumentVersion, by: Actor) -> UUID | None:
    """A copy of that version that stands under the root already and that the actor sees."""
    return _asked("SELECT documents_copy_under(%s, %s)", [version.pk, root_id], by)


def _asked(statement: str, parameters: list[UUID], by: Actor) -> UUID | None:
    context.current(by)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[UUID | None] = cursor.fetchone()
    return row[0]
