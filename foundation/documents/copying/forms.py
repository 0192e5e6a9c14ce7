"""What is asked of somebody who files a copy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.documents.choices import Audience, DocumentKind, languages
from foundation.documents.copying.conditions import Said
from foundation.pages.forms import VersionedForm


class CopyForm(VersionedForm):
    """The copy, as a document of the other record. ``restricted``: the codes of the original ask for a permission."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Everybody for whom the copy is reads it. It must not name the record of the original."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    audience = forms.ChoiceField(label=_("For"), choices=Audience.choices, widget=forms.RadioSelect)
    handling = forms.MultipleChoiceField(
        label=_("Handling codes"),
        choices=HandlingCode.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "At least those of the original and of the other case. H0 stands alone: a restriction that you tick beside it takes"
            " its place."
        ),
    )
    handling_text = forms.CharField(label=_("Other restrictions (H3)"), max_length=300, required=False)
    permitted = forms.BooleanField(
        label=_("Whoever provided the document permits this"),
        required=False,
        help_text=_("H2 and H3 ask for it. Keep the permission; it stands in no record here."),
    )
    why = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "It stands in the custody records of the original and of the copy, which every reader of either sees. Name"
            " neither case: the readers of the one may not know of the other."
        ),
    )

    def __init__(self, *args: Any, restricted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not restricted:
            del self.fields["permitted"]

    def clean_handling(self) -> list[str]:
        """A restriction takes the place of the H0 with which the form began."""
        return handling.meant(self.cleaned_data["handling"], given=self.initial.get("handling", ()))

    def clean(self) -> dict[str, Any]:
        """Codes that go together."""
        cleaned = super().clean() or {}
        try:
            handling.check(cleaned.get("handling", []), cleaned.get("handling_text", ""))
        except ValidationError as error:
            if "handling" not in self.errors:
                self.add_error("handling", error)
        return cleaned

    def said(self) -> Said:
        """Everything that is said of the copy."""
        cleaned = self.cleaned_data
        return Said(
            title=cleaned["title"],
            kind=cleaned["kind"],
            language=cleaned["language"],
            audience=cleaned["audience"],
            handling=cleaned["handling"],
            handling_text=cleaned["handling_text"].strip() if HandlingCode.H3 in cleaned["handling"] else "",
            permitted=cleaned.get("permitted", False),
            why=cleaned["why"].strip(),
        )
