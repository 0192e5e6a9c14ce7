"""What a clause asks for, as fields: typed by the kind of each parameter, named in the reader's language, prose in each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from jits import drafting
from jits.agreement import partial as pieces
from jits.agreement.structure import Parameter, Words
from jits.agreement.values import MOST_MONTHS
from jits.models import JitDraft

BLANK_ROWS: Final = 2
MOST_SLOTS: Final = 60
_YES_NO: Final = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that stand together on the page."""

    title: str
    help: str
    fields: Sequence[forms.BoundField]


class ValuesForm(VersionedForm):
    """The values that one clause asks for. Nothing is required: what is missing is said on the page of the agreement."""

    def __init__(self, *args: Any, draft: JitDraft, clause: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._draft, self._asked = draft, drafting.asked_by_clause(draft)[clause]
        self._words = drafting.template_of(draft).words[drafting.labels()]
        self._slots = {each.name: self._slots_of(each) for each in self._asked}
        for parameter in self._asked:
            self.fields.update(_fields(parameter, self._words, draft.languages, self._slots[parameter.name]))

    def groups(self) -> Iterator[Group]:
        """The fields in groups: one for each row of a table, one for each parameter else."""
        for parameter in self._asked:
            label, told = _label(parameter, self._words), str(self._words.at("parameters", parameter.name, "help"))
            names = list(_fields(parameter, self._words, self._draft.languages, self._slots[parameter.name]))
            if parameter.kind in {"list", "rows"}:
                for slot in range(self._slots[parameter.name]):
                    own = [self[name] for name in names if name.startswith(f"{parameter.name}__{slot}__")]
                    title = _("%(label)s, row %(row)d") % {"label": label, "row": slot + 1}
                    yield Group(title=title, help="" if slot else told, fields=own)
            else:
                yield Group(title="", help="", fields=[self[name] for name in names])

    def values(self) -> dict[str, Any]:
        """What was filled in, parameter by parameter; None for nothing."""
        return {
            parameter.name: _value(parameter, self.cleaned_data, self._draft.languages, self._slots[parameter.name])
            for parameter in self._asked
        }

    def _slots_of(self, parameter: Parameter) -> int:
        """How many rows the form has room for: those that there are, or that were sent, and two more."""
        if parameter.kind not in {"list", "rows"}:
            return 0
        standing = len(self._draft.values.get(parameter.name, ()))
        pattern = re.compile(rf"{parameter.name}__([0-9]{{1,2}})__")
        sent = [int(found[1]) + 1 for name in self.data if (found := pattern.match(str(name)))]
        return min(max([max(standing, parameter.least) + BLANK_ROWS, *sent]), max(standing, MOST_SLOTS))


def values_of(draft: JitDraft, clause: str) -> dict[str, object]:
    """What is filled in for that clause, under the names of the fields."""
    found: dict[str, object] = {}
    for parameter in drafting.asked_by_clause(draft).get(clause, ()):
        found |= dict(_typed(parameter, draft.values.get(parameter.name), draft.languages))
    return found


def _label(parameter: Parameter, words: Words) -> str:
    return str(words.at("parameters", parameter.name, "label"))


def _fields(parameter: Parameter, words: Words, languages: Sequence[str], slots: int) -> dict[str, forms.Field]:
    label = _label(parameter, words)
    told: dict[str, Any] = {
        "label": label,
        "required": False,
        "help_text": escape(str(words.at("parameters", parameter.name, "help"))),
    }
    if parameter.kind in {"list", "rows"}:
        return dict(_row_fields(parameter, words, languages, slots))
    if parameter.kind == "prose":
        found = dict(_prose_fields(parameter, words, languages, (parameter.name, label)))
        next(iter(found.values())).help_text = told["help_text"]
        return found
    if parameter.kind == "money":
        return {
            f"{parameter.name}__amount": forms.DecimalField(max_digits=14, decimal_places=2, min_value=0, **told),
            f"{parameter.name}__currency": forms.CharField(
                label=_("%(label)s: currency") % {"label": label}, max_length=3, required=False
            ),
        }
    return {parameter.name: _SIMPLE[parameter.kind](parameter, words, told)}


def _row_fields(
    parameter: Parameter, words: Words, languages: Sequence[str], slots: int
) -> Iterator[tuple[str, forms.Field]]:
    for slot in range(slots):
        for column, kind in pieces.columns(parameter).items():
            name = f"{parameter.name}__{slot}__{column}"
            title = (
                _label(parameter, words)
                if column == pieces.ENTRY
                else str(words.at("parameters", parameter.name, "columns", column))
            )
            if kind == "prose":
                yield from _prose_fields(parameter, words, languages, (name, title))
            else:
                yield name, _text_field(parameter, kind, title)


def _prose_fields(
    parameter: Parameter, words: Words, languages: Sequence[str], named: tuple[str, str]
) -> Iterator[tuple[str, forms.Field]]:
    name, label = named
    for language in languages:
        titled = f"{label} ({words.at('frame', 'languages', language)})" if len(languages) > 1 else label
        yield f"{name}__{language}", _text_field(parameter, "prose", titled)


def _text_field(parameter: Parameter, kind: str, label: str, *, help_text: str = "") -> forms.CharField:
    longest = pieces.longest(parameter, kind)
    whole = parameter.kind == "prose" or parameter.name == "amendments"
    widget = forms.Textarea(attrs={"rows": 4}) if kind == "prose" and whole else forms.TextInput()

    def check(text: str) -> None:
        said = list(pieces.piece_faults(parameter, kind, text, label=label))
        if said:
            raise ValidationError(said)

    return forms.CharField(
        label=label, required=False, max_length=longest, widget=widget, help_text=help_text, validators=[check]
    )


def _simple_text(parameter: Parameter, _words: Words, told: Mapping[str, Any]) -> forms.Field:
    return _text_field(parameter, "text", told["label"], help_text=told["help_text"])


def _date(_parameter: Parameter, _words: Words, told: Mapping[str, Any]) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **told)


