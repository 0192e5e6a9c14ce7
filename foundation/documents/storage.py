"""Where segments stand: the file system by default. Written whole or not at all, and on disk before it is said that they are."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = "."
"""Begins the name of a file that is being written; swept with its folder when it stays."""


class DurableFiles(FileSystemStorage):
    """Files for their owner alone, written beside their place and put there in one step; ``settle`` forces a folder to disk.

    One wait for all segments of a file: each by itself would wait for whatever else the disk has to write.
    """

    def __init__(self, location: str | Path | None = None) -> None:
        super().__init__(
            location=location, base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700
        )

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """No other name is as good: a segment stands where its file and number say, or it cannot be written."""
        if self.exists(name):
            raise FileExistsError(name)
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f"{UNFINISHED}{target.name}.{secrets.token_hex(4)}")
        try:
            draft.touch(mode=0o600, exist_ok=False)
            with draft.open("wb", buffering=0) as file:
                for chunk in content.chunks():
                    _write_all(file.fileno(), chunk)
                # Begins to write it to disk and waits for nothing.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            # A link, unlike a rename, fails where something stands already.
            os.link(draft, target)
        finally:
            draft.unlink(missing_ok=True)
        return name

    def settle(self, name: str) -> None:
        """Wait until the files of a folder, their names and the folder's own are on disk."""
        folder = Path(self.path(name))
        # What another writer has not finished is that writer's, and may be gone at the next look.
        finished = (path for path in folder.iterdir() if not path.name.startswith(UNFINISHED))
        for path in (*finished, folder, folder.parent):
            _sync(path)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Only the class; where files stand is a setting."""
        return "foundation.documents.storage.DurableFiles", [], {}


def _write_all(descriptor: int, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
