"""Export documents of a record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.access.models import Root
from foundation.audit import record
from foundation.documents import custody
from foundation.documents.choices import Act
from foundation.documents.exporting.selecting import Selection, UnableToExport, selected
from foundation.documents.permissions import DocumentPermission
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action


@action
def export(
    *, root_id: UUID, documents: Collection[UUID], all_versions: bool, why: str, ready: Sequence[UUID], by: Actor
) -> Selection:
    """Give these documents out, those of them that the actor sees: each of their files gets a line in its custody record.

    ``ready`` are the files of the archive that waits to be sent: other ones do not go out. Given out again, it is on record again.
    Who may: whoever may download each of them. Raises Root.DoesNotExist, Forbidden, UnableToExport.
    """
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, DocumentPermission.DOWNLOAD, root.pk)
    if not why.strip():
        raise UnableToExport(_("Say why they are exported."))
    selection = selected(root, documents, all_versions=all_versions, by=by)
    if [file.pk for file in selection.files] != list(ready):
        raise UnableToExport(
            _(
                "The documents changed while the archive was being prepared. Look at what is chosen, and send this again."
            )
        )
    custody.note_each(Act.EXPORTED, selection.files, why=why, by=by)
    record.happened("documents.archive.exported", by=by, root=root.pk)
    return selection
