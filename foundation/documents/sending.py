"""Send stored files: authorised before each piece, so that a download ends where the right to it ends."""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Self
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
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


def exactly(reader: RawReader, length: int) -> bytes:
    """The next bytes of a file, so many; of an empty one none, once it is sure that it is. Raises Broken, Unreachable."""
    pieces: list[bytes] = []
    while piece := reader.read(min(length, CHUNK)) if length else b"":
        pieces.append(piece)
        length -= len(piece)
    if length or (reader.size == 0 and reader.read(1)):
        raise Broken(ENDS_EARLY)
    return b"".join(pieces)


class Stream(ABC):
    """The pieces of one answer. Closed by the server whether or not all of them were taken.

    No transaction stays open between two pieces. A piece goes out only after the next look at membership, role and share; the last one
    of a whole file only after its fingerprint was compared. Raises Stopped, Broken, Unreachable, each of which breaks the connection.
    """

    def __init__(self, *, by: Actor, stopped: str, key: UUID) -> None:
        self._by, self._stopped, self._key = by, stopped, key
        self._room, self._sent_at = LEAST, 0.0
        self._places = slots()
        self._holds_slot = self._places.acquire(blocking=False)
        if not self._holds_slot:
            raise Busy

    @property
    @abstractmethod
    def ended(self) -> bool:
        """Was the last piece taken?"""

    @property
    @abstractmethod
    def location(self) -> UUID:
        """Of the file that is read."""

    @abstractmethod
    def still(self, actor: Actor) -> bool:
        """May this reader have what the next piece tells?"""

    @abstractmethod
    def piece(self) -> bytes:
        """The next piece, of about ``self._room`` bytes. Raises Broken, Unreachable."""

    def close(self) -> None:
        """Give the place for a download back; who reads from the storage lets go of that, too."""
        held, self._holds_slot = self._holds_slot, False
        if held:
            self._places.release()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self.ended:
            self.close()
            raise StopIteration
        self._fit_to_the_line()
        self._demand_sight()
        piece = self._piece_or_alarm()
        self._sent_at = time.monotonic()
        return piece

    def __del__(self) -> None:
        """An answer that never reached the server gives its place back too."""
        if getattr(self, "_holds_slot", False):
            self.close()

    def _fit_to_the_line(self) -> None:
        """The server asks for the next piece when the line has taken the last one."""
        took = time.monotonic() - self._sent_at
        if took < QUICK:
            self._room = min(self._room * 2, MOST)
        elif took > SLOW:
            self._room = max(self._room // 2, LEAST)

    def _piece_or_alarm(self) -> bytes:
        try:
            return self.piece()
        except Broken as error:
            location = self.location
            self.close()
            # A reader who lost it at this moment reports nothing; the nightly check does.
            with suppress(access.NotThere, access.NotInOffice), access.acting(self._by):
                checking.report(location=location, intact=False, problem=str(error), at=timezone.now())
            log.exception("a stored file broke while it was sent", extra={"location": str(location)})
            raise

    def _demand_sight(self) -> None:
        """In a transaction of its own: may this membership still have this?"""
        try:
            with access.acting(self._by) as actor:
                let_in = self.still(actor)
        except access.NotInOffice:
            let_in = False
        if not let_in:
            self.close()
            record.refused(
                self._stopped, outcome=Event.Outcome.FORBIDDEN, membership=self._by.membership_id, key=self._key
            )
            raise Stopped


def sent_or_closed(stream: Stream | None, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer; a stream that it does not send is closed."""
    sends = False
    try:
        response = answer()
        sends = response.streaming
        return response
    finally:
        if stream is not None and not sends:
            stream.close()


class Sending(Stream):
    """One file, or a part of it."""

    def __init__(self, wanted: Wanted, reader: RawReader) -> None:
        super().__init__(by=wanted.by, stopped=wanted.stopped, key=wanted.key)
        self._wanted, self._reader = wanted, reader
        self._left = wanted.part.length
        self._ready: bytes | None = None
        reader.seek(wanted.part.start)

    @property
    def ended(self) -> bool:
        """Nothing is left, and nothing was read ahead."""
        return self._left == 0 and not self._ready

    @property
    def location(self) -> UUID:
        """Of the one file."""
        return self._wanted.location

    def still(self, actor: Actor) -> bool:
        """As whoever wanted it asks."""
        return self._wanted.still(actor)

    def prepare(self) -> None:
        """Read the first piece: what is broken or out of reach at once is still answered with a page. Raises Broken, Unreachable."""
        self._ready = self._read()

    def piece(self) -> bytes:
        """What was read ahead, then the rest."""
        piece, self._ready = self._ready if self._ready is not None else self._read(), None
        return piece

    def _read(self) -> bytes:
        whole = exactly(self._reader, min(self._room, self._left))
        self._left -= len(whole)
        return whole

    def close(self) -> None:
        """Let go of the storage, and of the place for a download."""
        super().close()
        self._reader.close()

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
