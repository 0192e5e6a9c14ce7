"""What goes into an export: the documents and versions that its reader sees and has chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.access.models import Root
from foundation.components import formats
from foundation.documents import queries
from foundation.documents.models import Document, DocumentVersion
from foundation.documents.names import numbered
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Refusal

OFFERED: Final = 300
"""Documents on one page of the form."""

FILES: Final = 1000
"""Files of one export: a first look is taken at each before anything is sent."""


class UnableToExport(Refusal):
    """Nothing was exported; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One file, the document whose it is, and what it is called in the archive."""

    document: Document
    file: DocumentVersion
    number: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The files of an export, documents in the order in which they were filed, each with its oldest version first."""

    root: Root
    chosen: tuple[Chosen, ...]
    all_versions: bool

    @property
    def files(self) -> tuple[DocumentVersion, ...]:
        """The versions."""
        return tuple(one.file for one in self.chosen)

    @property
    def size(self) -> int:
        """Bytes of the files together."""
        return sum(file.size for file in self.files)


def selected(root: Root, documents: Collection[UUID], *, all_versions: bool, by: Actor) -> Selection:
    """Of these documents of the root those that the actor sees, with their files; two statements. Raises UnableToExport."""
    seen = Document.objects.visible_to(by).of(root.pk).filter(pk__in=documents)
    found = list(seen.order_by("received_at", "id"))
    if not found:
        raise UnableToExport(_("Choose at least one document."))
    files = queries.versions(by).filter(document__in=found).with_receiver()
    by_document: dict[UUID, list[DocumentVersion]] = {}
    for file in reversed(files):
        by_document.setdefault(file.document_id, []).append(file)
    selection = Selection(
        root=root,
        chosen=tuple(
            Chosen(document=document, file=file, number=number, name=_name(number, file, all_versions=all_versions))
            for number, document in enumerate(found, start=1)
            for file in by_document.get(document.pk, [])[0 if all_versions else -1 :]
        ),
        all_versions=all_versions,
    )
    _demand_fit(selection)
    return selection


def _name(number: int, file: DocumentVersion, *, all_versions: bool) -> str:
    return "documents/" + numbered(number, file.file_name, version=file.number if all_versions else None)


def _demand_fit(selection: Selection) -> None:
    """Not too much, and nothing of which it is known that it cannot be given out."""
    limit = settings.WBCJ_EXPORT_LIMIT
    if selection.size > limit:
        said = _("These files have %(size)s together; one export takes %(limit)s at most. Choose fewer documents.")
        raise UnableToExport(said % {"size": formats.size(selection.size), "limit": formats.size(limit)})
    if len(selection.chosen) > FILES:
        said = ngettext(
            "These are %(count)d file; one export takes %(limit)d at most. Choose fewer documents.",
            "These are %(count)d files; one export takes %(limit)d at most. Choose fewer documents.",
            len(selection.chosen),
        )
        raise UnableToExport(said % {"count": len(selection.chosen), "limit": FILES})
    broken = [one.document.title for one in selection.chosen if getattr(one.file, "broken", False)]
    if broken:
        raise UnableToExport(damaged(broken))


def damaged(titles: Collection[str]) -> str:
    """Why there is no export: an archive without them would not be what was asked for."""
    said = _("What is stored of these documents is not what was filed any more, so nothing was exported: %(titles)s.")
    return said % {"titles": "; ".join(dict.fromkeys(titles))}
