"""The texts of a form that was not taken, under the labels of its fields, for somebody who may want to copy them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

# What is chosen from an offer goes along unseen: its code says nothing to a reader.
_CHOSEN: Final = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)


@dataclass(frozen=True)
class Text:
    """Something that was typed, and what its field is called."""

    label: str
    value: str


def typed(request: HttpRequest, names: Iterable[str]) -> list[Text]:
    """What was written into these fields; what was chosen or ticked is left out."""
    fields = _fields(request)
    return [
        Text(label=_label(name, fields.get(name)), value=value)
        for name in names
        if not isinstance(fields.get(name), _CHOSEN)
        for value in request.POST.getlist(name)
        if value.strip() and not _is_key(value)
    ]


def _fields(request: HttpRequest) -> dict[str, forms.Field]:
    """The fields of the form at this address, as far as its class knows them."""
    match = request.resolver_match
    page: Any = None if match is None else getattr(match.func, "view_class", None)
    form = getattr(page, "form_class", None)
    return dict(getattr(form, "base_fields", {}))


def _label(name: str, field: forms.Field | None) -> str:
    """A field that only the record brings along (a text for a partner, say) is called by its name in the form."""
    if field is not None and field.label:
        return str(field.label)
    words = name.replace("_", " ").replace("-", " ").strip()
    return _("Field: %(name)s") % {"name": words}


def _is_key(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
