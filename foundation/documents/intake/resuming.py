"""The addresses to which the script of the form sends a file in pieces. They answer in JSON, and never with a page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access.models import Root
from foundation.documents import pieces
from foundation.documents.intake import actions, queries, slots
from foundation.documents.intake.actions import OutOfOrder, UnableToUpload
from foundation.documents.intake.uploads import OfUpload
from foundation.documents.models import Upload
from foundation.documents.permissions import DocumentPermission
from foundation.documents.refusals import Unreachable
from foundation.pages.base import ActorPage
from foundation.tenancy.actors import Actor


class Answers(ActorPage):
    """Answers a script: 401 when nobody is signed in, 403 for another membership."""

    permission: ClassVar[access.Permission] = DocumentPermission.ADD

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A script cannot sign in, so it is told in a number."""
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return super().dispatch(request, *args, **kwargs)

    def another(self) -> HttpResponseBase:
        """Written for another membership."""
        return HttpResponse(status=403)


class UploadBegin(Answers):
    """Announce a file; answers with its address and the length of a piece. The file that was begun before goes on."""

    verb = "documents.upload.begun"

    def load(self) -> None:
        """The root, through the walls."""
        self.root = Root.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Begin, or go on where this same file stopped."""
        name, mark, size = request.POST.get("name", ""), request.POST.get("mark", ""), request.POST.get("size", "")
        if not name or not (size.isascii() and size.isdigit()) or len(size) > 15 or "\0" in mark:  # noqa: PLR2004
            return JsonResponse({}, status=400)
        found = Upload.objects.visible_to(self.actor).filter(
            root=self.root.pk,
            file_name=actions.stored_name(name),
            size=int(size),
            mark=mark[:100],
            state__in=["arriving", "arrived"],
        )
        try:
            upload = found.exclude(mark="").order_by("-touched_at").first() or actions.begin(
                root_id=self.root.pk, file_name=name, size=int(size), mark=mark, by=self.actor, at=timezone.now()
            )
        except UnableToUpload as error:
            return JsonResponse({"said": str(error)}, status=409)
        except Unreachable:
            return HttpResponse(status=503)
        return state_of(upload)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to see here."""
        return HttpResponseNotAllowed(["POST"])


class UploadPiece(Answers, OfUpload):
    """Take one piece: the whole body, nothing around it."""

    verb = "documents.upload.piece_came"
    streams = True
    length = 0
    due: actions.Due | None = None
    problem: UnableToUpload | Unreachable | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in, then read and store the body with no transaction open, then count it: the lock of a row waits for no storage."""
        if request.method == "POST" and request.user.is_authenticated:
            wanted = self.ahead(self._admit)
            if wanted is None:
                return super().dispatch(request, *args, **kwargs)
            if request.META.get("CONTENT_LENGTH") != str(wanted):
                return HttpResponse(status=400)
            if not slots.take():
                return HttpResponse(status=503)
            try:
                self.length = self._take(request, wanted)
            finally:
                slots.give_back()
            if self.length != wanted:
                return HttpResponse(status=400)
        return super().dispatch(request, *args, **kwargs)

    def _admit(self, actor: Actor) -> int:
        """How long this piece has to be; with what is needed to store it, if it is the one that is due."""
        self.load()
        try:
            self.due = actions.due(self.upload, number=self.kwargs["number"], by=actor)
        except Unreachable as error:
            self.problem = error
        return pieces.length_of_piece(self.kwargs["number"], size=self.upload.size)

    def _take(self, request: HttpRequest, wanted: int) -> int:
        """Read it; where it came whole, store it. How long it was."""
        data = request.read(wanted)
        if self.due is not None and len(data) == wanted:
            try:
                self.due.store(data)
            except (UnableToUpload, Unreachable) as error:
                self.problem = error
        return len(data)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """How much has arrived."""
        return state_of(self.upload)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count it; a piece that came before changes nothing."""
        if isinstance(self.problem, UnableToUpload):
            return JsonResponse({"said": str(self.problem)}, status=409)
        if self.problem is not None:
            return HttpResponse(status=503)
        number = self.kwargs["number"]
        if self.due is None:
            ahead = self.upload.state == "arriving" and number * pieces.SEGMENT >= self.upload.received
            return state_of(self.upload, status=409 if ahead else 200)
        try:
            upload = actions.keep_piece(
                upload_id=self.upload.pk, number=number, length=self.length, by=self.actor, at=timezone.now()
            )
        except OutOfOrder:
            return state_of(self.upload, status=409)
        return state_of(upload)


def state_of(upload: Upload, *, status: int = 200) -> JsonResponse:
    """What the script needs to go on."""
    first = reverse("upload_piece", kwargs={"pk": upload.pk, "number": 0})
    return JsonResponse(
        {
            "key": str(upload.pk),
            "received": upload.received,
            "size": upload.size,
            "piece": pieces.SEGMENT,
            "address": first.removesuffix("0/"),
            "state": "failed" if queries.view(upload).failed else upload.state,
        },
        status=status,
    )
