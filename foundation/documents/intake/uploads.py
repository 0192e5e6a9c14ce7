"""The pages of an upload that is on its way: how it stands, and giving it up."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.models import Root
from foundation.documents.intake import actions, queries
from foundation.documents.intake.forms import DiscardForm
from foundation.documents.models import Upload
from foundation.documents.permissions import DocumentPermission
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage


class OfUpload(ActorPage):
    """A page about a file on its way: of whoever sent it, and of nobody else."""

    permission: ClassVar[access.Permission] = DocumentPermission.ADD
    upload: Upload

    def load(self) -> None:
        """The own row."""
        self.upload = Upload.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.upload.root

    def root(self) -> Root | None:
        """Where it is to be filed, unless sight of that was lost."""
        return Root.objects.visible_to(self.actor).filter(pk=self.upload.root).first()


class UploadPage(OfUpload):
    """How far it is: arriving, being looked into, refused with its reasons, filed."""

    verb = "documents.upload.viewed"
    template_name = "documents/upload.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its state in words."""
        root = self.root()
        trail = [] if root is None else [{"label": root.reference, "url": reverse("root", kwargs={"pk": root.pk})}]
        return super().get_context_data(view=queries.view(self.upload), root=root, trail=trail, **kwargs)


class UploadDiscard(OfUpload, ActionPage):
    """Let go of it."""

    verb = "documents.upload_discard_form.opened"
    form_class = DiscardForm
    submit_label = gettext_lazy("Discard the file")

    @property
    def not_now(self) -> str:
        """It is in the machine's hands, unless the machine has given up."""
        return _("The file is being looked into.") if actions.being_looked_into(self.upload) else ""

    def act(self, form: forms.Form) -> str:
        """Discard it."""
        del form
        actions.discard(upload_id=self.upload.pk, by=self.actor)
        return self.back()

    def back(self) -> str:
        """The record, or home."""
        root: UUID | None = self.upload.root if self.root() is not None else None
        return "/" if root is None else reverse("root", kwargs={"pk": root})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": _("Discard the file"), "lead": self.upload.file_name, "danger": True}
        return super().get_context_data(
            **{
                **words,
                "cancel_url": reverse("upload", kwargs={"pk": self.upload.pk}),
                "cancel_label": _("Keep it"),
                **kwargs,
            }
        )
