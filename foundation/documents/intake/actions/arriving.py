"""What the uploader does with a file on its way: begin, send pieces, say what it is, let go of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from foundation import access
from foundation.access.models import Root
from foundation.audit import record
from foundation.documents import pieces, vault
from foundation.documents.actions import RECEIVE
from foundation.documents.choices import UploadState
from foundation.documents.models import Upload
from foundation.documents.permissions import DocumentPermission
from foundation.documents.pieces import Place
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.vault import Kept
from foundation.jobs import queries as jobs
from foundation.jobs import queue
from foundation.tenancy.actors import Actor
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

TASK = "foundation.documents.tasks.inspect_upload"
UNFINISHED_LIMIT = 20
NAME_LIMIT = 255


class UnableToUpload(Refusal):
    """The file cannot come in like this; the message is fit for the user."""


class OutOfOrder(Exception):
    """Another piece is due than the one that came; ``due`` is its number."""

    def __init__(self, due: int) -> None:
        super().__init__("another piece is due")
        self.due = due


@action
def begin(*, root_id: UUID, file_name: str, size: int, mark: str, by: Actor, at: datetime) -> Upload:
    """Announce a file of that many bytes that will come in pieces.

    Who may: contributors with documents.add. Raises Root.DoesNotExist, Forbidden, UnableToUpload, Unreachable.
    """
    _admitted(root_id, by=by)
    if size > settings.WBCJ_UPLOAD_LIMIT:
        raise UnableToUpload(_("The file is larger than one may be."))
    if size < 1:
        raise UnableToUpload(_("The file is empty."))
    unfinished = Upload.objects.visible_to(by).filter(state__in=[UploadState.ARRIVING, UploadState.ARRIVED])
    if unfinished.count() >= UNFINISHED_LIMIT:
        raise UnableToUpload(_("Twenty files of yours are on their way already. Finish or discard some of them first."))
    place = pieces.new_place(root_id=root_id, by=by)
    return Upload.objects.create(
        membership_id=by.membership_id,
        root=root_id,
        file_name=stored_name(file_name),
        size=size,
        mark=mark[:100],
        location=place.location,
        wrapped_key=place.wrapped_key,
        begun_at=at,
        touched_at=at,
    )


@dataclass(frozen=True, kw_only=True)
class Due:
    """The piece that is due, with all that it takes to store it; nothing of it needs the database."""

    key: bytes = field(repr=False)
    place: Place
    number: int
    size: int

    def store(self, data: bytes) -> None:
        """With no transaction open. Raises UnableToUpload, Unreachable."""
        try:
            pieces.put(key=self.key, place=self.place, number=self.number, data=data, size=self.size)
        except ValueError as error:
            raise UnableToUpload(_("This piece of the file has another length than announced.")) from error
        except pieces.Taken as error:
            raise UnableToUpload(
                _(
                    "Another piece of this file came first. Nothing of it was changed; discard the file and send it anew."
                )
            ) from error


def due(upload: Upload, *, number: int, by: Actor) -> Due | None:
    """What it takes to store this piece; none where it came before or another one is due.

    Who may: the uploader, while contributing. Raises Root.DoesNotExist, Forbidden, NotThere, Unreachable.
    """
    _admitted(upload.root, by=by)
    if upload.state != UploadState.ARRIVING or number != _number_due(upload):
        return None
    place = Place(location=upload.location, wrapped_key=bytes(upload.wrapped_key))
    try:
        key = vault.file_key(root_id=upload.root, location=place.location, wrapped_key=place.wrapped_key, by=by)
    except Broken as error:
        raise Unreachable("the key of this upload does not open") from error
    return Due(key=key, place=place, number=number, size=upload.size)


@action
def keep_piece(*, upload_id: UUID, number: int, length: int, by: Actor, at: datetime) -> Upload:
    """Count a piece that stands on storage (``Due.store``; numbers from 0). One that was counted before, also while this one was on
    its way there, has no effect; the last one makes the file whole.

    Who may: the uploader, while contributing. Raises Upload.DoesNotExist, Forbidden, OutOfOrder.
    """
    upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    _admitted(upload.root, by=by)
    due_now = _number_due(upload)
    if upload.state != UploadState.ARRIVING or number < due_now:
        return upload
    if number > due_now or length != pieces.length_of_piece(number, size=upload.size):
        raise OutOfOrder(due_now)
    upload.received += length
    upload.touched_at = at
    if upload.received == upload.size:
        upload.state = UploadState.ARRIVED
    upload.save(update_fields=["received", "touched_at", "state"])
    return upload


def _number_due(upload: Upload) -> int:
    return upload.received // pieces.SEGMENT


@action
def arrived(*, root_id: UUID, kept: Kept, file_name: str, by: Actor, at: datetime) -> Upload:
    """Take note of a file that came in one go, so that a form with a mistake does not ask for it again.

    Who may: contributors with documents.add. Raises Root.DoesNotExist, Forbidden.
    """
    _admitted(root_id, by=by)
    return Upload.objects.create(
        membership_id=by.membership_id,
        root=root_id,
        file_name=stored_name(file_name),
        size=kept.size,
        received=kept.size,
        location=kept.location,
        wrapped_key=kept.wrapped_key,
        sha256=kept.sha256,
        state=UploadState.ARRIVED,
        begun_at=at,
        touched_at=at,
    )


@action
def send_off(*, upload_id: UUID, said: Mapping[str, Any], by: Actor, at: datetime) -> Upload:
    """Say what the file is, and have it looked into; it is filed by itself when nothing speaks against it.

    ``said`` is what the form asks for, JSON-ready. Who may: the uploader, while contributing. Raises Upload.DoesNotExist, Forbidden,
    UnableToUpload.
    """
    upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    root = _admitted(upload.root, by=by)
    against = objection(root, by=by, at=at)
    if against:
        raise UnableToUpload(against)
    if upload.state == UploadState.ARRIVING:
        raise UnableToUpload(_("The file has not arrived whole yet."))
    if upload.state != UploadState.ARRIVED:
        raise UnableToUpload(_("This file was sent off already."))
    upload.form, upload.state, upload.touched_at = dict(said), UploadState.INSPECTING, at
    upload.save(update_fields=["form", "state", "touched_at"])
    record.happened("documents.upload.sent_off", by=by, root=upload.root)
    have_inspected(upload, by=by, due_at=at)
    return upload


def objection(root: Root, *, by: Actor, at: datetime) -> str:
    """What the record's own app says against a document now (a closed case); empty when nothing does."""
    try:
        workflow.follow(RECEIVE, root=root, by=by, at=at)
    except Refusal as error:
        return str(error)
    return ""


