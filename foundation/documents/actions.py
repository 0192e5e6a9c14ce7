"""File a document, file a new version of it, withdraw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation import access
from foundation.access import Level, titles
from foundation.access.models import Root
from foundation.audit import record
from foundation.components import handling
from foundation.documents import custody, vault, words
from foundation.documents.choices import Act, DocumentKind, Scan, languages
from foundation.documents.copying.choices import Origin
from foundation.documents.models import Document, DocumentVersion
from foundation.documents.names import plain_name
from foundation.documents.permissions import DocumentPermission
from foundation.documents.vault import Kept
from foundation.tenancy.actors import Actor
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

RECEIVE, WITHDRAW = "documents.receive", "documents.withdraw"
workflow.declare(RECEIVE, WITHDRAW)


class UnableToReceive(Refusal):
    """The document cannot be filed like this; the message is fit for the user."""


class UnableToWithdraw(Refusal):
    """The document cannot be withdrawn by this actor, or was already; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Description:
    """What is said of a document."""

    title: str
    kind: str
    language: str
    handling: Sequence[str]
    handling_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A file that was inspected and stands in the vault, to become a version.

    ``findings`` is what the inspection reported, JSON-ready, for the readers of the document.
    """

    kept: Kept
    file_name: str
    media_type: str
    scan: str
    findings: Sequence[Any] = ()


@action
def receive(
    *,
    root_id: UUID,
    description: Description,
    incoming: Incoming,
    audience: int | None,
    by: Actor,
    at: datetime,
    about: UUID | None = None,
    why: str = "",
    origin: Origin = Origin.FILED,
) -> Document:
    """File a document under a root, or under the row of it whose key is ``about``, as version 1.

    ``audience`` is a principal of the actor's own (``access.audiences.group_of``), none for everyone on the root; a document about a
    row with an audience gets that row's. Who may: contributors with documents.add. What follows may object: ``documents.receive``.
    Raises Root.DoesNotExist, Forbidden, UnableToReceive. The caller forgets the file when this is refused.
    """
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, DocumentPermission.ADD, root_id)
    demand_fit(description)
    document = Document.objects.create(
        root_id=root.pk,
        audience_id=audience,
        about=about,
        title=titles.one_line(description.title),
        kind=description.kind,
        language=description.language,
        handling=sorted(set(description.handling)),
        handling_text=description.handling_text.strip() if "H3" in description.handling else "",
        received_at=at,
        received_by_id=by.membership_id,
        origin=origin,
    )
    file = _file(document, incoming, number=1, by=by, at=at)
    workflow.follow(RECEIVE, root=root, by=by, at=at)
    _put_on_record(words.RECEIVED, document, {"title": document.title}, by=by)
    custody.note(Act.RECEIVED, document, file=file, why=why, by=by)
    return document


@action
def add_version(
    *, document: Document, incoming: Incoming, version: int, by: Actor, at: datetime, why: str = ""
) -> DocumentVersion:
    """File a newer version; all earlier ones stay as they are.

    Who may: contributors with documents.add. Raises Document.DoesNotExist, Forbidden, StaleVersion, UnableToReceive.
    """
    document = Document.objects.visible_to(by).get(pk=document.pk)
    access.require(by, DocumentPermission.ADD, document)
    document = access.locked(document, version=version)
    if document.withdrawn_at is not None:
        raise UnableToReceive(_("The document was withdrawn. File it as a new one."))
    latest = document.versions.aggregate(latest=Max("number"))["latest"] or 0
    file = _file(document, incoming, number=latest + 1, by=by, at=at)
    document.version += 1
    document.save(update_fields=["version"])
    workflow.follow(RECEIVE, root=document.root, by=by, at=at)
    _put_on_record(words.VERSION_RECEIVED, document, {"title": document.title, "file_version": file.number}, by=by)
    custody.note(Act.RECEIVED, document, file=file, why=why, by=by)
    return file


@action
def withdraw(*, document: Document, reason: str, version: int, by: Actor, at: datetime) -> Document:
    """Take a document out of the lists, with a reason that its readers see. Files, versions and custody stay.

    Who may: contributors of the authority that filed it, and managers of the root. Raises Forbidden, StaleVersion, UnableToWithdraw.
    """
    document = Document.objects.visible_to(by).select_related("received_by").get(pk=document.pk)
    access.require(by, DocumentPermission.WITHDRAW, document)
    own = document.received_by.authority_id == by.authority_id
    if not own and access.level(by, document.root_id) != Level.MANAGE:
        raise UnableToWithdraw(_("Only the authority that filed it, or who manages the record, can withdraw it."))
    document = access.locked(document, version=version)
    if document.withdrawn_at is not None:
        raise UnableToWithdraw(_("The document was withdrawn already."))
    if not reason.strip():
        raise UnableToWithdraw(_("Say why it is withdrawn."))
    document.withdrawn_at, document.withdrawn_by_id = at, by.membership_id
    document.withdrawn_reason = reason.strip()
    document.version += 1
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "version"])
    workflow.follow(WITHDRAW, root=document.root, by=by, at=at)
    _put_on_record(words.WITHDRAWN, document, {"title": document.title, "reason": document.withdrawn_reason}, by=by)
    return document


def demand_fit(description: Description) -> None:
    """What the form asks for as well. Raises UnableToReceive."""
    try:
        handling.check(description.handling, description.handling_text)
    except ValidationError as error:
        raise UnableToReceive(" ".join(error.messages)) from error
    if description.kind not in DocumentKind.values or description.language not in dict(languages()):
        raise UnableToReceive(_("Choose kind and language of the document."))
    if not description.title.strip():
        raise UnableToReceive(_("Give the document a title."))


def _file(document: Document, incoming: Incoming, *, number: int, by: Actor, at: datetime) -> DocumentVersion:
    """The row of a version, for a file that opens under this root and no other."""
    if incoming.scan == Scan.FOUND:
        raise UnableToReceive(_("The file contains malware and was not filed."))
    kept = incoming.kept
    # Raises where the file was kept for another root.
    vault.file_key(root_id=document.root_id, location=kept.location, wrapped_key=kept.wrapped_key, by=by)
    return DocumentVersion.objects.create(
        root_id=document.root_id,
        audience_id=document.audience_id,
        document=document,
        number=number,
        file_name=plain_name(incoming.file_name),
        media_type=incoming.media_type[:120],
        received_at=at,
        received_by_id=by.membership_id,
        findings=list(incoming.findings),
        scan=incoming.scan,
        **kept.columns(at=at),
    )


def _put_on_record(verb: str, document: Document, changes: dict[str, object], *, by: Actor) -> None:
    """Into the timeline of the document's own readers; only one for everyone moves the root up in lists."""
    if document.audience_id is None:
        access.touch(by=by, root_id=document.root_id)
    record.changed(verb, by=by, root=document.root_id, changes=changes, audience=document.audience_id)
