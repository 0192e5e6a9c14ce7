"""Is this file the sealed original? For anybody, without telling anything of what it is."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO, Final

from django.db import connection

from foundation.documents.confinement import surroundings
from foundation.documents.seals.authority import fingerprints

LARGEST: Final = 2_500_000
"""Bytes of a paper at most: what is sealed here is no larger, and what is brought to be verified need not be."""

_PIECE: Final = 1 << 20
_SECONDS: Final = 15
_AT_ONCE: Final = threading.BoundedSemaphore(2)


class Verdict(StrEnum):
    """What can be said of a file."""

    ORIGINAL = "original"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The verdict; of an original also the code that stands on it and when it was sealed."""

    verdict: Verdict
    code: str = ""
    sealed_at: datetime | None = None


def verify(file: IO[bytes]) -> Answer:
    """Compare the file's fingerprint with those of all sealed papers; for another file, look whether one of our seals is broken.

    Changed means: our key sealed something that is no longer what stands in the file. Undecided: too many are being judged, or it
    took too long. Memory is one file of at most LARGEST bytes, in a process of its own that is bounded too.
    """
    fingerprint = _fingerprint(file)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, sealed_at FROM documents_sealed(%s)", [fingerprint])
        row = cursor.fetchone()
    if row is not None:
        return Answer(verdict=Verdict.ORIGINAL, code=row[0], sealed_at=row[1])
    file.seek(0)
    content = file.read(LARGEST)
    # Without these words there is no signature, and nothing to judge.
    return Answer(verdict=_judged(content) if b"/ByteRange" in content else Verdict.UNKNOWN)


def _fingerprint(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _judged(content: bytes) -> Verdict:
    if not _AT_ONCE.acquire(blocking=False):
        return Verdict.UNDECIDED
    try:
        found = _inspected(content)
    except (subprocess.SubprocessError, ValueError):
        return Verdict.UNDECIDED
    finally:
        _AT_ONCE.release()
    ours = [seal for seal in found if seal["certificate"] in fingerprints() and seal["genuine"]]
    broken = any(not (seal["intact"] and seal["whole"]) for seal in ours)
    return Verdict.CHANGED if broken else Verdict.UNKNOWN


def _inspected(content: bytes) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory(prefix="wbcj-seal-") as scratch:
        ended = subprocess.run(
            [sys.executable, "-m", "foundation.documents.seals", scratch],
            input=content,
            cwd=scratch,
            env=surroundings.of(scratch),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
    found: list[dict[str, object]] = json.loads(ended.stdout)
    return found
