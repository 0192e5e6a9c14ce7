"""The pages of documents: all of a root, one document, its custody record, its withdrawal."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.models import Root
from foundation.documents import actions, custody, queries
from foundation.documents.choices import Act
from foundation.documents.forms import WithdrawForm
from foundation.documents.intake.queries import unfinished
from foundation.documents.models import Document
from foundation.documents.permissions import DocumentPermission
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.pages.lists import cursor_of


def root_step(root: Root) -> dict[str, str]:
    """The step of the breadcrumb that leads to the record, of whatever kind."""
    return {"label": root.reference, "url": reverse("root", kwargs={"pk": root.pk})}


class DocumentsOf(ActorPage):
    """Every document of a root that the reader sees."""

    permission = DocumentPermission.VIEW
    verb = "documents.list.viewed"
    template_name = "documents/of_root.html"

    def load(self) -> None:
        """The root, through the walls."""
        self.root = Root.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty of them."""
        after = cursor_of(self.request.GET.get("after", ""))
        lines, older = queries.all_of_root(self.actor, self.root.pk, after=after)
        return super().get_context_data(
            root=self.root,
            trail=[root_step(self.root)],
            lines=lines,
            older=older,
            after=after,
            may_add=access.allowed(self.actor, DocumentPermission.ADD, self.root.pk),
            may_export=bool(lines) and access.allowed(self.actor, DocumentPermission.DOWNLOAD, self.root.pk),
            unfinished=unfinished(self.actor, self.root.pk),
            **kwargs,
        )


class OfDocument(ActorPage):
    """A page about one document: loads it through the wall and requires the page's permission on it."""

    permission: ClassVar[access.Permission] = DocumentPermission.VIEW
    document: Document

    def load(self) -> None:
        """The document with its root and who filed it."""
        found = Document.objects.visible_to(self.actor).select_related(
            "root", "received_by__account", "received_by__authority__partner", "withdrawn_by__account"
        )
        self.document = found.get(pk=self.kwargs["pk"])
        self.root_id = self.document.root_id
        access.require(self.actor, self.permission, self.document)

    def address(self) -> str:
        """The page of the document."""
        return reverse("document", kwargs={"pk": self.document.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The document and the way to it."""
        trail = [root_step(self.document.root)]
        if type(self) is not DocumentPage:
            trail.append({"label": self.document.title, "url": self.address()})
        return super().get_context_data(document=self.document, trail=trail, **kwargs)


class DocumentPage(OfDocument):
    """What it is, its versions with what was found in them, and who had it in hand last."""

    verb = "documents.document.viewed"
    template_name = "documents/document.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; the look is on the custody record too, from the next look on."""
        response = super().get(request, *args, **kwargs)
        custody.note(Act.VIEWED, self.document, by=self.actor)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything."""
        return super().get_context_data(view=queries.view(self.document, actor=self.actor), **kwargs)


class CustodyPage(OfDocument):
    """The custody record."""

    verb = "documents.custody.viewed"
    template_name = "documents/custody.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A hundred lines."""
        after = cursor_of(self.request.GET.get("after", ""))
        entries, older = queries.custody(self.actor, self.document, after=after)
        return super().get_context_data(entries=entries, older=older, after=after, **kwargs)


class Withdraw(OfDocument, ActionPage):
    """Take the document out of the lists."""

    permission = DocumentPermission.WITHDRAW
    verb = "documents.withdraw_form.opened"
    form_class = WithdrawForm
    submit_label = gettext_lazy("Withdraw document")

    def get_initial(self) -> dict[str, Any]:
        """The version that was read."""
        return {**super().get_initial(), "version": self.document.version}

    @property
    def not_now(self) -> str:
        """It was withdrawn before."""
        return _("The document was withdrawn already.") if self.document.withdrawn_at else ""

    def act(self, form: forms.Form) -> str:
        """Withdraw it."""
        actions.withdraw(document=self.document, by=self.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(self.request, _("The document was withdrawn."))
        return self.address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": _("Withdraw the document"), "lead": self.document.title, "danger": True}
        return super().get_context_data(**{**words, "cancel_url": self.address(), **kwargs})
