"""The pages on which a file comes in. A body is read only once it is known that this person may file something here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.models import Root
from foundation.audit.models import Event
from foundation.documents import scanner, vault
from foundation.documents.intake import actions, markings, queries, slots
from foundation.documents.intake.forms import DocumentForm, FileForm
from foundation.documents.intake.queries import AGAIN
from foundation.documents.intake.streaming import IntoNothing, IntoVault
from foundation.documents.models import Document, Upload
from foundation.documents.permissions import DocumentPermission
from foundation.documents.refusals import Unreachable
from foundation.pages import assurance
from foundation.pages.base import access_role_required, in_words_of
from foundation.pages.forms import ActionPage
from foundation.pages.requests import account_of, chosen_membership


class FilePage(ActionPage):
    """A form with a file that may be large. It goes into the vault while it arrives, before the form's own transaction begins.

    In this order: sign-in, role, sight and level (a short transaction); the body, its fields first; the form's token; then the page as
    any other form. A file that the form has not come to know at the end is deleted.
    """

    permission = DocumentPermission.ADD
    template_name = "documents/add.html"
    streams = True
    keeps_drafts = True
    root: Root
    sent: IntoVault | None = None
    unreachable = False
    arrived: Upload | None = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        """The token is checked here and not by the middleware, which would read the body first."""
        view = super().as_view(**initkwargs)
        view.csrf_exempt = True  # type: ignore[attr-defined]
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in, read, check the token, act; keep nothing that nobody knows."""
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        request.upload_handlers = [IntoNothing(request)]
        try:
            stopped = self.guarded(self._admit) if request.user.is_authenticated else None
            if stopped is not None:
                return stopped
            return self._read(request) or super().dispatch(request, *args, **kwargs)
        finally:
            if self.sent is not None:
                self.sent.let_go()

    def _read(self, request: HttpRequest) -> HttpResponseBase | None:
        """Read the body, of which the form's token is a part; the answer to a foreign form."""
        place = self.sent is not None and slots.take()
        if self.sent is not None and not place:
            self.sent.turn_away()
        try:
            return CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {})
        finally:
            if place:
                slots.give_back()

    def _admit(self) -> HttpResponseBase | None:
        """May this person file something here? If so, the body gets a place."""
        request = self.request
        with access.acting_as(account_of(request), chosen_membership(request)) as actor, in_words_of(request, actor):
            request.actor = actor
            stopped = assurance.without_factor(self)
            if stopped is not None:
                return stopped
            access_role_required(actor, self.permission)
            self.load()
            if request.content_type == "multipart/form-data":
                try:
                    writer = vault.writer(root_id=self.root.pk, by=actor)
                except Unreachable:
                    self.unreachable = True
                    return None
                self.sent = IntoVault(writer, limit=settings.WBCJ_UPLOAD_LIMIT)
                request.upload_handlers = [self.sent]
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take note of the file first: a mistake in another field does not cost it."""
        if self.sent is not None and self.sent.too_large:
            return self._without_file(_("The file is larger than one may be (%(limit)s)."), 413)
        if self.sent is not None and self.sent.busy:
            return self._without_file(
                _("Many files are arriving at this moment. Nothing was kept; try again in a minute."), 503
            )
        if self.unreachable or (self.sent is not None and self.sent.unreachable):
            return self._without_file(
                _("The storage of files does not answer. Nothing was kept; try again in a few minutes."), 503
            )
        self.arrived = self._arrived(self.sent)
        return super().post(request, *args, **kwargs)

    def _arrived(self, sent: IntoVault | None) -> Upload | None:
        """The file of this form, or the one that it says has come before (also a form without a file, sent from another page)."""
        if sent is not None and sent.kept is not None:
            name = sent.file_name or ""
            upload = actions.arrived(
                root_id=self.root.pk, kept=sent.kept, file_name=name, by=self.actor, at=timezone.now()
            )
            sent.taken = True
            return upload
        return queries.own(self.actor, self.request.POST.get("upload", ""), root_id=self.root.pk)

    def _without_file(self, said: str, status: int) -> HttpResponse:
        form = self.get_form()
        self.outcome = Event.Outcome.CONFLICT
        form.add_error("file", said % {"limit": queries.limit()} if "%" in said else said)
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_initial(self) -> dict[str, Any]:
        """After a refusal, what was said of the file that was refused."""
        return {
            **super().get_initial(),
            **queries.said_before(self.actor, self.request.GET.get(AGAIN, ""), self.root.pk),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        """The file that has arrived; the form carries its key from now on."""
        kwargs = {**super().get_form_kwargs(), "arrived": self.arrived}
        if self.arrived is not None and "data" in kwargs:
            kwargs["data"] = kwargs["data"].copy()
            kwargs["data"]["upload"] = str(self.arrived.pk)
        return kwargs

    def act(self, form: forms.Form) -> str:
        """Send it off; the next page shows how it goes on."""
        assert isinstance(form, FileForm)
        assert self.arrived is not None
        said = {**form.said(self.actor), **self.about(), "path": self.request.path}
        actions.send_off(upload_id=self.arrived.pk, said=said, by=self.actor, at=timezone.now())
        return reverse("upload", kwargs={"pk": self.arrived.pk})

    def about(self) -> dict[str, Any]:
        """What the address says of the document."""
        return {}

    @property
    def not_now(self) -> str:
        """The record is closed, say."""
        return actions.objection(self.root, by=self.actor, at=timezone.now())

    def back(self) -> str:
        """Where the page leads without the act."""
        return reverse("root", kwargs={"pk": self.root.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page, and the files of this person that are on their way to this record."""
        return super().get_context_data(
            cancel_url=self.back(),
            arrived=self.arrived,
            unfinished=queries.unfinished(self.actor, self.root.pk),
            begin_url=reverse("upload_begin", kwargs={"pk": self.root.pk}),
            limit=queries.limit(),
            scanned=scanner.configured(),
            **kwargs,
        )


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class DocumentAdd(FilePage):
    """A new document of a root."""

    verb = "documents.add_form.opened"
    form_class = DocumentForm
    submit_label = gettext_lazy("File the document")
    heading = gettext_lazy("Add a document")

    def load(self) -> None:
        """The root, through the walls, at the level that filing takes."""
        self.root = Root.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root.pk)

    def get_initial(self) -> dict[str, Any]:
        """What most documents are, marked as the record is."""
        marking = markings.of(self.root, self.actor)
        usual = {"audience": "everyone", "kind": "letter", "language": self.request.user.language}
        return {
            **usual,
            "handling": list(marking.codes),
            "handling_text": marking.text,
            **super().get_initial(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page."""
        trail = [{"label": self.root.reference, "url": reverse("root", kwargs={"pk": self.root.pk})}]
        return super().get_context_data(**{"heading": self.heading, "lead": self.root.title, "trail": trail, **kwargs})


class VersionAdd(FilePage):
    """A newer version of a document; all earlier ones stay."""

    verb = "documents.version_form.opened"
    form_class = FileForm
    submit_label = gettext_lazy("File the version")
    document: Document

    def load(self) -> None:
        """The document, through the walls."""
        self.document = Document.objects.visible_to(self.actor).select_related("root").get(pk=self.kwargs["pk"])
        self.root, self.root_id = self.document.root, self.document.root_id
        access.require(self.actor, self.permission, self.document)

    @property
    def not_now(self) -> str:
        """It was withdrawn, or the record is closed."""
        return _("The document was withdrawn. File it as a new one.") if self.document.withdrawn_at else super().not_now

    def about(self) -> dict[str, Any]:
        """Which document."""
        return {"document": str(self.document.pk)}

    def back(self) -> str:
        """The document."""
        return reverse("document", kwargs={"pk": self.document.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page."""
        trail = [
            {"label": self.root.reference, "url": reverse("root", kwargs={"pk": self.root.pk})},
            {"label": self.document.title, "url": self.back()},
        ]
        words = {"heading": _("File a newer version"), "lead": self.document.title, "trail": trail}
        return super().get_context_data(**{**words, **kwargs})
