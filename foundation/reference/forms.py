"""Forms over rows of reference data; their fields are the columns of the kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.filters import FilterForm
from foundation.pages.forms import VersionedForm
from foundation.reference import tables
from foundation.reference.kinds import Column, DatedKind, DayField, Kind
from foundation.reference.models import DatedRow
from foundation.reference.refusals import UnableToImport
from foundation.reference.tables import Table


class RowFilter(FilterForm):
    """By words, and by the day on which a row holds."""

    in_view = ("text", "day")
    searches = gettext_lazy("Words or code")
    day = DayField(label=gettext_lazy("Valid on"), required=False)


class _OfColumns(forms.Form):
    """Gets its fields from the columns of a kind."""

    columns: Sequence[Column] = ()

    def _offer(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        for column in columns:
            self.fields[column.field_name] = column.field()

    @property
    def in_english(self) -> list[forms.BoundField]:
        """The fields that every row has."""
        return [self[column.field_name] for column in self.columns if not column.language]

    @property
    def in_other_languages(self) -> list[forms.BoundField]:
        """The translations."""
        return [self[column.field_name] for column in self.columns if column.language]

    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        return {column.name: self.cleaned_data[column.field_name] for column in self.columns}


class AddRowForm(_OfColumns):
    """A new row."""

    def __init__(self, *args: Any, kind: DatedKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer(kind.columns)


class ChangeRowForm(_OfColumns, VersionedForm):
    """What may be changed in a row: of one that has begun, what does not stay."""

    def __init__(self, *args: Any, kind: DatedKind, row: DatedRow, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer([column for column in kind.columns if not kind.stays(column, row, on=on)])


class EndRowForm(VersionedForm):
    """The last day."""

    valid_until = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Today or later. A row that has not begun by then is withdrawn."),
    )

    def __init__(self, *args: Any, kind: DatedKind, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind.facts:
            self.fields["valid_until"].help_text = _(
                "In the past as well. A row whose last day lies before its first is withdrawn: it was never so."
            )


class RowsForm(forms.Form):
    """A file of rows, or the rows themselves as they were copied from a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV (UTF-8) or XLSX, at most one megabyte and 2000 rows. The first row names the columns."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    rows = forms.CharField(
        label=gettext_lazy("Or the rows themselves"),
        required=False,
        max_length=tables.MOST_BYTES // 4,
        help_text=gettext_lazy("Copied from a spreadsheet or from a text file, with the row that names the columns."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    table: Table

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """The rows, read."""
        cleaned = super().clean() or {}
        file, rows = cleaned.get("file"), cleaned.get("rows", "")
        if self.errors:
            return cleaned
        if bool(file) == bool(rows):
            raise ValidationError(_("Give a file, or the rows themselves: one of the two."))
        data = file.read(tables.MOST_BYTES + 1) if file else rows.encode()
        try:
            self.table = tables.read(data, self.kind)
        except UnableToImport as error:
            self.add_error("file" if file else "rows", str(error))
        return cleaned


class ConfirmForm(forms.Form):
    """The difference that was shown."""

    fingerprint = forms.UUIDField(widget=forms.HiddenInput)
