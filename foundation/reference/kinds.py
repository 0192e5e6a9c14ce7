"""What a kind of reference data is: its columns, what a row is about, and how its cells read in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property, partial
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.access import Permission
from foundation.components import kosovo
from foundation.pages import exports
from foundation.reference import words
from foundation.reference.models import DatedRow, WordedRow
from foundation.reference.permissions import ReferencePermission

Values = dict[str, Any]
YES, NO = "yes", "no"
_YES: Final = frozenset({YES, "true", "1", "x"})
_NO: Final = frozenset({NO, "false", "0", ""})


class DayField(forms.DateField):
    """A day, written as 2026-05-03 and in no other way: 3/5 is May to some and March to others."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        said = {"invalid": gettext_lazy("Write the day as year-month-day, for example 2026-05-03.")}
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], "error_messages": said, **options})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One value of a row. ``fixed``: once the row has begun, it stays. ``language``: words in that language, of the column ``of``.

    ``asked`` is the name of the form's field where that is another one; ``reads`` finds the value in the row where it is no field of
    it; ``needed``: a new row of a file must say it, although an empty cell is a value.
    """

    name: str
    label: Promise | str
    make: Callable[..., forms.Field]
    help: Promise | str = ""
    fixed: bool = False
    of: str = ""
    language: str = ""
    asked: str = ""
    reads: Callable[[Any], Any] | None = None
    needed: bool = False

    @property
    def field_name(self) -> str:
        """How a form asks for it."""
        return self.asked or self.name

    def field(self) -> forms.Field:
        """A field of a form."""
        return self.make(label=self.label, help_text=self.help)

    def read(self, row: Any) -> Any:
        """The value that stands in the row."""
        if self.reads is not None:
            return self.reads(row)
        if self.language:
            assert isinstance(row, WordedRow)
            return row.translations.get(self.of, {}).get(self.language, "")
        return getattr(row, self.name)

    def write(self, row: DatedRow, value: Any) -> None:
        """Put the value into the row."""
        if not self.language:
            setattr(row, self.name, value)
            return
        assert isinstance(row, WordedRow)
        kept = row.translations
        of = {**kept.get(self.of, {}), self.language: value}
        said = {language: text for language, text in of.items() if text}
        rest = {field: texts for field, texts in kept.items() if field != self.of}
        row.translations = {**rest, self.of: said} if said else rest

    def parse(self, text: str) -> Any:
        """The value that a cell stands for. Raises ValidationError."""
        field = self.field()
        if not isinstance(field, forms.BooleanField):
            return field.clean(text)
        said = text.strip().lower()
        if said not in _YES | _NO:
            raise ValidationError(_("Write yes or no."))
        return said in _YES

    def differs(self, before: Any, after: Any) -> bool:
        """Is this another value? Kosovo* may have come with its star, and an apostrophe may have been taken for one of ours."""
        stands, comes = kosovo.mark_text(cell(before)), kosovo.mark_text(cell(after))
        return stands not in {comes, exports.inert(comes)}


def cell(value: Any) -> str:
    """A value as it stands in a file: the same in every language, so that a file works for whoever gets it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return " ".join(map(cell, value))
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


FROM = Column(
    name="valid_from",
    label=gettext_lazy("Valid from"),
    make=DayField,
    help=gettext_lazy("The first day on which it can be chosen, or holds."),
    fixed=True,
)
UNTIL = Column(
    name="valid_until",
    label=gettext_lazy("Valid until"),
    make=partial(DayField, required=False),
    help=gettext_lazy("The last day. Empty: until an end is set."),
)
CODE = Column(
    name="code",
    label=gettext_lazy("Code"),
    make=partial(
        forms.CharField,
        max_length=40,
        validators=[
            RegexValidator(
                r"^[a-z0-9_]+\Z", gettext_lazy("Use small letters without accents, figures and the low line.")
            )
        ],
    ),
    help=gettext_lazy("By which programs and files know it. Rows of one code follow one another in time."),
    fixed=True,
    # A field called code is taken for a secret and carried nowhere when a form could not be taken.
    asked="known_as",
)
ORDER = Column(
    name="position",
    label=gettext_lazy("Place in lists"),
    make=partial(forms.IntegerField, min_value=0, max_value=30_000),
    help=gettext_lazy("Small numbers stand first."),
)


def text(name: str, label: Promise | str, *, most: int, hint: Promise | str = "", required: bool = True) -> Column:
    """A column of plain words."""
    return Column(name=name, label=label, make=partial(forms.CharField, max_length=most, required=required), help=hint)


def worded(column: Column, *, most: int) -> tuple[Column, ...]:
    """A column of English words, and one for each other language."""
    make = partial(forms.CharField, max_length=most, required=False)
    others = [
        replace(
            column,
            name=f"{column.name}_{code.replace('-', '_')}",
            label=format_lazy("{} ({})", column.label, name),
            make=make,
            help="",
            of=column.name,
            language=code,
        )
        for code, name in words.languages()
    ]
    return (column, *others)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of reference data, as rows that come out as a file and in again.

    ``key`` names the columns that say what a row is about, ``begins`` the one with its first day: by the two a row of a file is known.
    ``gone`` names the column that says that a row was taken back; ``change`` is what whoever changes rows must be allowed to.
    """

    name: str
    label: Promise | str
    key: tuple[str, ...]
    own: tuple[Column, ...]
    begins: Column = FROM
    gone: str = ""
    change: Permission = ReferencePermission.CHANGE

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All of them, in the order of a file."""
        return self.own

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by the headings of a file."""
        return {column.name: column for column in self.columns}

    @property
    def known_by(self) -> tuple[str, ...]:
        """The columns by which a row of a file and one that stands are the same."""
        return (*self.key, self.begins.name)

    def values(self, row: Any) -> Values:
        """Everything that stands in a row."""
        return {column.name: column.read(row) for column in self.columns}

    def about(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """What a row is about."""
        return tuple(cell(values.get(name)) for name in self.key)

    def title(self, values: Mapping[str, Any]) -> str:
        """A row in short, the same in every language."""
        begins = cell(values.get(self.begins.name))
        return f"{' / '.join(self.about(values))} ({begins})" if self.key else begins

    def is_gone(self, row: Any) -> bool:
        """Was the row taken back?"""
        return bool(self.gone and self.by_name[self.gone].read(row))

    def rows(self) -> Sequence[Any]:
        """All rows as they stand, in the order of lists; one of each key and first day."""
        raise TypeError(f"{type(self).__name__} has no rows()")


@dataclass(frozen=True, kw_only=True)
class DatedKind(Kind):
    """Rows that hold from one day to another, which staff add, change and end; of one key, one row holds on a day.

    ``facts``: its rows are no rules that somebody followed but facts, such as the day on which a treaty entered into force. What is
    wrong in them is corrected at any time, the days too, and the history keeps what stood before; what a row is about stays.
    """

    one: Promise | str
    lead: Promise | str
    model: type[DatedRow]
    facts: bool = False

    def stays(self, column: Column, row: DatedRow, *, on: date) -> bool:
        """Can this column of that row not be changed any more?"""
        return column.fixed and row.begun(on) and (not self.facts or column.name in self.key)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The days come last."""
        return (*self.own, FROM, UNTIL)

    def rows(self) -> list[DatedRow]:
        """All of the table."""
        return list(self.model._default_manager.all())

    def shown(self) -> Iterator[Column]:
        """The columns that a list shows."""
        return (column for column in self.own if not column.language)
