"""The download of a stored file: an attachment and nothing else, in whole or in part."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from foundation import access
from foundation.audit import record
from foundation.audit.models import Event
from foundation.documents import checking, custody, ranges, vault
from foundation.documents.choices import Act
from foundation.documents.models import DocumentVersion
from foundation.documents.names import attachment
from foundation.documents.permissions import DocumentPermission
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.sending import Busy, Sending, Wanted, sent_or_closed
from foundation.documents.stored import StoredFile
from foundation.pages.base import ActorPage
from foundation.tenancy.actors import Actor

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attached(*, name: str, length: int, sent_as: str = "application/octet-stream") -> dict[str, str]:
    """The headers of an attachment and nothing else."""
    return {
        "Content-Type": sent_as,
        "Content-Disposition": attachment(name),
        "Content-Length": str(length),
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


class FileDownload(ActorPage):
    """Sends one stored file. A HEAD says what a GET would send.

    In this order: rights and the file's key (a short transaction); the first piece, with no transaction open, so that a slow storage
    holds none; then the page as any other, which asks for the rights again, puts the download on record, and sends. What cannot be
    read at once is still answered with a page. Each further piece is authorised for itself (``Sending``).
    """

    # Whatever it says it is: a browser saves it and neither shows nor guesses it.
    sent_as: ClassVar[str] = "application/octet-stream"
    stopped: ClassVar[str]
    """Names a download in the record that ended with the right to it."""

    _sending: Sending | None = None
    _part: ranges.Part
    # Found ready only when the page was asked a second time.
    _problem: Exception | None = Unreachable("not there yet")

    @abstractmethod
    def find(self) -> None:
        """Read the row with the file, through the walls, and demand the right to it. Raises DoesNotExist, Forbidden."""

    @abstractmethod
    def stored(self) -> StoredFile | None:
        """The file of what was found, if it has one."""

    @abstractmethod
    def file_name(self) -> str:
        """How the reader's browser calls it."""

    @abstractmethod
    def still(self, actor: Actor, location: UUID) -> bool:
        """Asked before each piece: may this reader have this file now?"""

    @abstractmethod
    def unread(self, *, status: int, why: str) -> HttpResponse:
        """The page instead of the file. ``why``: damaged, away, busy; changed where it is not to be given out at all."""

    def given_out(self) -> bool:
        """Whether what was found may be given out as it is."""
        return True

    def taken(self) -> None:
        """What else goes on record with the download."""

    def load(self) -> None:
        """As it stands once the first piece was read."""
        self.find()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open, read the first piece, then answer; what was opened and is not sent is closed."""
        if request.method not in {"GET", "POST"} or not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        self._begin()
        return sent_or_closed(self._sending, partial(super().dispatch, request, *args, **kwargs))

    def _begin(self) -> None:
        try:
            opened = self.ahead(self._opened)
            if opened is not None:
                self._sending = Sending.of(*opened)
        except (Broken, Unreachable, Busy, ranges.NotSatisfiable) as error:
            self._problem = error

    def _opened(self, actor: Actor) -> tuple[Wanted, vault.RawReader] | None:
        """The file with its key. Raises NotSatisfiable, Broken, Unreachable."""
        self.find()
        stored = self.stored()
        return None if stored is None else self._wanted(stored, actor)

    def _wanted(self, stored: StoredFile, actor: Actor) -> tuple[Wanted, vault.RawReader]:
        assert self.root_id is not None
        self._part = self._asked(stored)
        reader = vault.raw_reader(root_id=self.root_id, stored=stored, by=actor)
        location = stored.location
        wanted = Wanted(
            location=location, part=self._part, by=actor, still=lambda by: self.still(by, location),
            stopped=self.stopped, key=self.kwargs["pk"],
        )  # fmt: skip
        return wanted, reader

    def _asked(self, stored: StoredFile) -> ranges.Part:
        """Raises NotSatisfiable."""
        return ranges.asked(
            self.request.headers.get("Range", "") if self.request.method == "GET" else "",
            size=stored.size,
            if_range=self.request.headers.get("If-Range", ""),
            etag=_etag(stored),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The file; 206 for a part, 416 where there is none, 409 where it is broken or not given out, 503 where it may be later."""
        stored = self.stored()
        if stored is not None and isinstance(self._problem, Broken):
            return self._broken(stored, self._problem)
        if stored is None or not self.given_out():
            return self._instead(409, "changed")
        if isinstance(self._problem, ranges.NotSatisfiable):
            return _answer(416, stored, {"Content-Range": f"bytes */{stored.size}", "Content-Length": "0"})
        if self._sending is None:
            return self._instead(503, "busy" if isinstance(self._problem, Busy) else "away")
        self.taken()
        record.consulted(self.verb, by=self.actor, root=self.root_id)
        headers = self._headers(stored, self._part)
        return StreamingHttpResponse(self._sending, status=206 if self._part.partial else 200, headers=headers)

    def head(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Length, type and fingerprint, without a byte of the file."""
        stored = self.stored()
        if stored is None or not self.given_out():
            return self._instead(409, "changed")
        record.consulted(self.verb, by=self.actor, root=self.root_id)
        return _answer(200, stored, self._headers(stored, ranges.Part(0, stored.size)))

    def _headers(self, stored: StoredFile, part: ranges.Part) -> dict[str, str]:
        headers = {
            **attached(name=self.file_name(), length=part.length, sent_as=self.sent_as),
            "Accept-Ranges": "bytes",
            "ETag": _etag(stored),
        }
        if part.partial:
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{stored.size}"
        return headers

    def _broken(self, stored: StoredFile, error: Broken) -> HttpResponse:
        """Nothing of it goes out; custody, staff and the managers of the root learn of it in this transaction."""
        checking.report(location=stored.location, intact=False, problem=str(error), at=timezone.now())
        return self._instead(409, "damaged")

    def _instead(self, status: int, why: str) -> HttpResponse:
        self.outcome = Event.Outcome.CONFLICT
        answer = self.unread(status=status, why=why)
        if status == 503:  # noqa: PLR2004
            answer.headers["Retry-After"] = "30"
        return answer


def _etag(stored: StoredFile) -> str:
    """The fingerprint: two files with the same one are the same."""
    return f'"{stored.sha256}"'


def _answer(status: int, stored: StoredFile, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(status=status, headers={"Accept-Ranges": "bytes", "ETag": _etag(stored), **headers})


class Download(FileDownload):
    """A version of a document. Who may: whoever sees the document.

    A POST sends the same as a GET, with a reason for the custody record: words in an address would stand in logs.
    """

    permission: ClassVar[access.Permission] = DocumentPermission.DOWNLOAD
    verb = "documents.file.downloaded"
    stopped = "documents.file.stopped"

    def find(self) -> None:
        """The version, through its document."""
        found = DocumentVersion.objects.visible_to(self.actor).select_related("document")
        self.file = found.get(document=self.kwargs["pk"], number=self.kwargs["number"])
        self.root_id = self.file.root_id
        access.require(self.actor, self.permission, self.file)

    def stored(self) -> StoredFile:
        """Of the version; it never changes."""
        return self.file

    def file_name(self) -> str:
        """As it was filed."""
        return self.file.file_name

    def still(self, actor: Actor, location: UUID) -> bool:
        """Membership, role and share."""
        return (
            access.role_allows(actor, self.permission)
            and DocumentVersion.objects.visible_to(actor).filter(location=location).exists()
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The whole file, with a reason."""
        return self.get(request, *args, **kwargs)

    def taken(self) -> None:
        """The custody record says who had it, and why."""
        why = self.request.POST.get("why", "")
        custody.note(Act.DOWNLOADED, self.file.document, file=self.file, why=why, by=self.actor)

    def unread(self, *, status: int, why: str) -> HttpResponse:
        """Damaged, or to be had later."""
        template = "documents/broken.html" if why == "damaged" else "documents/unreachable.html"
        context = {"document": self.file.document, "busy": why == "busy"}
        return render(self.request, template, context, status=status)
