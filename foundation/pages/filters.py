"""Filters of a list: a form that is sent by its address, so that a narrowed list can be sent to somebody as a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, Q
from django.utils.choices import flatten_choices, normalize_choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.access import Cursor, Order, Page
from foundation.access.querysets import RootQuerySet
from foundation.components.folding import fold
from foundation.tenancy.actors import Actor

M = TypeVar("M", bound=Model)
LONGEST: Final = 100


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One filter that is set, in words, and the address of the list without it."""

    label: str
    value: str
    without: str


def any_of(choices: Sequence[tuple[str, Promise | str]]) -> list[tuple[str, Promise | str]]:
    """These choices after an empty one that narrows nothing."""
    return [("", gettext_lazy("Any")), *choices]


class FilterForm(forms.Form):
    """What a list can be narrowed by. Every field is optional; what is not offered is an error and narrows nothing.

    A field named ``sort`` orders the list and is no filter. ``in_view`` names the fields that stand above the fold.
    """

    use_required_attribute = False
    in_view: ClassVar[Sequence[str]] = ("text", "sort")
    searches: ClassVar[Promise | str] = ""
    """The label of the words, where they are looked for in something else."""

    text = forms.CharField(
        label=gettext_lazy("Words in title or reference"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": gettext_lazy("Type at most 100 characters.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        if self.searches:
            self.fields["text"].label = str(self.searches)
        for field in self.fields.values():
            field.required = False
            # Django's sentence repeats the value, which may be long and is not the reader's.
            for code in ("invalid_choice", "invalid_list"):
                field.error_messages[code] = _("This is not offered. Choose again.")

    def clean_text(self) -> str:
        """Something to look for, or nothing."""
        text = str(self.cleaned_data["text"])
        if text and not fold(text):
            raise forms.ValidationError(_("Type at least one letter or figure."))
        return text

    @property
    def above(self) -> list[forms.BoundField]:
        """The fields that are always in view."""
        return [self[name] for name in self.in_view if name in self.fields]

    @property
    def below(self) -> list[forms.BoundField]:
        """The fields that open on demand."""
        return [bound for bound in self if bound.name not in self.in_view]

    @property
    def wrong_below(self) -> bool:
        """Is there an error that one would not see while they are closed?"""
        return any(bound.errors for bound in self.below)

    def pairs(self) -> list[tuple[str, str]]:
        """Everything that is set, in the order of the fields: the list's address."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        return [
            (name, value)
            for name in self.fields
            for value in _values(cleaned.get(name))
            if not self._usual(name, value)
        ]

    def _usual(self, name: str, value: str) -> bool:
        """Is it the order in which the list stands anyway?"""
        field = self.fields[name]
        if name != "sort" or not isinstance(field, forms.ChoiceField):
            return False
        return value == next(iter(_labels(field)), None)

    def address(self, **more: str) -> str:
        """The query of the list as it is narrowed, with more parameters."""
        return "?" + urlencode([*self.pairs(), *more.items()])

    def chosen(self) -> tuple[Chosen, ...]:
        """The filters that are set."""
        pairs = self.pairs()
        return tuple(
            Chosen(
                label=str(self.fields[name].label),
                value=_in_words(self.fields[name], value),
                without="?" + urlencode([pair for pair in pairs if pair != (name, value)]),
            )
            for name, value in pairs
            if name != "sort"
        )


def containing(text: str, field: str = "root__folded") -> Q:
    """Every word of the text, in any order and spelling."""
    found = Q()
    for word in fold(text).split():
        found &= Q(**{f"{field}__contains": word})
    return found


def page_of(
    found: RootQuerySet[M],
    actor: Actor,
    wanted: Mapping[str, Any],
    *,
    after: Cursor | None,
    limit: int,
    order: Order = Order.ACTIVITY,
) -> Page[M]:
    """One page of a list: a whole one reads its newest rows, a narrowed one walks and says where it stopped."""
    read = found.bounded_page if narrows(wanted) else found.newest_page
    return read(actor, after=after, limit=limit, order=order)


def narrows(cleaned: Mapping[str, Any]) -> bool:
    """Is any filter set? Another order is none."""
    return any(value for name, value in cleaned.items() if name != "sort")


def _values(value: Any) -> list[str]:
    if value in (None, "", False):
        return []
    if value is True:
        return ["on"]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _in_words(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.BooleanField):
        return ""
    if not isinstance(field, forms.ChoiceField):
        return value
    return _labels(field).get(value, value)


def _labels(field: forms.ChoiceField) -> dict[str, str]:
    """The words of the codes that a field offers, in its order."""
    pairs: list[Any] = list(flatten_choices(normalize_choices(field.choices)))
    return {str(code): str(label) for code, label in pairs}
