"""The custody sheet: what a document is, its versions with their fingerprints, and who had it in hand, frozen for printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.components.handling import HandlingCode
from foundation.documents.choices import Act, languages
from foundation.documents.models import CustodyEntry, Document, DocumentVersion
from foundation.documents.permissions import DocumentPermission
from foundation.documents.printing.kinds import Kind, Paper
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership

ENTRIES: Final = 500


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One file of the document; the fingerprint is its SHA-256 (hexadecimal), the size in bytes."""

    number: int
    file_name: str
    size: int
    fingerprint: str
    at: datetime
    by: str
    scan: str


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One line of the custody record; ``intact`` is none where nothing was verified."""

    act: str
    at: datetime
    by: str
    why: str
    version: int | None
    intact: bool | None


@dataclass(frozen=True, kw_only=True)
class CustodySheet(Paper):
    """A document with its custody record, oldest line first; of a long record the newest lines, and how many there are."""

    template: ClassVar[str] = "documents/pdf/custody.html"

    kind: str
    language: str
    handling_labels: tuple[str, ...]
    filed_at: datetime
    filed_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    versions: tuple[VersionLine, ...]
    entries: tuple[EntryLine, ...]
    all_entries: int


def freeze(*, subject: UUID, actor: Actor) -> CustodySheet:
    """The sheet of that document. Four statements. Raises Document.DoesNotExist.

    Looks and downloads by whoever prints it are lines of the record too, so the sheet does not go out of date by being looked at:
    nothing of printing itself is a line.
    """
    found = Document.objects.visible_to(actor).select_related("root", "received_by__account", "received_by__authority")
    document = found.get(pk=subject)
    record = CustodyEntry.objects.visible_to(actor).filter(document=document)
    newest = list(record.with_names()[:ENTRIES])
    files = DocumentVersion.objects.visible_to(actor).filter(document=document).with_receiver()
    codes = tuple(HandlingCode(code) for code in document.handling)
    return CustodySheet(
        root_id=document.root_id,
        title=document.title,
        reference=document.root.reference,
        handling=tuple(code.value for code in codes),
        handling_text=document.handling_text,
        handling_labels=tuple(str(code.label) for code in codes),
        kind=document.get_kind_display(),
        language=str(dict(languages()).get(document.language, document.language)),
        filed_at=document.received_at,
        filed_by=_named(document.received_by),
        withdrawn_at=document.withdrawn_at,
        withdrawn_reason=document.withdrawn_reason,
        versions=tuple(_version(file) for file in reversed(files)),
        entries=tuple(_entry(entry) for entry in reversed(newest)),
        all_entries=record.count(),
    )


def _version(file: DocumentVersion) -> VersionLine:
    return VersionLine(
        number=file.number,
        file_name=file.file_name,
        size=file.size,
        fingerprint=" ".join(file.sha256[at : at + 8] for at in range(0, len(file.sha256), 8)),
        at=file.received_at,
        by=_named(file.received_by),
        scan=file.get_scan_display(),
    )


def _entry(entry: CustodyEntry) -> EntryLine:
    return EntryLine(
        act=str(Act(entry.act).label),
        at=entry.at,
        by=_("Check by the product") if entry.by is None else _named(entry.by),
        why=entry.reason,
        version=None if entry.file is None else entry.file.number,
        intact=entry.intact,
    )


def _named(membership: Membership) -> str:
    return f"{membership.account.full_name}, {membership.authority.name}"


SHEET: Final = Kind(
    name="documents.custody",
    label=gettext_lazy("Custody sheet"),
    permission=DocumentPermission.VIEW,
    freeze=freeze,
    address=lambda subject: reverse("document", args=[subject]),
)
