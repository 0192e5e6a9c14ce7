"""A JSON body as the form of the page takes it, so that both are held to one set of rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from foundation.pages import values
from foundation.pages.api import problems
from foundation.pages.values import SEVERAL, Typed

VERSION: Final = "version"
"""The hidden field of a form over an editable record; the API takes it from If-Match."""


def of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the request; an empty body says nothing. Raises Refused."""
    if not request.body:
        return {}
    try:
        said = json.loads(request.body.decode(), object_pairs_hook=_once, parse_constant=_no_number)
        # A half of a surrogate pair can be written in JSON, but neither stored nor sent.
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise problems.Refused(problems.BAD_REQUEST) from error
    if not isinstance(said, dict):
        raise problems.Refused(problems.BAD_REQUEST)
    return said


def fields_of(form: forms.Form) -> dict[str, forms.Field]:
    """What the body may say."""
    return {name: field for name, field in form.fields.items() if name != VERSION}


def faults_in(form: forms.Form, body: Mapping[str, Any]) -> list[problems.Fault]:
    """Members that do not exist or are of another type than their field."""
    fields = fields_of(form)
    return [*_unknown(body.keys() - fields.keys()), *_of_wrong_type(fields, body)]


def sent(
    form: forms.Form, body: Mapping[str, Any], *, standing: Mapping[str, object] | None, version: int | None
) -> MultiValueDict[str, Any]:
    """The body as form data. What it leaves out stays as it stands, or begins as the empty form of the page does."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, field in fields_of(form).items():
        data.setlist(form.add_prefix(name), list(_texts(name, field, body, standing)))
    if version is not None:
        data[form.add_prefix(VERSION)] = str(version)
    return data


def faults_of(form: forms.Form) -> list[problems.Fault]:
    """What the form objects to, as places in the body; what concerns no field alone concerns the whole."""
    return [
        problems.Fault(
            pointer="" if name == NON_FIELD_ERRORS else f"/{name}",
            code=error["code"] or "invalid",
            detail=error["message"],
        )
        for name, errors in form.errors.get_json_data().items()
        for error in errors
    ]


def _texts(name: str, field: forms.Field, body: Mapping[str, Any], standing: Mapping[str, object] | None) -> Typed:
    if name in body:
        return _written(body[name])
    before = field.initial if standing is None else standing.get(name, field.initial)
    if isinstance(before, datetime):
        # Whole: a page would cut it to the minute, and could not say which of two when clocks are put back.
        return (before.isoformat(),)
    return values.typed(field, before() if callable(before) else before)


def _written(said: Any) -> Typed:
    """As a browser would have sent it."""
    if isinstance(said, list):
        return tuple(str(one) for one in said)
    if isinstance(said, bool):
        return ("on",) if said else ()
    return () if said is None else (str(said),)


def _unknown(names: Iterable[str]) -> Iterator[problems.Fault]:
    said = _("There is no such member here.")
    return (problems.Fault(pointer=f"/{_escaped(name)}", code="unknown", detail=said) for name in sorted(names))


def _of_wrong_type(fields: Mapping[str, forms.Field], body: Mapping[str, Any]) -> Iterator[problems.Fault]:
    for name, said in body.items():
        if name in fields and not _fits(fields[name], said):
            yield problems.Fault(
                pointer=f"/{name}",
                code="type",
                detail=_("This is of another type: %(type)s.") % {"type": kind_of(fields[name])},
            )


def kind_of(field: forms.Field) -> str:
    """The JSON type of a field, in the words of JSON Schema."""
    if isinstance(field, SEVERAL):
        return "array of integers" if is_number(field) else "array of strings"
    if isinstance(field, forms.BooleanField):
        return "boolean"
    if is_number(field):
        return "integer"
    if isinstance(field, forms.DateTimeField):
        return "date-time with offset"
    return "date" if isinstance(field, forms.DateField) else "string"


def is_number(field: forms.Field) -> bool:
    """Is its value, or each of several, a whole number?"""
    return isinstance(field, forms.IntegerField) or getattr(field, "coerce", None) is int


def _is_integer(said: Any) -> bool:
    return isinstance(said, int) and not isinstance(said, bool)


_FITTING: Final[dict[str, Callable[[Any], bool]]] = {
    "array of strings": lambda one: isinstance(one, str),
    "array of integers": _is_integer,
    "boolean": lambda said: isinstance(said, bool),
    "integer": _is_integer,
}


def _fits(field: forms.Field, said: Any) -> bool:
    kind = kind_of(field)
    if said is None:
        return not isinstance(field, forms.BooleanField)
    if kind.startswith("array of "):
        return isinstance(said, list) and all(_FITTING[kind](one) for one in said)
    if kind in _FITTING:
        return _FITTING[kind](said)
    return isinstance(said, str) and _is_time(kind, said)


def _is_time(kind: str, said: str) -> bool:
    """Days and instants in one form alone, and none is said by null; an instant without its offset could be any of many."""
    if kind == "string":
        return True
    try:
        if kind == "date":
            return date.fromisoformat(said).isoformat() == said
        found: datetime | None = parse_datetime(said)
    except ValueError:
        return False
    return found is not None and found.tzinfo is not None


def _escaped(name: str) -> str:
    """In a JSON pointer (RFC 6901), and not longer than a sentence."""
    return name[:100].replace("~", "~0").replace("/", "~1")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A member that comes twice means one thing to one reader and another to the next."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError
    return made


def _no_number(_text: str) -> None:
    raise ValueError
