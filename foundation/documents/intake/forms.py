"""What is asked of somebody who files a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.access import audiences
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.documents.choices import Audience, DocumentKind, languages
from foundation.documents.inspection.kinds import accept
from foundation.documents.intake.streaming import FIELD
from foundation.documents.models import Upload
from foundation.tenancy.actors import Actor


class FileForm(forms.Form):
    """A file, or the key of one that has arrived already. The file comes last, so that every other field is read before it."""

    why = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Why it is filed; it stands in the custody record, which every reader of the document sees."
        ),
    )
    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": accept()}),
    )

    def __init__(self, *args: Any, arrived: Upload | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrived = arrived
        self.order_fields([name for name in self.fields if name not in {"why", "upload", FIELD}])
        # The file that came stands in for the field.
        self.fields[FIELD].required = False

    def clean(self) -> dict[str, Any]:
        """There is a file."""
        cleaned = super().clean() or {}
        if self.arrived is None and FIELD not in self.errors:
            self.add_error(FIELD, _("Choose a file."))
        return cleaned

    def said(self, by: Actor) -> dict[str, Any]:
        """What is kept of the form until the file is filed."""
        del by
        return {"why": self.cleaned_data["why"]}


class DocumentForm(FileForm):
    """A new document."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Left empty, the document is called like its file."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    audience = forms.ChoiceField(label=gettext_lazy("For"), choices=Audience.choices, widget=forms.RadioSelect)
    handling = forms.MultipleChoiceField(
        label=gettext_lazy("Handling codes"),
        choices=HandlingCode.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "H1 and H2 can go together; H3 needs words. H0 stands alone: a restriction that you tick beside it takes its place."
        ),
    )
    handling_text = forms.CharField(label=gettext_lazy("Other restrictions (H3)"), max_length=300, required=False)

    def clean_handling(self) -> list[str]:
        """A restriction takes the place of the H0 with which the form began."""
        return handling.meant(self.cleaned_data["handling"], given=self.initial.get("handling", ()))

    def clean(self) -> dict[str, Any]:
        """Codes that go together."""
        cleaned = super().clean()
        try:
            handling.check(cleaned.get("handling", []), cleaned.get("handling_text", ""))
        except ValidationError as error:
            if "handling" not in self.errors:
                self.add_error("handling", error)
        return cleaned

    def said(self, by: Actor) -> dict[str, Any]:
        """Everything that the filing asks for."""
        cleaned = self.cleaned_data
        name = "" if self.arrived is None else self.arrived.file_name
        return {
            **super().said(by),
            "title": cleaned["title"].strip() or name.rpartition(".")[0][:200] or name[:200],
            "kind": cleaned["kind"],
            "language": cleaned["language"],
            "handling": cleaned["handling"],
            "handling_text": cleaned["handling_text"] if HandlingCode.H3 in cleaned["handling"] else "",
            "audience": audiences.group_of(cleaned["audience"], by) if "audience" in cleaned else None,
            "about": None,
        }


class AttachedForm(DocumentForm):
    """A document about a row that has its readers already."""

    audience = None  # type: ignore[assignment]


class DiscardForm(forms.Form):
    """Nothing is asked."""
