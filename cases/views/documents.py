"""A document that is attached to a note."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from cases.models import Note
from foundation.documents.intake.forms import AttachedForm
from foundation.documents.intake.views import DocumentAdd


class NoteDocumentAdd(DocumentAdd):
    """Whoever reads the note reads the document, and nobody else: it gets the audience of the note."""

    verb = "cases.note_document_form.opened"
    form_class = AttachedForm
    heading = gettext_lazy("Attach a document to the note")

    def load(self) -> None:
        """The note, through its case."""
        super().load()
        self.note = Note.objects.visible_to(self.actor).of(self.root.pk).get(pk=self.kwargs["child"])

    def about(self) -> dict[str, Any]:
        """Which note, and for whom it was written."""
        return {"about": str(self.note.pk), "audience": self.note.audience_id}

    def back(self) -> str:
        """The notes of the case."""
        return f"{reverse('case', kwargs={'pk': self.root.pk})}#notes"
