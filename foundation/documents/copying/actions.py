"""Order a copy, begin it, file it, or end it in sight. Whoever copies is always the one who ordered it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import access
from foundation.access import audiences
from foundation.audit import record
from foundation.documents import actions as document_actions
from foundation.documents import checking, custody, notices, words
from foundation.documents.actions import Incoming
from foundation.documents.choices import Act, Scan
from foundation.documents.copying import links, rules
from foundation.documents.copying.choices import UNDERWAY, CopyState, Origin
from foundation.documents.copying.conditions import (
    Said,
    UnableToCopy,
    admitted,
    demand,
    described,
    newest,
    still_admitted,
)
from foundation.documents.copying.models import CopyOrder
from foundation.documents.intake.actions import objection
from foundation.documents.models import Document, DocumentVersion
from foundation.documents.names import plain_name
from foundation.documents.vault import Kept
from foundation.jobs import queue
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

TASK: Final = "foundation.documents.tasks.copy_document"


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A copy that is being made: the file that is read, and the root for which it is kept."""

    version: DocumentVersion
    root_id: UUID


@action
def order(
    *, document: Document, root_id: UUID, said: Said, version: int, language: str, by: Actor, at: datetime
) -> CopyOrder:
    """Have the newest version of a document filed under another root, as a document of its own; the original stays as it is.

    Who may: whoever downloads the document and passes it on (``copying.rules``), and contributes to the other root. Raises
    DoesNotExist where the one or the other is not visible, Forbidden, StaleVersion, UnableToCopy, UnableToReceive, UnableToName.
    """
    file = newest(document.pk, by=by)
    root = admitted(file, root_id, by=by)
    if file.document.version != version:
        raise access.StaleVersion(file.document)
    demand(file, root, said, by=by)
    against = objection(root, by=by, at=at)
    if against:
        raise UnableToCopy(against)
    if CopyOrder.objects.visible_to(by).to(root.pk).underway().filter(version=file.pk).exists():
        raise UnableToCopy(_("A copy of this version is on its way there already."))
    if links.copy_under(root.pk, version=file, by=by) is not None:
        raise UnableToCopy(_("A copy of this version stands in that case already."))
    ordered = CopyOrder.objects.create(
        membership_id=by.membership_id,
        version=file.pk,
        source=file.root_id,
        root=root.pk,
        form=asdict(said),
        language=language,
        ordered_at=at,
    )
    record.happened("documents.copy.ordered", by=by, root=file.root_id)
    queue.enqueue(
        task=TASK,
        key=f"copy:{ordered.pk}",
        subject=ordered.pk,
        account_id=by.account_id,
        membership_id=by.membership_id,
        due_at=at,
    )
    return ordered


@action
def begin(*, order_id: UUID, by: Actor, at: datetime) -> Begun | None:
    """Show that it is being copied; none where it has ended, or ends here because something speaks against it by now.

    Who may: whoever ordered it. Raises NotThere.
    """
    ordered = _locked(order_id, by)
    if ordered.state not in UNDERWAY:
        return None
    with translation.override(ordered.language):
        try:
            file, root = still_admitted(ordered, by=by)
            demand(file, root, Said(**ordered.form), by=by)
        except Refusal as refusal:
            _fail(ordered, str(refusal), by=by, at=at)
            return None
    ordered.state = CopyState.COPYING
    ordered.save(update_fields=["state"])
    return Begun(version=file, root_id=root.pk)


@action
def finish(*, order_id: UUID, kept: Kept, by: Actor, at: datetime) -> bool:
    """The bytes stand in the vault under the key of the other root: file the document there, and note it on both custody records.

    False where it was filed already, or where something speaks against it by now: then the order says what, and the caller forgets
    the file. Who may: whoever ordered it. Raises NotThere.
    """
    ordered = _locked(order_id, by)
    if ordered.state not in UNDERWAY:
        return False
    with translation.override(ordered.language):
        try:
            with transaction.atomic():
                document = _filed(ordered, kept, by=by, at=at)
        except Refusal as refusal:
            _fail(ordered, str(refusal), by=by, at=at)
            return False
    ordered.state, ordered.ended_at, ordered.document = CopyState.READY, at, document.pk
    ordered.save(update_fields=["state", "ended_at", "document"])
    return True


@action
def damaged(*, order_id: UUID, location: UUID, problem: str, by: Actor, at: datetime) -> None:
    """The file came back otherwise than it was stored: nothing is filed, and those who can act on it are told. Raises NotThere."""
    ordered = _locked(order_id, by)
    # Whoever lost sight of it meanwhile reports nothing; the nightly check will.
    with suppress(access.NotThere):
        checking.report(location=location, intact=False, problem=problem, at=at)
    with translation.override(ordered.language):
        _fail(ordered, _("The stored file is damaged; nothing of it is given out."), by=by, at=at)


@action
def give_up(*, order_id: UUID, by: Actor, at: datetime) -> None:
    """It could not be copied, after all attempts: in sight of whoever ordered it, who may order it again. Raises NotThere."""
    ordered = _locked(order_id, by)
    with translation.override(ordered.language):
        said = _(
            "Several attempts failed. Nothing was filed, and the original is as it was; try again in a few minutes."
        )
        _fail(ordered, said, by=by, at=at)


def _filed(ordered: CopyOrder, kept: Kept, *, by: Actor, at: datetime) -> Document:
    file, root = still_admitted(ordered, by=by)
    said = Said(**ordered.form)
    demand(file, root, said, by=by)
    if (kept.sha256, kept.size) != (file.sha256, file.size):
        raise UnableToCopy(_("The copy was not the same as the original, so nothing was filed."))
    ours = rules.provided(file.document, file, by)
    document = document_actions.receive(
        root_id=root.pk,
        description=described(said),
        incoming=Incoming(
            kept=kept,
            file_name=_file_name(file, said),
            media_type=file.media_type,
            scan=Scan(file.scan),
            findings=file.findings,
        ),
        audience=audiences.group_of(said.audience, by),
        by=by,
        at=at,
        why=said.why,
        origin=Origin.COPIED if ours else Origin.PASSED_ON,
    )
    links.note(copy=document, version=file, by=by)
    custody.note(Act.COPIED, file.document, file=file, why=said.why, by=by)
    record.changed(
        words.COPIED,
        by=by,
        root=file.root_id,
        audience=file.document.audience_id,
        changes={"title": file.document.title, "file_version": file.number, "reason": said.why},
    )
    return document


def _file_name(file: DocumentVersion, said: Said) -> str:
    """Its own, unless it names the record of the original."""
    if not rules.names(file.document.root, file.file_name):
        return file.file_name
    return plain_name(f"{said.title}.{file.file_name.rpartition('.')[2]}")


def _locked(order_id: UUID, by: Actor) -> CopyOrder:
    found = CopyOrder.objects.visible_to(by).filter(pk=order_id).select_for_update(of=("self",)).first()
    if found is None:
        raise access.NotThere
    return found


def _fail(ordered: CopyOrder, said: str, *, by: Actor, at: datetime) -> None:
    """It ends, with a reason; whoever ordered it is told in the inbox, without a word about either record."""
    if ordered.state not in UNDERWAY:
        return
    ordered.state, ordered.ended_at, ordered.said = CopyState.FAILED, at, said[:500]
    ordered.save(update_fields=["state", "ended_at", "said"])
    record.happened("documents.copy.failed", by=by, root=ordered.source)
    notices.not_copied(by=by, at=at)
