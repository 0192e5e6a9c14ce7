"""Look into a file that has arrived, have it scanned, and file or refuse it; acting for whoever uploaded it."""

from __future__ import annotations

import io
import logging
import time
from typing import BinaryIO, cast
from uuid import UUID

from django.utils import timezone

from foundation import access
from foundation.documents import notices, pieces, scanner, vault
from foundation.documents.choices import UploadState
from foundation.documents.inspection import apart, limits
from foundation.documents.inspection.findings import Code, Collector, Findings
from foundation.documents.inspection.kinds import OPAQUE
from foundation.documents.intake import actions
from foundation.documents.models import Upload
from foundation.documents.permissions import DocumentPermission
from foundation.documents.pieces import Place
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.scanner import Scanned, ScannerAway
from foundation.documents.vault import Kept
from foundation.jobs.queue import Claimed
from foundation.tenancy.actors import Actor

ATTEMPTS = 4
"""Claims of one job, those of workers that were killed at it among them: whatever kills a worker so often kills it again."""
SECONDS = 560.0
"""For all of it; the task is killed after 600."""
SCAN_SECONDS = 400.0
BLOCK = 256 * 1024
log = logging.getLogger("wbcj.documents")


class Inspection:
    """One look into one upload, in three parts: the first and the last in a transaction each, the long one in none."""

    def __init__(self) -> None:
        self.upload: Upload | None = None
        self.key: bytes | None = None
        self.kept: Kept | None = None
        self.findings: Findings | None = None
        self.scanned: Scanned | None = None
        self.entitled = True
        self.until = time.monotonic() + SECONDS

    def prepare(self, by: Actor, upload_id: UUID) -> None:
        """Read the row and open its key. Nothing where the row is gone or done."""
        upload = Upload.objects.visible_to(by).filter(pk=upload_id, state=UploadState.INSPECTING).first()
        if upload is None:
            return
        self.upload = upload
        self.entitled = access.allowed(by, DocumentPermission.ADD, upload.root)
        if not self.entitled:
            return
        try:
            self.key = vault.file_key(
                root_id=upload.root, location=upload.location, wrapped_key=upload.wrapped_key, by=by
            )
        except Broken:
            self.findings = broken()

    def run(self) -> None:
        """Look into it and have it scanned; one that came in pieces gets its fingerprint first.

        That the scanner or the storage is away is an outcome: it is asked again for a week, and no failed job loses the file.
        """
        if self.upload is None or self.key is None:
            return
        try:
            self.kept = kept_of(self.upload, key=self.key, seconds=limits.STORAGE_SECONDS)
            with io.BufferedReader(vault.RawReader(key=self.key, stored=self.kept), BLOCK) as file:
                self._look(self.upload, cast("BinaryIO", file))
        except Broken:
            self.findings = broken()
        except Unreachable:
            place = {"location": str(self.upload.location)}
            log.log(logging.WARNING, "the storage of files did not answer", extra=place)

    def _look(self, upload: Upload, file: BinaryIO) -> None:
        patience = limits.STORAGE_SECONDS
        self.findings = apart.inspect(file, name=upload.file_name, size=upload.size, storage_seconds=patience).findings
        if not self.findings.refused:
            try:
                self.scanned = scanner.scan(file, seconds=min(SCAN_SECONDS, self.until - time.monotonic()))
            except ScannerAway:
                self.scanned = None

    def finish(self, by: Actor, upload_id: UUID) -> None:
        """Write how it ended, unless somebody else did meanwhile. The right to file may have ended while the file was looked into."""
        if self.upload is None:
            return
        if not (self.entitled and access.allowed(by, DocumentPermission.ADD, self.upload.root)):
            actions.turn_away(upload_id=upload_id, by=by)
            return
        actions.settle(upload_id=upload_id, kept=self.kept, findings=self.findings, scanned=self.scanned, by=by)


def look_into(claimed: Claimed) -> None:
    """Look into the upload of one job, and file or refuse it."""
    inspection = Inspection()
    with claimed.acting() as by:
        inspection.prepare(by, claimed.subject)
    inspection.run()
    with claimed.acting() as by:
        inspection.finish(by, claimed.subject)
        claimed.done()


def give_up(by: Actor, upload_id: UUID, _why: str) -> None:
    """After the last attempt whoever sent the file is told; the failed job itself is what staff see and may start again."""
    upload = Upload.objects.visible_to(by).filter(pk=upload_id, state=UploadState.INSPECTING).first()
    if upload is not None and access.allowed(by, DocumentPermission.VIEW, upload.root):
        notices.not_looked_into(upload.root, by=by, at=timezone.now())


def kept_of(upload: Upload, *, key: bytes, seconds: float) -> Kept:
    """The file of an upload, whose key has been opened. Raises Broken, Unreachable."""
    wrapped = bytes(upload.wrapped_key)
    if upload.sha256:
        return Kept(location=upload.location, size=upload.size, sha256=upload.sha256, wrapped_key=wrapped)
    place = Place(location=upload.location, wrapped_key=wrapped)
    return pieces.whole(key=key, place=place, size=upload.size, seconds=seconds)


def broken() -> Findings:
    """For a file that storage gave back otherwise than it came."""
    found = Collector()
    found.add(Code.SIZE_DISAGREES)
    return Findings(kind="", media_type=OPAQUE, findings=found.findings())