def have_inspected(upload: Upload, *, by: Actor, due_at: datetime) -> None:
    """Put the inspection into the queue, once for each time that the scanner was asked."""
    queue.enqueue(
        task=TASK,
        key=inspection_of(upload),
        subject=upload.pk,
        account_id=by.account_id,
        membership_id=by.membership_id,
        due_at=due_at,
    )


def inspection_of(upload: Upload) -> str:
    """The key of the job that looks into it."""
    return f"inspect:{upload.pk}:{upload.asked}"


def being_looked_into(upload: Upload) -> bool:
    """Is the machine at it, or about to be? Not any more where that has failed for good."""
    return upload.state == UploadState.INSPECTING and not jobs.failed([inspection_of(upload)])


@action
def discard(*, upload_id: UUID, by: Actor) -> None:
    """Let go of a file that was not filed, also where the look into it failed, or of the line about a refused one.

    Who may: the uploader. Raises Upload.DoesNotExist, UnableToUpload.
    """
    upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    if being_looked_into(upload):
        raise UnableToUpload(_("The file is being looked into at this moment. Wait until that has ended."))
    upload.delete()
    record.happened("documents.upload.discarded", by=by, root=upload.root)
    if upload.state in {UploadState.ARRIVING, UploadState.ARRIVED, UploadState.INSPECTING}:
        transaction.on_commit(partial(vault.forget, upload.location), robust=True)


def _admitted(root_id: UUID, *, by: Actor) -> Root:
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, DocumentPermission.ADD, root.pk)
    return root


def stored_name(name: str) -> str:
    """As it was sent, for display and for the inspection; what no column can hold is left out."""
    return name.replace("\0", "\N{REPLACEMENT CHARACTER}")[:NAME_LIMIT]
