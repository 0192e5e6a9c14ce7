"""What a hostile or unlucky browser sends: for each field of a form, values that it never offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

LONG = "long " * 20_000
# The worst three come first.
TEXTS = (
    LONG,
    "a\0b",
    "",
    "bell \x07 escape \x1b[2J backspace \x08 delete \x7f",
    "\u202eright to left\u202c العربية עברית",
    "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %} %s %(a)s",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩🏽‍⚖️ \ufeff\u200b",
    "\ud7ff\r\n\r\n' OR 1=1 --",
)
# A key that is nobody's, the same in every process that collects the tests.
NOBODYS = "0c5f1be2-6f6e-4d5a-9d0e-3b1f6f1c2a77"
CHOICES = (NOBODYS, "9" * 40, "a\0b", "", "no such choice", "-1", "1e5", "NaN", "٣", "None", "['1']")
NUMBERS = ("", "-1", "0", "9" * 19, "9" * 400, "1e5", "NaN", "٣", "1.5", "a\0b")
DATES = ("0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "-1", "garbage", "٢٠٢٦-١٢-٠١", "a\0b", "9" * 400)
INSTANTS = (
    *(f"{day}T00:00" for day in DATES),
    *(f"{day}T23:59" for day in ("0001-01-01", "9999-12-31")),
    "T",
    "2027-03-28T02:30",
)


@dataclass(frozen=True)
class Attack:
    """One field filled with one hostile value, the rest as an honest browser would send it."""

    field: str
    value: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) < 60 else f"{self.value[:20]}… ({len(self.value)} characters)"
        return f"{self.field}={shown!r}"


def honest(form: forms.BaseForm) -> dict[str, Any]:
    """The form as a browser sends it when somebody fills in what is empty."""
    typed = {bound.html_name: _shown(bound) for bound in form}
    return {name: value for name, value in typed.items() if value not in (None, False, "")}


def on(form: forms.BaseForm) -> Iterator[Attack]:
    """Every hostile value for the first field of a kind, the worst three for the others that are read by the same code."""
    seen: set[tuple[str, ...]] = set()
    for bound in form:
        values = _values(bound.field)
        for value in values[:3] if values in seen else values:
            yield Attack(bound.html_name, value)
        seen.add(values)


def let_go(answer: Any) -> None:
    """Close what a file is read from, unread, as when the browser goes away; the connection of the test stays open."""
    for close in answer._resource_closers:
        close()


def is_text(field: forms.Field) -> bool:
    """Does somebody write words into it?"""
    return isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)


def _values(field: forms.Field) -> tuple[str, ...]:
    kinds: tuple[tuple[type[forms.Field], tuple[str, ...]], ...] = (
        (forms.DateTimeField, INSTANTS),
        (forms.DateField, DATES),
        (forms.IntegerField, NUMBERS),
        (forms.ChoiceField, CHOICES),
        (forms.CharField, TEXTS),
    )
    return next((values for kind, values in kinds if isinstance(field, kind)), CHOICES)


def _shown(bound: forms.BoundField) -> Any:
    value = bound.value()
    if value in (None, "", []):
        value = _invented(bound.field)
    if isinstance(value, list | tuple):
        return [str(getattr(one, "pk", one)) for one in value]
    if hasattr(value, "strftime"):
        return bound.field.widget.format_value(value)
    return value if isinstance(value, bool) or value is None else str(getattr(value, "pk", value))


def _invented(field: forms.Field) -> Any:
    tomorrow = timezone.localtime() + timedelta(days=1)
    if isinstance(field, forms.ChoiceField):
        found = [str(_key(code)) for code in _flat(field.choices) if _key(code) not in ("", None)]
        several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        return found[:1] if several else next(iter(found), None)
    if isinstance(field, forms.DateTimeField):
        return tomorrow.strftime("%Y-%m-%dT%H:%M")
    if isinstance(field, forms.DateField):
        return tomorrow.date().isoformat()
    if isinstance(field, forms.EmailField):
        return "somebody@example.org"
    if isinstance(field, forms.IntegerField):
        return 1
    return "Plain words" if isinstance(field, forms.CharField) else None


def _key(code: Any) -> Any:
    return getattr(code, "value", code)


def _flat(choices: Any) -> Iterator[Any]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield code
