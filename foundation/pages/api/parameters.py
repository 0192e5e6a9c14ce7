"""What a request to an operation says in headers, address and query, as the document of the interface describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from drf_spectacular.utils import OpenApiParameter

from foundation.pages.api.idempotency import HEADER, LONGEST
from foundation.pages.api.preconditions import IF_MATCH
from foundation.pages.filters import FilterForm

_KEY = re.compile(r"{(\w+)}")
_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string", "pattern": "^[^\\x00]*$"}
"""The database stores every character but this one."""


def of(view: Any, path: str) -> Iterator[OpenApiParameter]:
    """All of them, headers first."""
    for name, schema, required, said in _headers(view):
        yield OpenApiParameter(name, schema, OpenApiParameter.HEADER, required=required, description=said)
    yield from map(_key, _KEY.findall(path))
    yield from _query(view)


def _headers(view: Any) -> Iterator[tuple[str, Any, bool, str]]:
    if not hasattr(view, "stands_on"):
        yield "If-None-Match", str, False, "The ETag of an earlier answer."
    elif view.keyed:
        key = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[\\x21-\\x7e]+$"}
        yield (
            HEADER,
            key,
            True,
            "A new word for each intention, a UUID for instance. Sent again it has no second effect.",
        )
    if getattr(view, "stands_on", False):
        yield IF_MATCH, str, True, 'The ETag of the record as it was read, or its version in quotation marks ("4").'
    yield "Accept-Language", str, False, "Language of labels and errors."


def _query(view: Any) -> Iterator[OpenApiParameter]:
    """What the query of the address may hold."""
    if hasattr(view, "stands_on"):
        return
    form: Any = getattr(view, "form_class", None)
    for name, field in ({} if form is None else form.base_fields).items():
        # A filter that is left out narrows nothing, whatever its field says.
        yield _of_field(name, field, needed=field.required and not issubclass(form, FilterForm))
    if "after" in view.parameters:
        place = "The place in the list where this page begins; taken from `next`, never made up."
        yield OpenApiParameter("after", str, description=place)
        yield OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50})


def _key(name: str) -> OpenApiParameter:
    said = "The record's key." if name == "id" else f"The key of the {name}, which stands below the record."
    return OpenApiParameter(name, _UUID, OpenApiParameter.PATH, description=said)


def _of_field(name: str, field: forms.Field, *, needed: bool) -> OpenApiParameter:
    label = str(field.label)
    if isinstance(field, forms.BooleanField):
        return OpenApiParameter(name, bool, description=label)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        many = isinstance(field, forms.MultipleChoiceField)
        codes = [str(code) for code, _label in choices if code]
        # A single one that is empty narrows nothing.
        offered = codes if many or not codes else [*codes, ""]
        return OpenApiParameter(name, str, required=needed, description=label, enum=offered or None, many=many)
    if isinstance(field, forms.DateField):
        return OpenApiParameter(name, {"type": "string", "format": "date"}, description=label)
    if isinstance(field, forms.DateTimeField):
        return OpenApiParameter(name, {"type": "string", "format": "date-time"}, description=label)
    return OpenApiParameter(name, _TEXT | {"maxLength": getattr(field, "max_length", None)}, description=label)
