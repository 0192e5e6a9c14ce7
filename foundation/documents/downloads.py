"""The download of a version: an attachment and nothing else, in whole or in part."""

from __future__ import annotations

from typing import Any, ClassVar

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
from foundation.documents.sending import Busy, Sending
from foundation.pages.base import ActorPage

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


class Download(ActorPage):
    """Who may: whoever sees the document. A HEAD says what a GET would send.

    A POST sends the same with a reason for the custody record: words in an address would stand in logs.
    """

    permission: ClassVar[access.Permission] = DocumentPermission.DOWNLOAD
    verb = "documents.file.downloaded"

    def load(self) -> None:
        """The version, through its document."""
        found = DocumentVersion.objects.visible_to(self.actor).select_related("document")
        self.file = found.get(document=self.kwargs["pk"], number=self.kwargs["number"])
        self.root_id = self.file.root_id
        access.require(self.actor, self.permission, self.file)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The file; 206 for a part, 416 where there is none, 409 where the file is broken, 503 where it can be had later."""
        try:
            part = ranges.asked(
                request.headers.get("Range", "") if request.method == "GET" else "",
                size=self.file.size,
                if_range=request.headers.get("If-Range", ""),
                etag=self.etag,
            )
        except ranges.NotSatisfiable:
            return self._answer(416, {"Content-Range": f"bytes */{self.file.size}", "Content-Length": "0"})
        try:
            reader = vault.raw_reader(root_id=self.file.root_id, stored=self.file, by=self.actor)
            sending = Sending.of(file=self.file, reader=reader, part=part, by=self.actor)
        except Broken as error:
            return self._broken(error)
        except (Unreachable, Busy) as error:
            return self._later(busy=isinstance(error, Busy))
        custody.note(Act.DOWNLOADED, self.file.document, file=self.file, why=request.POST.get("why", ""), by=self.actor)
        record.consulted(self.verb, by=self.actor, root=self.root_id)
        return StreamingHttpResponse(sending, status=206 if part.partial else 200, headers=self._headers(part))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The whole file, with a reason."""
        return self.get(request, *args, **kwargs)

    def head(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Length, type and fingerprint, without a byte of the file."""
        record.consulted(self.verb, by=self.actor, root=self.root_id)
        return self._answer(200, self._headers(ranges.Part(0, self.file.size)))

    @property
    def etag(self) -> str:
        """The fingerprint: two files with the same one are the same."""
        return f'"{self.file.sha256}"'

    def _answer(self, status: int, headers: dict[str, str]) -> HttpResponse:
        return HttpResponse(status=status, headers={"Accept-Ranges": "bytes", "ETag": self.etag, **headers})

    def _headers(self, part: ranges.Part) -> dict[str, str]:
        headers = {
            # Whatever it says it is: a browser saves it and neither shows nor guesses it.
            "Content-Type": "application/octet-stream",
            "Content-Disposition": attachment(self.file.file_name),
            "Content-Length": str(part.length),
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Accept-Ranges": "bytes",
            "ETag": self.etag,
        }
        if part.partial:
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{self.file.size}"
        return headers

    def _later(self, *, busy: bool) -> HttpResponse:
        """The storage does not answer, or as many downloads run as may."""
        self.outcome = Event.Outcome.CONFLICT
        context = {"document": self.file.document, "busy": busy}
        answer = render(self.request, "documents/unreachable.html", context, status=503)
        answer.headers["Retry-After"] = "30"
        return answer

    def _broken(self, error: Broken) -> HttpResponse:
        """Nothing of it goes out; custody, staff and the managers of the root learn of it in this transaction."""
        checking.report(location=self.file.location, intact=False, problem=str(error), at=timezone.now())
        self.outcome = Event.Outcome.CONFLICT
        return render(self.request, "documents/broken.html", {"document": self.file.document}, status=409)
