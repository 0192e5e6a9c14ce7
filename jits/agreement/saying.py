"""How dates, amounts, months and lists read in the language of an agreement. The words come from that language's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from jits.agreement.structure import Parameter, Words

NBSP: Final = "\N{NO-BREAK SPACE}"
_TEENS: Final = range(11, 15)


def said(parameter: Parameter, value: Any, words: Words) -> str:
    """A checked value as it stands in a sentence."""
    if parameter.kind == "choices":
        return joined([choice(parameter, each, words) for each in value], words)
    if parameter.kind == "list":
        return joined([prose(each, words.language) for each in value], words)
    if parameter.kind == "choice":
        return choice(parameter, value, words)
    if parameter.kind in _FORMATS:
        return _FORMATS[parameter.kind](value, words)
    return prose(value, words.language)


def choice(parameter: Parameter, name: str, words: Words) -> str:
    """The words of one choice."""
    if parameter.name == "instruments":
        return str(words.at("instruments", name))
    return str(words.at("parameters", parameter.name, "choices", name))


def prose(value: str | Mapping[str, str], language: str) -> str:
    """What was written in that language; a plain string was written for all."""
    return value if isinstance(value, str) else value[language]


def day(value: date | str, words: Words) -> str:
    """A date with its month in words, which never breaks over a line."""
    at = date.fromisoformat(value) if isinstance(value, str) else value
    month = words.at("words", "months")[at.month - 1]
    return str(words.at("words", "date").format(day=at.day, month=month, year=at.year)).replace(" ", NBSP)


def months(count: int, words: Words) -> str:
    """A number of months in the form that the language wants after that number: 1, 2 to 4, and the others."""
    forms = words.at("words", "month_forms")
    return f"{count}{NBSP}{forms[min(_form(count, words.language), len(forms) - 1)]}"


def money(value: Mapping[str, Any], words: Words) -> str:
    """An amount with its currency, two decimals, grouped by thousands."""
    whole, _dot, part = f"{Decimal(str(value['amount'])):,.2f}".partition(".")
    number = whole.replace(",", words.at("words", "group")) + words.at("words", "decimal") + part
    return f"{value['currency']}{NBSP}{number}"


def joined(parts: Sequence[str], words: Words) -> str:
    """A, B and C."""
    *first, last = parts
    return words.at("words", "join").join([", ".join(first), last]) if first else last


_FORMATS: Final[Mapping[str, Callable[[Any, Words], str]]] = {"date": day, "months": months, "money": money}


def _form(count: int, language: str) -> int:
    if language in {"en", "sq"}:
        return int(count != 1)
    ends_in_one = count % 10 == 1 and count % 100 not in _TEENS
    if language == "mk":
        return int(not ends_in_one)
    if ends_in_one:
        return 0
    return 1 if count % 10 in range(2, 5) and count % 100 not in _TEENS else 2
