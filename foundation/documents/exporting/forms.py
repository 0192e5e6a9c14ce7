"""What is asked of somebody who exports documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.components import formats
from foundation.documents.queries import DocumentLine


class ExportForm(forms.Form):
    """Which documents, in which versions, and why."""

    documents = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Documents"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one document."),
            "invalid_choice": gettext_lazy(
                "One of these documents is not here any more. Look at what is chosen, and send this again."
            ),
        },
    )
    all_versions = forms.BooleanField(
        label=gettext_lazy("All versions"),
        required=False,
        help_text=gettext_lazy("Otherwise the newest version of each document."),
    )
    why = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=300,
        help_text=gettext_lazy(
            "Why, and for whom. It stands in the archive, and in the custody records, which the readers of each document see."
        ),
    )

    def clean_why(self) -> str:
        """In one line."""
        return " ".join(str(self.cleaned_data["why"]).split())

    def __init__(self, *args: Any, lines: Sequence[DocumentLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["documents"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(line.document.pk), said(line)) for line in lines]
        # What was taken out of the lists, or is damaged, nobody hands on by oversight.
        field.initial = [
            str(line.document.pk) for line in lines if line.document.withdrawn_at is None and not line.newest.broken
        ]


def said(line: DocumentLine) -> str:
    """A document in one line."""
    document, version = line.document, line.newest.version
    marks = [_("withdrawn")] if document.withdrawn_at else []
    marks += [_("damaged")] if line.newest.broken else []
    parts = [
        document.title,
        *marks,
        ", ".join(document.handling),
        document.get_kind_display(),
        formats.size(version.size),
        formats.instant(version.received_at),
        line.audience,
    ]
    return " · ".join(part for part in parts if part)
