"""The long form of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import personal_data
from cases.actions.cases import Facts
from cases.choices import Stage, Urgency
from cases.models import Case, CaseCrimeType, CasePriority, ConcernedPartner, CrimeType, Priority
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.pages.forms import VersionedForm
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import PartnerKind
from foundation.tenancy.models import Partner

M = TypeVar("M", bound=models.Model)
Tag = type[CaseCrimeType] | type[CasePriority] | type[ConcernedPartner]


class Chosen(list[M]):
    """Rows that were ticked, in a fixed order, so that two choices can be compared and read."""

    def __str__(self) -> str:
        return ", ".join(str(row) for row in self)


# Generic in the stubs alone.
if TYPE_CHECKING:
    _Choice = forms.ModelMultipleChoiceField[Any]
else:
    _Choice = forms.ModelMultipleChoiceField


class Ticks(_Choice):
    """Rows to tick. The cleaned value is a Chosen list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The ticked rows."""
        return Chosen(super().clean(value))


class CaseForm(forms.Form):
    """What a case says about itself."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("Short, and without names of persons: it stands in lists."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "What happened, where, and why it concerns others. No personal data: no names, addresses, numbers or accounts."
        ),
    )
    personal_data_checked = forms.BooleanField(
        label=gettext_lazy("I have read title and summary again: they hold no personal data"),
        required=False,
        widget=forms.HiddenInput,
    )
    crime_types = Ticks(
        label=gettext_lazy("Crime types"),
        queryset=CrimeType.objects.none(),
        help_text=gettext_lazy("Forms of serious crime within Eurojust's competence."),
    )
    priorities = Ticks(
        label=gettext_lazy("European Union priorities"), queryset=Priority.objects.none(), required=False
    )
    partners = Ticks(
        label=gettext_lazy("Partners concerned"),
        queryset=Partner.objects.filter(kind=PartnerKind.WESTERN_BALKAN),
        required=False,
        help_text=gettext_lazy("Where the case reaches. Ticking a partner shows it nothing."),
    )
    member_states = Ticks(
        label=gettext_lazy("EU Member States concerned"),
        queryset=Partner.objects.filter(kind=PartnerKind.MEMBER_STATE),
        required=False,
    )
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=Stage.choices, initial=Stage.INVESTIGATION)
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    handling = forms.MultipleChoiceField(
        label=gettext_lazy("Handling codes"),
        choices=HandlingCode.choices,
        initial=[HandlingCode.H0.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("H0 stands alone; H1 and H2 may stand together; H3 needs words."),
    )
    handling_text = forms.CharField(label=gettext_lazy("Other restrictions (H3)"), max_length=300, required=False)

    def __init__(self, *args: Any, today: date, actor: Actor, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        crime_types = _keys(actor, case, CaseCrimeType, "crime_type")
        priorities = _keys(actor, case, CasePriority, "priority")
        self._offer("crime_types", CrimeType.objects.valid_on(today) | CrimeType.objects.filter(pk__in=crime_types))
        self._offer("priorities", Priority.objects.valid_on(today) | Priority.objects.filter(pk__in=priorities))

    def _offer(self, name: str, rows: models.QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, Ticks)
        field.queryset = rows

    def reached(self) -> list[Partner]:
        """The partners that were ticked, of both kinds."""
        return [*self.cleaned_data["partners"], *self.cleaned_data["member_states"]]

    def clean(self) -> dict[str, Any]:
        """Handling codes that go together; a warning, once, where the text looks like personal data."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            handling.check(cleaned.get("handling", []), cleaned.get("handling_text", ""))
        except ValidationError as error:
            if "handling" not in self.errors:
                self.add_error("handling", error)
        found = personal_data.found_in(f"{cleaned.get('title', '')}\n{cleaned.get('summary', '')}")
        if found:
            self._warn(found, confirmed=bool(cleaned.get("personal_data_checked")))
        return cleaned

    def _warn(self, found: list[str], *, confirmed: bool) -> None:
        self.fields["personal_data_checked"].widget = forms.CheckboxInput()
        if not confirmed:
            sentence = _("This looks like %(kinds)s. Take it out; if it is none, tick the box and send again.")
            self.add_error("personal_data_checked", sentence % {"kinds": ", ".join(found)})

    def facts(self) -> Facts:
        """The cleaned form as the action wants it."""
        cleaned = self.cleaned_data
        return Facts(
            title=cleaned["title"],
            summary=cleaned["summary"],
            stage=cleaned["stage"],
            urgency=cleaned["urgency"],
            handling=cleaned["handling"],
            handling_text=cleaned["handling_text"] if HandlingCode.H3 in cleaned["handling"] else "",
            crime_types=cleaned["crime_types"],
            priorities=cleaned["priorities"],
            partners=self.reached(),
        )


def _keys(actor: Actor, case: Case | None, model: Tag, column: str) -> Sequence[Any]:
    """Keys of what the case has from before: it stays on offer when its validity has ended."""
    return [] if case is None else list(model.objects.visible_to(actor).of(case.pk).values_list(column, flat=True))


class CaseEditForm(CaseForm, VersionedForm):
    """The same over a case that stands; carries the version that was read."""


def values_of(case: Case, actor: Actor) -> Mapping[str, object]:
    """What stands in the case, under the form's names."""
    partners = Chosen(_chosen(actor, case, ConcernedPartner, "partner"))
    return {
        "title": case.root.title,
        "summary": case.summary,
        "stage": case.stage,
        "urgency": case.urgency,
        "handling": case.handling,
        "handling_text": case.handling_text,
        "crime_types": _chosen(actor, case, CaseCrimeType, "crime_type"),
        "priorities": _chosen(actor, case, CasePriority, "priority"),
        "partners": Chosen(row for row in partners if row.kind != PartnerKind.MEMBER_STATE),
        "member_states": Chosen(row for row in partners if row.kind == PartnerKind.MEMBER_STATE),
        "version": case.version,
    }


def _chosen(actor: Actor, case: Case, model: Tag, column: str) -> Chosen[Any]:
    rows = model.objects.visible_to(actor).of(case.pk).select_related(column)
    return Chosen(sorted((getattr(row, column) for row in rows), key=lambda row: (row.position, str(row))))
