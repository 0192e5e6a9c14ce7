"""An export on its way: one archive, made while it is sent, asked for file by file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from foundation import access
from foundation.documents import vault
from foundation.documents.exporting import manifest, zipping
from foundation.documents.exporting.selecting import Chosen, Selection
from foundation.documents.models import DocumentVersion
from foundation.documents.permissions import DocumentPermission
from foundation.documents.refusals import Broken
from foundation.documents.sending import Stream, exactly
from foundation.documents.vault import RawReader
from foundation.tenancy.actors import Actor


class Damaged(Exception):
    """A file was found broken before anything of the export was sent."""

    def __init__(self, chosen: Chosen, problem: str) -> None:
        super().__init__(problem)
        self.chosen, self.problem = chosen, problem


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the archive: a stored file with its key, or what was written for the export itself."""

    name: str
    at: datetime
    size: int
    chosen: Chosen | None = None
    key: bytes = field(default=b"", repr=False)
    content: bytes = b""


class Archive(Stream):
    """What was written for the export, the files, and the directory at the end, without which no reader takes it for whole.

    Its memory is one piece and what it says of each file, whatever their sizes. A piece tells of one file alone and goes out when its
    reader sees that file; what tells of all, when the reader sees all.
    """

    def __init__(self, *, root_id: UUID, entries: Sequence[Entry], by: Actor) -> None:
        super().__init__(by=by, stopped="documents.archive.stopped", key=root_id)
        self._entries = entries
        self._zip = zipping.Writer()
        self._next = self._had = 0
        self._reader: RawReader | None = None
        self.length = zipping.length((entry.name, entry.size) for entry in entries)
        self.files = tuple(entry.chosen.file.pk for entry in entries if entry.chosen is not None)

    @property
    def ended(self) -> bool:
        """The directory was given."""
        return self._next > len(self._entries)

    @property
    def _entry(self) -> Entry | None:
        """What is being given; none for the directory at the end."""
        return self._entries[self._next] if self._next < len(self._entries) else None

    @property
    def location(self) -> UUID:
        """Of the file that is being given."""
        entry = self._entry
        assert entry is not None
        assert entry.chosen is not None
        return entry.chosen.file.location

    def still(self, actor: Actor) -> bool:
        """Membership, role and share, as for a download of the file; of each of them where all are told of."""
        entry = self._entry
        asked = self.files if entry is None or entry.chosen is None else (entry.chosen.file.pk,)
        return access.role_allows(actor, DocumentPermission.DOWNLOAD) and DocumentVersion.objects.visible_to(
            actor
        ).filter(pk__in=asked).count() == len(asked)

    def piece(self) -> bytes:
        """A piece of one entry, with its head and its end where they fall; or the end of all."""
        entry = self._entry
        if entry is None:
            self._next += 1
            return self._zip.end()
        head = b"" if self._had else self._zip.begin(entry.name, size=entry.size, at=entry.at)
        content = self._content(entry)
        self._had += len(content)
        body = self._zip.put(content)
        if self._had < entry.size:
            return head + body
        self._let_go()
        self._next, self._had = self._next + 1, 0
        return head + body + self._zip.finish()

    def _content(self, entry: Entry) -> bytes:
        length = min(self._room, entry.size - self._had)
        if entry.chosen is None:
            return entry.content[self._had : self._had + length]
        if self._reader is None:
            self._reader = RawReader(key=entry.key, stored=entry.chosen.file)
        return exactly(self._reader, length)

    def _let_go(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def close(self) -> None:
        """Let go of the storage, and of the place for a download."""
        super().close()
        self._let_go()


def prepared(selection: Selection, *, why: str, by: Actor, at: datetime) -> tuple[Entry, ...]:
    """The entries, with the keys of the files, in the words of their reader. Raises NotThere, Damaged, Unreachable."""
    said = manifest.written(selection, why=why, by=by, at=at)
    clock = timezone.localtime(at)
    written = [Entry(name=name, at=clock, size=len(text), content=text) for name, text in said.items()]
    return (*written, *_stored(selection, by=by))


def _stored(selection: Selection, *, by: Actor) -> Iterator[Entry]:
    chosen = selection.chosen[0]
    try:
        key_of = vault.file_keys(root_id=selection.root.pk, by=by)
        for chosen in selection.chosen:
            file = chosen.file
            at = timezone.localtime(file.received_at)
            yield Entry(name=chosen.name, at=at, size=file.size, chosen=chosen, key=key_of(file))
    except Broken as error:
        raise Damaged(chosen, str(error)) from error


def opened(entries: Sequence[Entry], *, root_id: UUID, by: Actor) -> Archive:
    """The archive, after a first look at each file, for which no transaction may be open: a storage may be slow.

    What is broken or out of reach at once is so still answered with a page. Raises Damaged, Unreachable, Busy, with nothing left open.
    """
    archive = Archive(root_id=root_id, entries=entries, by=by)
    try:
        for entry in entries:
            _look(entry)
    except BaseException:
        archive.close()
        raise
    return archive


def _look(entry: Entry) -> None:
    """Is it there, has it its length, does it open? A reader of its own, so that nothing of the look is held."""
    if entry.chosen is None:
        return
    try:
        with RawReader(key=entry.key, stored=entry.chosen.file) as reader:
            reader.read(1)
    except Broken as error:
        raise Damaged(entry.chosen, str(error)) from error
