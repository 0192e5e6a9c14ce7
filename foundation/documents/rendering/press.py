"""Printing in a process of its own: no secret in its environment, no network, no file but ours, and an end to its patience."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from foundation.documents.confinement import frames, surroundings
from foundation.documents.rendering import table

_START_SECONDS: Final = 30.0
_PAPERS: Final = 200
"""After so many papers the process is replaced: whatever the libraries under it keep, they keep no longer."""


class PressFailed(Exception):
    """The paper could not be printed; ``why`` names the kind of failure and nothing of the paper."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A printed paper."""

    pdf: bytes
    pages: int
    refused: int


@dataclass
class _Bounded:
    """Reads from a pipe until an instant. Raises TimeoutError when it passes, and gives what there is when the pipe ends."""

    descriptor: int
    until: float

    def read(self, size: int, /) -> bytes:
        pieces, missing = [], size
        while missing:
            left = self.until - time.monotonic()
            if left <= 0 or not select.select([self.descriptor], [], [], left)[0]:
                raise TimeoutError
            piece = os.read(self.descriptor, min(missing, 1 << 20))
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)


@dataclass
class Press:
    """One printing process, started on first use, replaced when it has failed or served long enough."""

    fonts: Path
    _process: subprocess.Popen[bytes] | None = None
    _scratch: str = ""
    _printed: int = 0
    _owner: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def printed(self, html: str, *, seconds: float, variant: str = table.READABLE) -> Printed:
        """Print one paper within so many seconds, as PDF/UA or for the archive (``table.ARCHIVAL``).

        Raises PressFailed; the next paper then gets a fresh process.
        """
        with self._turn:
            try:
                head, pdf = self._asked(html, seconds, variant)
            except TimeoutError:
                self._end()
                raise PressFailed("TookTooLong") from None
            except (frames.Ended, OSError, ValueError):
                self._end()
                raise PressFailed("ProcessEnded") from None
            except BaseException:
                # Called away in the middle: what is still on its way would be taken for the answer to the next paper.
                self._end()
                raise
            if "error" in head:
                raise PressFailed(str(head["error"]))
            self._printed += 1
            return Printed(pdf=pdf, pages=head["pages"], refused=head["refused"])

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # A fork has the other's process in hand; it leaves it alone and starts one of its own.
            self._process, self._scratch = None, ""
        if self._process is not None and (self._printed >= _PAPERS or self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._start()
        assert self._process is not None
        return self._process

    def _start(self) -> None:
        self._owner, self._printed = os.getpid(), 0
        self._scratch = tempfile.mkdtemp(prefix="wbcj-press-")
        settings = Path(self._scratch) / "fonts.conf"
        settings.write_text(table.fontconfig(Path(self._scratch) / "cache"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "foundation.documents.rendering", str(self.fonts), self._scratch],
            cwd=self._scratch,
            env={**surroundings.of(self._scratch), "FONTCONFIG_FILE": str(settings)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        head, _body = self._answer(self._process, _START_SECONDS)
        if "error" in head:
            self._end()
            raise PressFailed(str(head["error"]))

    def _asked(self, html: str, seconds: float, variant: str) -> tuple[dict[str, Any], bytes]:
        """The answer to this very paper: it carries the mark that was sent along."""
        process, mark = self._ready(), secrets.token_hex(16)
        assert process.stdin is not None
        frames.send(process.stdin, mark.encode())
        frames.send(process.stdin, variant.encode())
        frames.send(process.stdin, html.encode(errors="replace"))
        head, pdf = self._answer(process, seconds)
        if head.get("mark") != mark:
            raise frames.Ended
        return head, pdf

    def _answer(self, process: subprocess.Popen[bytes], seconds: float) -> tuple[dict[str, Any], bytes]:
        assert process.stdout is not None
        bounded = _Bounded(process.stdout.fileno(), time.monotonic() + seconds)
        head: dict[str, Any] = json.loads(frames.receive(bounded))
        return head, frames.receive(bounded)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)
        self._process, self._scratch = None, ""
