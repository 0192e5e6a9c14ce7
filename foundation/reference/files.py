"""Rows of reference data as a file that can be brought in again: its headings are the names of the columns, in every language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.pages import exports
from foundation.reference.kinds import Kind, cell


def written(kind: Kind, rows: Iterable[Any], form: str) -> bytes:
    """The file: ``form`` is csv or xlsx."""
    columns = [exports.Column[dict[str, Any]](name, _reading(name)) for name in kind.by_name]
    remarks = [_("Rows that are not in a file stay as they are when it is brought in. Empty cells are values.")]
    content = exports.table(columns, (kind.values(row) for row in rows), remarks)
    return exports.as_csv(content) if form == "csv" else exports.as_xlsx(content, kind.name)


def _reading(name: str) -> Any:
    return lambda values: cell(values[name])
