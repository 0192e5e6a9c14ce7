"""Look into a file that has arrived, have it scanned, and file or refuse it; acting for whoever uploaded it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any, BinaryIO, cast
from uuid import UUID

from foundation import access
from foundation.documents import pieces, scanner, vault
from foundation.documents.choices import UploadState
from foundation.documents.inspection import apart
from foundation.documents.inspection.findings import Code, Collector, Findings
from foundation.documents.inspection.kinds import OPAQUE
from foundation.documents.intake import actions
from foundation.documents.models import Upload
from foundation.documents.permissions import DocumentPermission
from foundation.documents.pieces import Place
from foundation.documents.refusals import Broken
from foundation.documents.scanner import Scanned, ScannerAway
from foundation.documents.vault import Kept
from foundation.tenancy.actors import Actor

SCAN_SECONDS = 400.0
RENEW_SECONDS = 20.0
BLOCK = 256 * 1024


class _Renewing(io.RawIOBase):
    """The file, renewing the claim on the work while it is read."""

    def __init__(self, raw: io.RawIOBase, renew: Callable[[], None]) -> None:
        self._raw, self._renew, self._renewed = raw, renew, time.monotonic()

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there."""
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        """Where the next read begins."""
        return self._raw.tell()

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        if time.monotonic() - self._renewed > RENEW_SECONDS:
            self._renew()
            self._renewed = time.monotonic()
        return cast("Any", self._raw).readinto(buffer) or 0

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()
        super().close()


class Inspection:
    """One look into one upload, in three parts: the first and the last in a transaction each, the long one in none."""

    def __init__(self, *, renew: Callable[[], None]) -> None:
        self.renew = renew
        self.upload: Upload | None = None
        self.kept: Kept | None = None
        self.findings: Findings | None = None
        self.scanned: Scanned | None = None
        self.entitled = True

    def prepare(self, by: Actor, upload_id: UUID) -> None:
        """Read the row and open the file; one that came in pieces gets its fingerprint. Nothing where the row is gone or done."""
        upload = Upload.objects.visible_to(by).filter(pk=upload_id, state=UploadState.INSPECTING).first()
        if upload is None:
            return
        self.upload = upload
        self.entitled = access.allowed(by, DocumentPermission.ADD, upload.root)
        if not self.entitled:
            return
        try:
            self.kept = kept_of(upload, by=by)
            self._raw = vault.raw_reader(root_id=upload.root, stored=self.kept, by=by)
        except Broken:
            self.findings = broken()

    def run(self) -> None:
        """Look into it and have it scanned. That the scanner is away is an outcome; that the storage is, an error, tried again."""
        if self.upload is None or self.kept is None or self.findings is not None:
            return
        upload = self.upload
        with io.BufferedReader(_Renewing(self._raw, self.renew), BLOCK) as file:
            try:
                inspected = apart.inspect(cast("BinaryIO", file), name=upload.file_name, size=upload.size)
                self.findings = inspected.findings
                if not self.findings.refused:
                    self.scanned = scanner.scan(cast("BinaryIO", file), seconds=SCAN_SECONDS)
            except Broken:
                self.findings = broken()
            except ScannerAway:
                self.scanned = None

    def finish(self, by: Actor, upload_id: UUID) -> None:
        """Write how it ended, unless somebody else did meanwhile."""
        if self.upload is None:
            return
        if not self.entitled:
            actions.turn_away(upload_id=upload_id, by=by)
            return
        assert self.findings is not None
        actions.settle(upload_id=upload_id, kept=self.kept, findings=self.findings, scanned=self.scanned, by=by)


def kept_of(upload: Upload, *, by: Actor) -> Kept:
    """The file of an upload. Raises Broken, Unreachable."""
    key = bytes(upload.wrapped_key)
    if upload.sha256:
        return Kept(location=upload.location, size=upload.size, sha256=upload.sha256, wrapped_key=key)
    place = Place(location=upload.location, wrapped_key=key)
    return pieces.whole(root_id=upload.root, place=place, size=upload.size, by=by)


def broken() -> Findings:
    """For a file that storage gave back otherwise than it came."""
    found = Collector()
    found.add(Code.SIZE_DISAGREES)
    return Findings(kind="", media_type=OPAQUE, findings=found.findings())