def _months(_parameter: Parameter, _words: Words, told: Mapping[str, Any]) -> forms.Field:
    return forms.IntegerField(min_value=1, max_value=MOST_MONTHS, **told)


def _choice(parameter: Parameter, words: Words, told: Mapping[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=_choices_of(parameter, words), widget=forms.RadioSelect, **told)


def _choices(parameter: Parameter, words: Words, told: Mapping[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=_choices_of(parameter, words), widget=forms.CheckboxSelectMultiple, **told)


def _yes_no(_parameter: Parameter, _words: Words, told: Mapping[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=_YES_NO, widget=forms.RadioSelect, **told)


def _choices_of(parameter: Parameter, words: Words) -> list[tuple[str, str]]:
    return [(each, str(words.at("parameters", parameter.name, "choices", each))) for each in parameter.choices]


_SIMPLE: Final[Mapping[str, Callable[[Parameter, Words, Mapping[str, Any]], forms.Field]]] = {
    "text": _simple_text,
    "date": _date,
    "months": _months,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
}


def _typed(parameter: Parameter, value: Any, languages: Sequence[str]) -> Iterator[tuple[str, object]]:
    """A value as its fields show it."""
    name = parameter.name
    if parameter.kind in {"list", "rows"}:
        for slot, row in enumerate(value or ()):
            cells = {pieces.ENTRY: row} if parameter.kind == "list" else row
            for column, kind in pieces.columns(parameter).items():
                yield from _typed_text(kind, f"{name}__{slot}__{column}", cells.get(column, ""), languages)
    elif parameter.kind == "prose":
        yield from _typed_text("prose", name, value or "", languages)
    elif parameter.kind == "money":
        yield f"{name}__amount", (value or {}).get("amount")
        yield f"{name}__currency", (value or {}).get("currency", "EUR")
    elif parameter.kind == "yes_no":
        yield name, {True: "yes", False: "no"}.get(value, "")
    else:
        yield name, value


def _typed_text(kind: str, name: str, value: Any, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    if kind != "prose":
        yield name, str(value)
        return
    for language in languages:
        yield f"{name}__{language}", value.get(language, "") if isinstance(value, Mapping) else value


def _value(parameter: Parameter, data: Mapping[str, Any], languages: Sequence[str], slots: int) -> Any:
    """The value that these fields hold."""
    name = parameter.name
    if parameter.kind in {"list", "rows"}:
        rows = [_row(parameter, f"{name}__{slot}", data, languages) for slot in range(slots)]
        return [row for row in rows if row] or None
    if parameter.kind == "money":
        amount = data.get(f"{name}__amount")
        currency = str(data.get(f"{name}__currency") or "EUR").upper()
        return None if amount is None else {"amount": f"{amount:.2f}", "currency": currency}
    return _READ.get(parameter.kind, _plain)(data, name, languages)


def _row(parameter: Parameter, name: str, data: Mapping[str, Any], languages: Sequence[str]) -> Any:
    cells = {
        column: (_prose if kind == "prose" else _plain)(data, f"{name}__{column}", languages) or ""
        for column, kind in pieces.columns(parameter).items()
    }
    if not any(cells.values()):
        return None
    return cells[pieces.ENTRY] if parameter.kind == "list" else cells


def _plain(data: Mapping[str, Any], name: str, _languages: Sequence[str]) -> Any:
    return data.get(name) or None


def _prose(data: Mapping[str, Any], name: str, languages: Sequence[str]) -> Any:
    texts = {language: data.get(f"{name}__{language}") for language in languages}
    return {language: text for language, text in texts.items() if text} or None


def _day(data: Mapping[str, Any], name: str, _languages: Sequence[str]) -> Any:
    day = data.get(name)
    return None if day is None else day.isoformat()


def _answer(data: Mapping[str, Any], name: str, _languages: Sequence[str]) -> Any:
    return {"yes": True, "no": False}.get(data.get(name, ""))


_READ: Final[Mapping[str, Callable[[Mapping[str, Any], str, Sequence[str]], Any]]] = {
    "prose": _prose,
    "date": _day,
    "yes_no": _answer,
}
