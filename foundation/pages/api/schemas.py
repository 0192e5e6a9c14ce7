"""The body of an act in the words of JSON Schema, read from the form that takes it."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.pages.api import bodies
from foundation.pages.api.folding import Folded
from foundation.pages.values import SEVERAL

_TYPES: dict[str, dict[str, Any]] = {
    "array of strings": {"type": "array"},
    "array of integers": {"type": "array"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "date-time with offset": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "string": {"type": "string"},
}


def of_form(
    form_class: type[forms.Form],
    *,
    coded: tuple[str, ...],
    folded: tuple[Folded, ...],
    begun: tuple[str, ...],
    partly: bool,
) -> dict[str, Any]:
    """What the body may say. ``begun`` may be left out, and ``partly`` all of it, since it stands somewhere already."""
    fields = {name: field for name, field in form_class.base_fields.items() if name != bodies.VERSION}
    asked = [name for name, field in fields.items() if field.required and field.initial is None and name not in begun]
    asked += [one.name for one in folded if one.needed]
    plain = {name: _of_field(field, coded=name in coded) for name, field in fields.items()}
    lists = {one.name: {"type": "array", "items": _entry(one), "description": one.said} for one in folded}
    return _object({**plain, **lists}, [] if partly else asked)


def _entry(folded: Folded) -> dict[str, Any]:
    """One entry of a folded list."""
    fields = folded.fields.items()
    needed = [folded.key, *(member for member, field in fields if field.required)]
    return _object(
        {folded.key: {"type": "string"}, **{name: _of_field(field, coded=False) for name, field in fields}}, needed
    )


def _object(properties: dict[str, Any], needed: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": needed} if needed else made


def _of_field(field: forms.Field, *, coded: bool) -> dict[str, Any]:
    made = dict(_TYPES[bodies.kind_of(field)])
    if isinstance(field, SEVERAL):
        made["items"] = _one(field, coded=coded)
    elif made["type"] in {"string", "integer"} and "format" not in made:
        made |= _one(field, coded=coded)
    # Whoever may leave a value out may also say that there is none.
    if not field.required and made["type"] != "boolean":
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    said = " ".join(f"{text}".rstrip(".") + "." for text in (field.label, field.help_text) if text)
    return {**made, **_bounds(field), "description": said}


def _one(field: forms.Field, *, coded: bool) -> dict[str, Any]:
    """One value of a field that is said as text or as a number."""
    kind = "integer" if bodies.is_number(field) else "string"
    if isinstance(field, forms.ModelChoiceField):
        return {"type": "string"} if coded else {"type": "string", "format": "uuid"}
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        codes = [code if kind == "integer" else str(code) for code, _label in choices if code]
        return {"type": kind, **({"enum": codes} if codes else {})}
    return {"type": kind}


def _bounds(field: forms.Field) -> dict[str, Any]:
    found = {
        "maxLength": getattr(field, "max_length", None),
        "minLength": getattr(field, "min_length", None) or (1 if _is_text(field) and field.required else None),
        "minimum": getattr(field, "min_value", None),
        "maximum": getattr(field, "max_value", None),
        "default": field.initial if isinstance(field.initial, str | int | list) else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField)
