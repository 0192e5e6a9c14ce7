"""The fast way from rows to an answer: a serializer of items is read once, and becomes a plain function of a row.

It has no rules of its own. What a field is called, where it is read and how it is written, the serializer says; the functions say it
with fewer words in between. What is not known here, and a row that is shaped otherwise, is left to the serializer itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import Manager
from django.urls import get_script_prefix, reverse
from django.utils import translation
from rest_framework import serializers
from rest_framework.fields import empty

from foundation.pages.api.fields import AddressField, CodeField, RecordAddressField

Write = Callable[[Any], Any]
Item = type[serializers.BaseSerializer[Any]]
Plain = dict[str, Any]
OTHERWISE: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What a row raises that is not shaped as the functions expect; whether that is a mistake, the serializer says."""
_NOBODY: Final = UUID(int=0)


class _Unknown(Exception):
    """A field or serializer that has its own way of writing."""


def rows(item: Item, found: Iterable[Any], *, context: dict[str, Any]) -> list[Plain]:
    """Rows of a list as they are sent, in the language of the request."""
    kept, kind = tuple(found), cast("Any", item)
    write = _writer(kind, translation.get_language() or "", get_script_prefix())
    if write is not None:
        try:
            return [write(row) for row in kept]
        except OTHERWISE:
            pass
    return by_serializer(item, kept, context=context)


def by_serializer(item: Item, found: Iterable[Any], *, context: dict[str, Any]) -> list[Plain]:
    """The same by the serializer's own objects: what the plain functions are held against."""
    return list(item(tuple(found), many=True, context=context).data)


@functools.lru_cache(maxsize=256)
def _writer(item: Item, language: str, prefix: str) -> Write | None:
    """The function for one language: labels and addresses are written into it once. None: the serializer has its own way."""
    try:
        return _of_serializer(item())
    except _Unknown:
        return None


def _of_serializer(serializer: Any) -> Write:
    if type(serializer).to_representation is not serializers.Serializer.to_representation:
        raise _Unknown
    # The fields that are sent; the library has no other name for them.
    fields = tuple((field.field_name, _getter(field), _of(field)) for field in serializer._readable_fields)  # noqa: SLF001

    def write(row: Any) -> Plain:
        said = {}
        for name, get, say in fields:
            value = get(row)
            said[name] = None if value is None else say(value)
        return said

    return write


def _getter(field: Any) -> Write:
    """Where the field is read: one step after the other, each an attribute or the entry of a mapping; without any, the row itself."""
    own = type(field).get_attribute is not serializers.Field.get_attribute
    if own or field.default is not empty:
        raise _Unknown
    steps = tuple(field.source_attrs)

    def get(row: Any) -> Any:
        for step in steps:
            row = row[step] if isinstance(row, dict) else getattr(row, step)
            if callable(row):
                row = row()
        return row

    def if_there(row: Any) -> Any:
        try:
            return get(row)
        except (AttributeError, KeyError):
            return None

    return if_there if field.allow_null else get


def _of(field: Any) -> Write:
    if isinstance(field, serializers.ListSerializer):
        return _of_many(field)
    if isinstance(field, serializers.Serializer):
        return _of_serializer(field)
    if isinstance(field, serializers.BaseSerializer):
        raise _Unknown
    make = _MAKERS.get(type(field))
    # A field of its own kind writes as it does in the serializer; it is one object for all requests and may hold nothing of any.
    return cast("Write", field.to_representation) if make is None else make(field)


def _of_many(field: Any) -> Write:
    one = _of(field.child)
    return lambda value: [one(each) for each in (value.all() if isinstance(value, Manager) else value)]


def _of_list(field: Any) -> Write:
    one = _of(field.child)
    return lambda value: [None if each is None else one(each) for each in value]


def _of_dict(field: Any) -> Write:
    one = _of(field.child)
    return lambda value: {str(key): None if each is None else one(each) for key, each in value.items()}


def _of_code(field: CodeField) -> Write:
    """Code and label of each member, made once; a text that is no member raises, as the field would."""
    made = {member.value: field.to_representation(member.value) for member in list(field.enumeration)}
    if field.allow_null:
        made.setdefault("", None)
    return made.__getitem__


def _of_address(field: AddressField) -> Write:
    before, after = _around(field.named)
    return lambda value: f"{before}{value}{after}"


def _of_record_address(field: RecordAddressField) -> Write:
    around = {kind: _around(name) for kind, name in field.names.items()}

    def say(record: Any) -> str | None:
        if record.gone:
            return None
        before, after = around[record.kind]
        return f"{before}{record.root}{after}"

    return say


def _around(name: str) -> tuple[str, str]:
    """What stands before the key in the addresses of that name, and behind it."""
    before, _nobody, after = reverse(name, kwargs={"pk": _NOBODY}).partition(str(_NOBODY))
    return before, after


def _of_instant(field: Any) -> Write:
    if hasattr(field, "format"):
        raise _Unknown
    return _instant


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _of_day(field: Any) -> Write:
    if hasattr(field, "format"):
        raise _Unknown
    return date.isoformat


def _of_key(field: Any) -> Write:
    if field.uuid_format != "hex_verbose":
        raise _Unknown
    return str


_MAKERS: Final[dict[type[Any], Callable[[Any], Write]]] = {
    serializers.CharField: lambda _field: str,
    serializers.IntegerField: lambda _field: int,
    serializers.BooleanField: lambda field: field.to_representation,
    serializers.ChoiceField: lambda field: field.to_representation,
    serializers.UUIDField: _of_key,
    serializers.DateField: _of_day,
    serializers.DateTimeField: _of_instant,
    serializers.ListField: _of_list,
    serializers.DictField: _of_dict,
    CodeField: _of_code,
    AddressField: _of_address,
    RecordAddressField: _of_record_address,
}
