"""The value of a field as a browser sends it, so that two can be compared, carried along and shown in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices, normalize_choices
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from foundation.components import formats

Typed = tuple[str, ...]
"""What a browser sends for one field: no value when it is empty, several where several may be ticked."""

SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


def typed(field: forms.Field, value: Any) -> Typed:
    """The value, clean or as typed, in one fixed form: trimmed, newlines alike, ticks in order."""
    if isinstance(field, forms.BooleanField):
        return ("on",) if value else ()
    prepared = field.prepare_value(value)
    shown = prepared if isinstance(prepared, list | tuple) else field.widget.format_value(prepared)
    if isinstance(shown, list | tuple):
        return tuple(sorted(str(getattr(one, "value", one)) for one in shown if one not in (None, "")))
    text = "" if shown is None else normalize_newlines(str(shown)).strip()
    return (text,) if text else ()


def words(field: forms.Field, values: Typed) -> list[str]:
    """The value as its form shows it, one entry for each thing that was chosen."""
    if isinstance(field, forms.BooleanField):
        return [_("yes") if values else _("no")]
    if isinstance(field, forms.ModelChoiceField):
        return _rows(field, values)
    if isinstance(field, forms.ChoiceField):
        offered: list[tuple[Any, Any]] = list(flatten_choices(normalize_choices(field.choices)))
        labels = {str(code): str(label) for code, label in offered}
        return [labels.get(value, _("no longer on offer")) for value in values]
    return [_moment(field, value) for value in values]


def _rows(field: forms.ModelChoiceField[Any], values: Typed) -> list[str]:
    """By what is on offer now: a row that is not is not named."""
    name = field.to_field_name or "pk"
    found = {} if field.queryset is None else {str(getattr(row, name)): row for row in field.queryset}
    return [
        str(field.label_from_instance(found[value])) if value in found else _("no longer on offer") for value in values
    ]


def _moment(field: forms.Field, value: str) -> str:
    """A date or an instant as pages show it; anything else as it was written."""
    formatters: tuple[tuple[type[forms.Field], Callable[[Any], str], type], ...] = (
        (forms.DateTimeField, formats.instant, datetime),
        (forms.DateField, formats.day, date),
    )
    for kind, formatted, wanted in formatters:
        if isinstance(field, kind):
            try:
                moment = field.to_python(value)
            except ValidationError:
                return value
            return formatted(moment) if isinstance(moment, wanted) else value
    return value
