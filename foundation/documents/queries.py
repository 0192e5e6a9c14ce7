"""What pages show of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from foundation import access
from foundation.access import Cursor, Level, audiences
from foundation.access.models import Root
from foundation.components.handling import HandlingCode
from foundation.documents.choices import Audience, languages
from foundation.documents.copying import links
from foundation.documents.copying.choices import Origin
from foundation.documents.intake.queries import Said, in_words
from foundation.documents.models import CustodyEntry, Document, DocumentVersion, FileCheck
from foundation.documents.permissions import DocumentPermission
from foundation.documents.querysets import DocumentQuerySet, VersionQuerySet
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A version; ``broken`` where its file is not what was stored any more."""

    version: DocumentVersion
    broken: bool

    @property
    def fingerprint(self) -> str:
        """SHA-256 in groups of eight, to be read and compared."""
        return " ".join(self.version.sha256[at : at + 8] for at in range(0, 64, 8))

    @property
    def reports(self) -> tuple[Said, ...]:
        """What the inspection reported, in the reader's words."""
        return tuple(said for _code, said in in_words(self.version.findings))


@dataclass(frozen=True, kw_only=True)
class DocumentLine:
    """A document with its newest version, in the reader's words."""

    document: Document
    newest: VersionLine
    audience: str
    language: str
    handling: tuple[HandlingCode, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentView:
    """The page of a document, finished."""

    document: Document
    root: Root
    line: DocumentLine
    versions: tuple[VersionLine, ...]
    custody: tuple[CustodyEntry, ...]
    more_custody: bool
    may_add: bool
    may_withdraw: bool
    may_copy: bool
    origin: UUID | None


CUSTODY_LINES = 6


def versions(actor: Actor) -> VersionQuerySet:
    """The versions that the actor sees, each with whether its file is broken."""
    broken = FileCheck.objects.filter(location=OuterRef("location"), intact=False)
    return DocumentVersion.objects.visible_to(actor).annotate(broken=Exists(broken))


def of_root(
    actor: Actor, root_id: UUID, *, about: UUID | None = None, after: Cursor | None = None, limit: int = 50
) -> tuple[tuple[DocumentLine, ...], Cursor | None]:
    """The standing documents of a root, or of one of its rows, newest first, and where the next page begins; two statements."""
    return _page(Document.objects.visible_to(actor).of(root_id).standing().about(about), actor, after, limit)


def all_of_root(
    actor: Actor, root_id: UUID, *, after: Cursor | None = None, limit: int = 50
) -> tuple[tuple[DocumentLine, ...], Cursor | None]:
    """Every document of a root and its rows, the withdrawn ones too; two statements."""
    return _page(Document.objects.visible_to(actor).of(root_id), actor, after, limit)


def newest_of_root(actor: Actor, root_id: UUID, *, limit: int) -> tuple[tuple[DocumentLine, ...], int]:
    """The newest standing documents of a root and its rows, each with who filed its newest version, and how many there are in all;
    two statements.
    """
    found = Document.objects.visible_to(actor).of(root_id).standing().with_number_of_all().newest_first()
    documents = list(found[:limit])
    lines = _lines(documents, actor, versions(actor).with_receiver())
    return lines, int(getattr(documents[0], "all")) if documents else 0


def of_rows(actor: Actor, root_id: UUID, rows: Sequence[UUID]) -> Mapping[UUID, tuple[DocumentLine, ...]]:
    """The standing documents of several rows of a root (the notes of a page), by row; two statements at most, none for no rows."""
    if not rows:
        return {}
    found = Document.objects.visible_to(actor).of(root_id).standing().filter(about__in=rows).newest_first()
    lines = _lines(list(found[:200]), actor)
    return {row: tuple(line for line in lines if line.document.about == row) for row in rows}


def _page(
    found: DocumentQuerySet, actor: Actor, after: Cursor | None, limit: int
) -> tuple[tuple[DocumentLine, ...], Cursor | None]:
    if after is not None:
        found = found.filter(Q(received_at__lt=after.sort_at) | Q(received_at=after.sort_at, id__lt=after.root_id))
    documents = list(found.newest_first()[: limit + 1])
    last = documents[limit - 1] if len(documents) > limit else None
    return _lines(documents[:limit], actor), None if last is None else Cursor(last.received_at, last.pk)


def _lines(documents: list[Document], actor: Actor, found: VersionQuerySet | None = None) -> tuple[DocumentLine, ...]:
    if not documents:
        return ()
    found = versions(actor) if found is None else found
    newest = found.filter(document__in=documents).order_by("document_id", "-number").distinct("document_id")
    by_document = {version.document_id: version for version in newest}
    return tuple(document_line(one, by_document[one.pk], actor) for one in documents if one.pk in by_document)


def document_line(document: Document, newest: DocumentVersion, actor: Actor) -> DocumentLine:
    """The document in the reader's words."""
    return DocumentLine(
        document=document,
        newest=VersionLine(version=newest, broken=bool(getattr(newest, "broken", False))),
        audience=str(Audience(audiences.word_of(document.audience_id, actor)).label) if document.audience_id else "",
        language=str(dict(languages()).get(document.language, document.language)),
        handling=tuple(HandlingCode(code) for code in document.handling),
    )


def view(document: Document, *, actor: Actor) -> DocumentView:
    """Everything of the page of a document; ``document`` came through ``visible_to``. Three statements, four for a copy.

    ``origin`` is the document of which it is a copy, for whoever sees that one. ``may_copy`` says what the role allows, while it
    stands; whether this document may be passed on, the page of the copy explains.
    """
    found = list(versions(actor).filter(document=document).with_receiver())
    lines = tuple(VersionLine(version=one, broken=getattr(one, "broken")) for one in found)
    entries = list(CustodyEntry.objects.visible_to(actor).filter(document=document).with_names()[: CUSTODY_LINES + 1])
    standing = document.withdrawn_at is None
    own = document.received_by.authority_id == actor.authority_id
    manages = access.level(actor, document.root_id) == Level.MANAGE
    return DocumentView(
        document=document,
        root=document.root,
        line=document_line(document, found[0], actor),
        versions=lines,
        custody=tuple(entries[:CUSTODY_LINES]),
        more_custody=len(entries) > CUSTODY_LINES,
        may_add=standing and access.allowed(actor, DocumentPermission.ADD, document),
        may_withdraw=standing and (own or manages) and access.allowed(actor, DocumentPermission.WITHDRAW, document),
        may_copy=standing and access.role_allows(actor, DocumentPermission.COPY),
        origin=None if document.origin == Origin.FILED else links.origin_of(document, by=actor),
    )


def custody(
    actor: Actor, document: Document, *, after: Cursor | None, limit: int = 100
) -> tuple[tuple[CustodyEntry, ...], Cursor | None]:
    """One page of the custody record, newest first; one statement."""
    found: Any = CustodyEntry.objects.visible_to(actor).filter(document=document).with_names()
    if after is not None:
        found = found.filter(Q(at__lt=after.sort_at) | Q(at=after.sort_at, id__lt=after.root_id))
    entries = list(found[: limit + 1])
    last = entries[limit - 1] if len(entries) > limit else None
    return tuple(entries[:limit]), None if last is None else Cursor(last.at, last.pk)
