"""Whether what a drafter filled in is what the parameter asks for. Each fault is a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from jits.agreement.structure import Parameter

LONGEST_TEXT: Final = 300
LONGEST_PROSE: Final = 20_000
MOST_MONTHS: Final = 120
MOST_ROWS: Final = 500
_MOST: Final = Decimal(10) ** 12
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
# Controls, signs that turn or hide letters, halves of pairs, letters that nobody assigned: on paper nobody sees that they are there.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def faults(parameter: Parameter, value: Any, *, language: str, label: str) -> Iterator[str]:
    """Sentences about a value for a document in that language. Nothing filled in is no fault here."""
    yield from (
        sentence % {"label": label, **told} for sentence, told in _CHECKS[parameter.kind](parameter, value, language)
    )


_Faults = Iterator[tuple[str, dict[str, object]]]


def _text(_parameter: Parameter, value: Any, _language: str, *, longest: int = LONGEST_TEXT) -> _Faults:
    if not isinstance(value, str):
        yield _("“%(label)s” must be a text."), {}
    elif not value.strip():
        yield _("“%(label)s” is empty."), {}
    elif len(value) > longest:
        yield (
            _("“%(label)s” has %(length)d letters; %(longest)d are possible."),
            {"length": len(value), "longest": longest},
        )
    elif any(unicodedata.category(each) in _UNSEEN for each in value.replace("\r\n", "\n").replace("\n", " ")):
        yield _("“%(label)s” holds signs that nobody would see on paper."), {}
    elif longest == LONGEST_TEXT and "\n" in value:
        yield _("“%(label)s” must stand on one line."), {}


def _prose(parameter: Parameter, value: Any, language: str) -> _Faults:
    if isinstance(value, Mapping):
        if not value.get(language):
            yield _("“%(label)s” is missing in the language %(language)s."), {"language": language}
            return
        value = value[language]
    yield from _text(parameter, value, language, longest=LONGEST_PROSE)


def _date(_parameter: Parameter, value: Any, _language: str) -> _Faults:
    if not _is_day(value):
        yield _("“%(label)s” must be a day, such as 2026-05-31."), {}


def _is_day(value: Any) -> bool:
    if value.__class__ not in {date, str}:
        return False
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _months(_parameter: Parameter, value: Any, _language: str) -> _Faults:
    if value.__class__ is not int or not 1 <= value <= MOST_MONTHS:
        yield _("“%(label)s” must be a whole number of months, from 1 to %(most)d."), {"most": MOST_MONTHS}


def _money(_parameter: Parameter, value: Any, _language: str) -> _Faults:
    if not isinstance(value, Mapping) or set(value) != {"amount", "currency"} or not _is_amount(value["amount"]):
        yield _("“%(label)s” must be an amount above zero with two decimals at most, and its currency."), {}
    elif not isinstance(value["currency"], str) or not _CURRENCY.fullmatch(value["currency"]):
        yield _("The currency of “%(label)s” must be a code of three letters, such as EUR."), {}


def _is_amount(value: Any) -> bool:
    try:
        amount = Decimal(value) if value.__class__ in {str, int, Decimal} else Decimal("NaN")
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 < amount < _MOST and amount == amount.quantize(Decimal("0.01"))


def _list(parameter: Parameter, value: Any, language: str) -> _Faults:
    if not isinstance(value, list | tuple) or not parameter.least <= len(value) <= MOST_ROWS:
        yield (
            _("“%(label)s” must have %(least)d to %(most)d entries."),
            {"least": parameter.least, "most": MOST_ROWS},
        )
        return
    for position, each in enumerate(value, 1):
        yield from _within(_short_prose(parameter, each, language), position)


def _short_prose(parameter: Parameter, value: Any, language: str) -> _Faults:
    """Prose that stands in a cell or a list."""
    if isinstance(value, Mapping) and value.get(language):
        value = value[language]
    yield from _prose(parameter, value, language) if isinstance(value, Mapping) else _text(parameter, value, language)


def _rows(parameter: Parameter, value: Any, language: str) -> _Faults:
    if not isinstance(value, list | tuple) or not parameter.least <= len(value) <= MOST_ROWS:
        yield (
            _("“%(label)s” must have %(least)d to %(most)d rows."),
            {"least": parameter.least, "most": MOST_ROWS},
        )
        return
    for position, row in enumerate(value, 1):
        if not isinstance(row, Mapping) or set(row) != set(parameter.columns):
            yield from _within(iter([(_("“%(label)s” needs every column filled in, and no other."), {})]), position)
            continue
        for column, kind in parameter.columns.items():
            check = _CELLS[kind, parameter.name == "amendments"]
            yield from _within(check(parameter, row[column], language), position)


def _within(found: _Faults, position: int) -> _Faults:
    for sentence, told in found:
        yield sentence + " " + _("(row %(row)d)"), {**told, "row": position}


def _choice(parameter: Parameter, value: Any, _language: str) -> _Faults:
    if not isinstance(value, str) or value not in parameter.choices:
        yield _("“%(label)s” must be one of the choices."), {}


def _choices(parameter: Parameter, value: Any, _language: str) -> _Faults:
    if not isinstance(value, list | tuple) or not all(
        isinstance(each, str) and each in parameter.choices for each in value
    ):
        yield _("“%(label)s” must be among the choices."), {}
    elif len(set(value)) != len(value):
        yield _("“%(label)s” names a choice twice."), {}
    elif len(value) < parameter.least:
        yield _("“%(label)s” needs at least %(least)d of the choices."), {"least": parameter.least}


def _yes_no(_parameter: Parameter, value: Any, _language: str) -> _Faults:
    if not isinstance(value, bool):
        yield _("“%(label)s” must be answered yes or no."), {}


_Check = Callable[[Parameter, Any, str], _Faults]
_CELLS: Final[dict[tuple[str, bool], _Check]] = {
    ("text", False): _text,
    ("text", True): _text,
    ("prose", False): _short_prose,
    ("prose", True): _prose,  # the new wording of a clause may be as long as a clause
}
_CHECKS: Final[dict[str, _Check]] = {
    "text": _text,
    "prose": _prose,
    "date": _date,
    "months": _months,
    "money": _money,
    "list": _list,
    "rows": _rows,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
}
