"""Send a stored file: authorised before each piece, so that a download ends where the right to it ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Self
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from foundation import access
from foundation.audit import record
from foundation.audit.models import Event
from foundation.documents import checking
from foundation.documents.cipher import CHUNK
from foundation.documents.ranges import Part
from foundation.documents.refusals import Broken
from foundation.documents.vault import RawReader
from foundation.tenancy.actors import Actor

LEAST, MOST = CHUNK, 16 * CHUNK
"""Bytes between two questions whether the reader is still let in: few on a slow line, more on one that takes them at once."""

QUICK, SLOW = 0.1, 1.0
"""Seconds in which a line took the last piece; below the one the next piece is larger, above the other smaller."""

ENDS_EARLY = "ends before its size"

log = logging.getLogger("wbcj.documents")


class Busy(Exception):
    """As many downloads run in this process as may; the others have threads left that way, for pages."""


@cache
def slots() -> threading.BoundedSemaphore:
    """The places for downloads in this process: a slow line holds a thread of the web server for as long as it takes."""
    return threading.BoundedSemaphore(settings.WBCJ_DOWNLOADS_AT_ONCE)


class Stopped(Exception):
    """The reader is no longer let in. The connection breaks off, so that no browser takes the part for the whole."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A part of a stored file, and how it is asked whether its reader may still have it.

    ``still`` answers in a transaction of that reader; what ends the answer goes on record as ``stopped``, about ``key``.
    """

    location: UUID
    part: Part
    by: Actor
    still: Callable[[Actor], bool]
    stopped: str
    key: UUID


class Sending:
    """The pieces of one answer. Closed by the server whether or not all of them were taken.

    No transaction stays open between two pieces. A piece goes out only after the next look at membership, role and share; the last one
    of a whole file only after its fingerprint was compared. Raises Stopped, Broken, Unreachable, each of which breaks the connection.
    """

    def __init__(self, wanted: Wanted, reader: RawReader) -> None:
        self._wanted, self._reader = wanted, reader
        self._left = wanted.part.length
        self._ready: bytes | None = None
        self._room, self._sent_at = LEAST, 0.0
        self._places = slots()
        self._holds_slot = self._places.acquire(blocking=False)
        if not self._holds_slot:
            raise Busy
        reader.seek(wanted.part.start)

    def prepare(self) -> None:
        """Read the first piece: what is broken or out of reach at once is still answered with a page. Raises Broken, Unreachable."""
        self._ready = self._read()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._left == 0 and not self._ready:
            self.close()
            raise StopIteration
        self._fit_to_the_line()
        self._demand_sight()
        piece, self._ready = self._ready if self._ready is not None else self._read_or_alarm(), None
        self._sent_at = time.monotonic()
        return piece

    def _fit_to_the_line(self) -> None:
        """The server asks for the next piece when the line has taken the last one."""
        took = time.monotonic() - self._sent_at
        if took < QUICK:
            self._room = min(self._room * 2, MOST)
        elif took > SLOW:
            self._room = max(self._room // 2, LEAST)

    def close(self) -> None:
        """Let go of the storage, and of the place for a download."""
        held, self._holds_slot = self._holds_slot, False
        if held:
            self._places.release()
        self._reader.close()

    def __del__(self) -> None:
        """An answer that never reached the server gives its place back too."""
        if getattr(self, "_holds_slot", False):
            self.close()

    def _read(self) -> bytes:
        pieces: list[bytes] = []
        room = min(self._room, self._left)
        while piece := self._reader.read(min(room, CHUNK)) if room else b"":
            pieces.append(piece)
            room -= len(piece)
        if room or (self._reader.size == 0 and self._reader.read(1)):
            raise Broken(ENDS_EARLY)
        whole = b"".join(pieces)
        self._left -= len(whole)
        return whole

    def _read_or_alarm(self) -> bytes:
        try:
            return self._read()
        except Broken as error:
            self.close()
            location = self._wanted.location
            # A reader who lost it at this moment reports nothing; the nightly check does.
            with suppress(access.NotThere, access.NotInOffice), access.acting(self._wanted.by):
                checking.report(location=location, intact=False, problem=str(error), at=timezone.now())
            log.exception("a stored file broke while it was sent", extra={"location": str(location)})
            raise

    def _demand_sight(self) -> None:
        """In a transaction of its own: may this membership still have this file?"""
        try:
            with access.acting(self._wanted.by) as actor:
                let_in = self._wanted.still(actor)
        except access.NotInOffice:
            let_in = False
        if not let_in:
            self.close()
            record.refused(
                self._wanted.stopped,
                outcome=Event.Outcome.FORBIDDEN,
                membership=self._wanted.by.membership_id,
                key=self._wanted.key,
            )
            raise Stopped

    @classmethod
    def of(cls, wanted: Wanted, reader: RawReader) -> Self:
        """With its first piece read, for which no transaction may be open: a storage may be slow.

        Raises Broken, Unreachable, Busy, with nothing left open.
        """
        try:
            sending = cls(wanted, reader)
        except Busy:
            reader.close()
            raise
        try:
            sending.prepare()
        except BaseException:
            sending.close()
            raise
        return sending
