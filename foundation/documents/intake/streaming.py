"""A file in a form, straight into the vault: encrypted while it arrives, never a plain byte on disk, never the whole in memory."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from foundation.documents.refusals import Unreachable
from foundation.documents.vault import Kept, Writer

FIELD = "file"

# Generic in the stubs alone.
if TYPE_CHECKING:
    _UploadedFile = UploadedFile[bytes]
else:
    _UploadedFile = UploadedFile


class ArrivedFile(_UploadedFile):
    """What a form's field gets: the name, the size, and where the file is kept."""

    def __init__(self, kept: Kept, name: str) -> None:
        super().__init__(file=None, name=name, size=kept.size)
        self.kept = kept


class _Announced(FileUploadHandler):
    """Knows how long the whole body is said to be."""

    announced = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  # Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Before anything is read."""
        self.announced = content_length


class IntoNothing(_Announced):
    """For a form that nobody was let in with: its fields are read, its files are not kept, and a large one is not read at all."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """No file is wanted. The fields before it were read by now."""
        if self.announced > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is kept."""

    def file_complete(self, file_size: int) -> None:
        """Nothing was kept."""


class IntoVault(_Announced):
    """Writes the one file of a form into the vault. ``too_large``, ``unreachable`` and ``busy`` say why there is none."""

    chunk_size = 256 * 1024

    def __init__(self, writer: Writer, *, limit: int) -> None:
        super().__init__()
        self.writer, self.limit = writer, limit
        self.kept: Kept | None = None
        self.too_large = self.unreachable = self.busy = self.taken = False
        self._begun = False

    def turn_away(self) -> None:
        """There is no place for the file now. Only as much is read as the fields before it take."""
        self.busy, self.chunk_size = True, FEW

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """The fields before the file were read by now; a body that cannot fit is not read to its end."""
        if field_name != FIELD or self._begun:
            raise SkipFile
        super().new_file(field_name, *args, **kwargs)
        self._begun = True
        self.too_large = self.announced > self.limit + MARGIN
        if self.too_large or self.busy:
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Encrypt and keep the next bytes."""
        if start + len(raw_data) > self.limit:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        try:
            self.writer.write(raw_data)
        except Unreachable:
            self.unreachable = True
            raise StopUpload(connection_reset=False) from None

    def file_complete(self, file_size: int) -> ArrivedFile | None:
        """The file is whole."""
        try:
            self.kept = self.writer.finish()
        except Unreachable:
            self.unreachable = True
            return None
        return ArrivedFile(self.kept, self.file_name or "")

    def let_go(self) -> None:
        """Take away what no row has come to know; what cannot be reached now is swept later."""
        if not self.taken:
            with suppress(Unreachable):
                self.writer.discard()


FEW = 4096
"""Bytes; what is read at once waits until so many have come."""

MARGIN = 1024 * 1024
"""What the other fields of the form may take, in bytes."""
