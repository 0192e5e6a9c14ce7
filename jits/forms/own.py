"""What a party writes for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from foundation.tenancy.models import Membership
from jits.approvals import Answered, Asked
from jits.choices import ApprovalStatus

ONLY_US = gettext_lazy("Only people of your own partner who see the team read it.")


class OwnNoteForm(forms.Form):
    """A note."""

    text = forms.CharField(
        label=gettext_lazy("Note"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}), help_text=ONLY_US
    )


class EditOwnNoteForm(OwnNoteForm, VersionedForm):
    """The same over a note that stands."""


def _day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


class ApprovalForm(forms.Form):
    """What is asked of the own side."""

    subject = forms.CharField(
        label=gettext_lazy("What is asked"),
        max_length=300,
        help_text=gettext_lazy("For example: consent of the ministry, consent of the chief prosecutor, translation."),
    )
    of_whom = forms.CharField(
        label=gettext_lazy("Of whom"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In words. Or choose a person below, who is told."),
    )
    person = forms.TypedChoiceField(label=gettext_lazy("Person"), required=False, empty_value=None)
    asked_date = _day(gettext_lazy("Asked on"), required=True)
    due_date = _day(gettext_lazy("Needed by"), hint=gettext_lazy("Empty: no day is set."))

    def __init__(self, *args: Any, people: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        named = [(str(one.pk), f"{one.account.full_name}, {one.authority.name}") for one in people]
        field.choices = [("", _("Nobody by name")), *named]
        field.coerce = {str(one.pk): one.pk for one in people}.__getitem__

    def asked(self) -> Asked:
        """What was typed."""
        typed = self.cleaned_data
        return Asked(
            subject=typed["subject"],
            of_whom=typed["of_whom"],
            person_id=typed["person"],
            asked_date=typed["asked_date"],
            due_date=typed["due_date"],
        )


class EditApprovalForm(ApprovalForm, VersionedForm):
    """The same, with what was answered."""

    status = forms.ChoiceField(label=gettext_lazy("Answer"), choices=ApprovalStatus.choices, widget=forms.RadioSelect)
    answered_date = _day(gettext_lazy("Answered on"), hint=gettext_lazy("Needed with every answer."))
    words = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=ONLY_US,
    )
    field_order = ("status", "answered_date", "words", "subject", "of_whom", "person", "asked_date", "due_date")

    def answered(self) -> Answered:
        """What was answered."""
        typed = self.cleaned_data
        return Answered(status=typed["status"], answered_date=typed["answered_date"], words=typed["words"])
