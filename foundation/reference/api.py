"""Code lists for partner systems: what may be named by code today."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from rest_framework import serializers

from foundation.pages.api.lists import ListOperation
from foundation.reference.models import WordedRow
from foundation.reference.querysets import DatedQuerySet


class CodeItem(serializers.Serializer[Any]):
    """A word of a code list that may be chosen today, with the days between which it may."""

    code = serializers.CharField(help_text="By which acts name it; never changes.")
    name = serializers.CharField(source="words", help_text="In the language of the request.")
    valid_from = serializers.DateField(help_text="By days in UTC.")
    valid_until = serializers.DateField(allow_null=True, help_text="The last day; null while no end is set.")


class CodeList(ListOperation):
    """Base: the rows of a code list that may be chosen today, in the order of the forms. They say nothing of any record."""

    item = CodeItem
    model: ClassVar[type[WordedRow]]

    def rows(self) -> tuple[WordedRow, ...]:
        """All of them, by days in UTC."""
        return tuple(DatedQuerySet[WordedRow](self.model).valid_on(self.now.astimezone(UTC).date()))
