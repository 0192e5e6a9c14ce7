"""What documents put on the pages of upper apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foundation import access
from foundation.access.models import RootRecord
from foundation.documents import queries
from foundation.documents.permissions import DocumentPermission
from foundation.documents.queries import DocumentLine
from foundation.tenancy.actors import Actor

LINES = 8


@dataclass(frozen=True, kw_only=True)
class DocumentsPanel:
    """The newest documents of a root, and the way to all of them. The template is for a panel of a page with ``panels``."""

    root_id: UUID
    lines: tuple[DocumentLine, ...]
    more: bool
    may_add: bool
    template: str = "documents/panel.html"


def of_record(*, record: object, actor: Actor, at: datetime) -> DocumentsPanel | None:
    """For ``wbcj/composition.py``: on the page of any record behind a root. Two statements; nothing where the role reads none.

    ``may_add`` says whether role and share allow it; whether the record's state does, its own app knows: it takes the panel and says
    so (``dataclasses.replace(panel, may_add=False)``), and its objection to ``documents.receive`` holds in any case.
    """
    assert isinstance(record, RootRecord)
    if not access.role_allows(actor, DocumentPermission.VIEW):
        return None
    lines, more = queries.of_root(actor, record.pk, limit=LINES)
    may_add = access.allowed(actor, DocumentPermission.ADD, record.pk)
    return DocumentsPanel(root_id=record.pk, lines=lines, more=more is not None, may_add=may_add)
