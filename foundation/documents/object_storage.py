"""Segments on S3-compatible object storage, chosen by setting. What is put there is safe when the storage answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from foundation.documents.refusals import Unreachable

PATIENCE = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "total_max_attempts": 3},
    s3={"addressing_style": "path"},
    signature_version="s3v4",
)
"""A page waits no longer for a storage that is away."""

_GONE = {"404", "NoSuchKey", "NotFound"}


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What is not there is a missing file; everything else is a storage that does not answer."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _GONE:
            raise FileNotFoundError(code) from error
        raise Unreachable(f"object storage answered {code}") from error
    except BotoCoreError as error:
        raise Unreachable(f"object storage does not answer ({type(error).__name__})") from error


class ObjectStorage(S3Storage):
    """One bucket for documents alone; nobody but the product reads or writes there. A segment is read whole."""

    def get_default_settings(self) -> dict[str, Any]:
        """Never public, never in place of another object, no mark of another library on it."""
        strict = {"default_acl": None, "file_overwrite": False, "gzip": False, "client_config": PATIENCE}
        return {**super().get_default_settings(), **strict}

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """No other name is as good: a segment stands where its file and number say, or it cannot be written."""
        if self.exists(name):
            raise FileExistsError(name)
        return name

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _in_our_words():
            answer = self.bucket.Object(self._normalize_name(clean_name(name))).get()
            return ContentFile(answer["Body"].read(), name)

    def _save(self, name: str, content: File[bytes]) -> str:
        with _in_our_words():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """Nothing where there is none."""
        with _in_our_words():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """One question."""
        with _in_our_words():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """All pages of the list."""
        with _in_our_words():
            folders, files = super().listdir(path)
        return list(folders), list(files)

    def get_modified_time(self, name: str) -> datetime:
        """When it was put there."""
        with _in_our_words():
            found: datetime = super().get_modified_time(name)
        return found
