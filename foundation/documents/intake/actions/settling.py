"""How a look into an upload ends: the document is filed, refused with its reasons, or the scanner is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.documents import actions as document_actions
from foundation.documents import notices, vault
from foundation.documents.actions import Description, Incoming
from foundation.documents.choices import Scan, UploadState
from foundation.documents.inspection.findings import Findings
from foundation.documents.intake.actions.arriving import have_inspected
from foundation.documents.models import Document, Upload
from foundation.documents.permissions import DocumentPermission
from foundation.documents.scanner import Scanned, Verdict
from foundation.documents.vault import Kept
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

# Scanner and storage are asked again after a quarter of a minute, then after longer and longer, at most ten minutes; for about a week.
FIRST_PAUSE, LONGEST_PAUSE, ASKED_LIMIT = 15, 600, 1000
SCANS = {Verdict.CLEAN: Scan.CLEAN, Verdict.FOUND: Scan.FOUND, Verdict.NOT_CONFIGURED: Scan.NOT_SCANNED}


@action
def settle(
    *, upload_id: UUID, kept: Kept | None, findings: Findings | None, scanned: Scanned | None, by: Actor
) -> None:
    """File the document, refuse it with its reasons, or have it looked into again: no findings, the storage did not answer; findings
    and no scan, the scanner did not.

    Who may: the uploader, while contributing; otherwise Forbidden or Root.DoesNotExist ends the work.
    """
    at = timezone.now()
    upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    if upload.state != UploadState.INSPECTING:
        return
    upload.touched_at = at
    if findings is None:
        wait(upload, by=by)
        return
    upload.findings = findings.as_data()
    if findings.refused or (scanned is not None and scanned.verdict in {Verdict.FOUND, Verdict.TOO_LARGE}):
        refuse(upload, scanned=scanned, by=by)
    elif scanned is None:
        wait(upload, by=by)
    else:
        assert kept is not None
        file(upload, kept=kept, findings=findings, scan=SCANS[scanned.verdict], by=by)


@action
def turn_away(*, upload_id: UUID, by: Actor) -> None:
    """Whoever lost sight of the record meanwhile, or may only look now, files nothing there. Who may: the uploader."""
    upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    if upload.state == UploadState.INSPECTING:
        upload.touched_at = timezone.now()
        refuse(upload, scanned=None, by=by, said=_("You can file nothing in this record any more."))


def refuse(upload: Upload, *, scanned: Scanned | None, by: Actor, said: str = "") -> None:
    """The file stays out and is deleted; its reasons are kept for whoever sent it."""
    upload.state, upload.said = UploadState.REFUSED, said[:500]
    if scanned is not None and scanned.verdict in {Verdict.FOUND, Verdict.TOO_LARGE}:
        upload.findings["scan"] = {"verdict": scanned.verdict.value, "name": scanned.name}
    upload.save(update_fields=["state", "findings", "said", "touched_at"])
    record.happened("documents.upload.refused", by=by, root=upload.root)
    if access.allowed(by, DocumentPermission.VIEW, upload.root):
        notices.refused(upload.root, by=by, at=upload.touched_at)
    transaction.on_commit(partial(vault.forget, upload.location), robust=True)


def wait(upload: Upload, *, by: Actor) -> None:
    """The configured scanner, or the storage, is away: nobody gets the file, and it is asked again."""
    upload.asked += 1
    if upload.asked > ASKED_LIMIT:
        _give_up(upload, by=by)
        return
    upload.save(update_fields=["asked", "findings", "touched_at"])
    pause = min(FIRST_PAUSE * 2 ** min(upload.asked - 1, 10), LONGEST_PAUSE)
    have_inspected(upload, by=by, due_at=upload.touched_at + timedelta(seconds=pause))


def _give_up(upload: Upload, *, by: Actor) -> None:
    if upload.findings:
        upload.findings["scan"] = {"verdict": "away", "name": ""}
        refuse(upload, scanned=None, by=by)
    else:
        said = _(
            "The storage of files did not answer for a week, or was too slow. Ask the operators, then upload the file again."
        )
        refuse(upload, scanned=None, by=by, said=said)


def file(upload: Upload, *, kept: Kept, findings: Findings, scan: Scan, by: Actor) -> None:
    """File it as it was said; a refusal of that act is the reason for which it stays out."""
    said = upload.form
    incoming = Incoming(
        kept=kept, file_name=upload.file_name, media_type=findings.media_type, scan=scan,
        findings=findings.as_data()["findings"],
    )  # fmt: skip
    try:
        document = _filed(upload, said, incoming, by=by)
    except (Refusal, Document.DoesNotExist) as error:
        refuse(upload, scanned=None, by=by, said=str(error) if isinstance(error, Refusal) else "")
        return
    upload.state, upload.document = UploadState.READY, document
    upload.save(update_fields=["state", "document", "findings", "touched_at"])


def _filed(upload: Upload, said: Mapping[str, Any], incoming: Incoming, *, by: Actor) -> UUID:
    if said.get("document"):
        document = Document.objects.visible_to(by).get(pk=said["document"])
        document_actions.add_version(
            document=document, incoming=incoming, version=document.version, by=by, at=upload.touched_at, why=said["why"]
        )
        return UUID(str(document.pk))
    described = Description(
        title=said["title"], kind=said["kind"], language=said["language"], handling=said["handling"],
        handling_text=said["handling_text"],
    )  # fmt: skip
    document = document_actions.receive(
        root_id=upload.root, description=described, incoming=incoming, audience=said["audience"],
        about=UUID(said["about"]) if said["about"] else None, by=by, at=upload.touched_at, why=said["why"],
    )  # fmt: skip
    return UUID(str(document.pk))
