"""Operations that answer a list, a page at a time: the filters, the order and the places of the page that people read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from rest_framework.serializers import BaseSerializer

from foundation.access import BadCursor, Cursor, Page
from foundation.pages.api import plain
from foundation.pages.api.operations import Operation, invalid
from foundation.pages.filters import FilterForm

ROWS, MOST = 50, 200
AFTER, LIMIT = "after", "limit"
SPELT = {"true", "false"}


class ListOperation(Operation):
    """A list without places: all of it, since it is short."""

    item: ClassVar[type[BaseSerializer[Any]]]

    def rows(self) -> tuple[Any, ...]:
        """What the list holds."""
        raise TypeError(f"{type(self).__name__} has no rows()")

    def read(self) -> dict[str, Any]:
        """The items, and where the next are."""
        return self.envelope(self.rows())

    def envelope(self, rows: tuple[Any, ...], after: Cursor | None = None) -> dict[str, Any]:
        """A page of a list as it is sent."""
        return {"items": self.written(rows), "next": None if after is None else self._next(after)}

    def written(self, rows: tuple[Any, ...]) -> list[dict[str, Any]]:
        """The items as they are sent, by the fast way (plain.py)."""
        return plain.rows(self.item, rows, context={"operation": self})

    def _next(self, after: Cursor) -> str:
        kept = [(name, value) for name in self.asked.GET if name != AFTER for value in self.asked.GET.getlist(name)]
        return f"{self.asked.path}?{urlencode([*kept, (AFTER, str(after))])}"


class PagedOperation(ListOperation):
    """A list of any length. ``paged`` answers one page of rows; a page that is not full may still have a next one."""

    parameters: Collection[str] = (AFTER, LIMIT)

    def paged(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of the list."""
        raise TypeError(f"{type(self).__name__} has no paged()")

    def read(self) -> dict[str, Any]:
        """One page. Raises Refused for a place or a size that is none of this list."""
        limit = self._limit()
        try:
            page = self.paged(after=Cursor.parse(self.asked.GET.get(AFTER, "")), limit=limit)
        except BadCursor as error:
            raise invalid([(AFTER, "invalid", _("This is no place in this list. Begin anew."))]) from error
        self.returned = page.roots
        return self.envelope(page.rows, page.after)

    def _limit(self) -> int:
        text = self.asked.GET.get(LIMIT, str(ROWS))
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 0 < int(text) <= MOST):
            raise invalid([(LIMIT, "invalid", _("A number from 1 to %(most)s.") % {"most": MOST})])
        return int(text)


class FilteredOperation(PagedOperation):
    """A list that is narrowed and sorted by the form of its page."""

    form_class: ClassVar[type[FilterForm]]
    form: FilterForm

    def form_arguments(self) -> dict[str, Any]:
        """What the form needs besides the address."""
        return {}

    def understood(self) -> None:
        """The form names the parameters."""
        self.parameters = (*PagedOperation.parameters, *self.form_class.base_fields)
        super().understood()

    def load(self) -> None:
        """The filters. Raises Refused for what is not offered."""
        self.form = self.form_class(self.asked.GET, **self.form_arguments())
        checked(self.form)


def checked(form: forms.Form) -> None:
    """Raises Refused, which names each parameter, for a form that is not valid."""
    wrong = form.errors.get_json_data()
    faults = [(name, one["code"] or "invalid", one["message"]) for name, errors in wrong.items() for one in errors]
    faults += _misspelt(form)
    if faults:
        raise invalid(faults)


def _misspelt(form: forms.Form) -> Iterator[tuple[str, str, str]]:
    """What a form lets pass and the document does not: every text but ``false`` is on for it, and no text no day."""
    said: Any = form.data
    for name, field in form.fields.items():
        if isinstance(field, forms.BooleanField) and not set(said.getlist(name)) <= SPELT:
            yield name, "invalid", _("Say true or false.")
        empty = name not in form.errors and said.get(name) == ""
        if empty and isinstance(field, forms.DateField | forms.DateTimeField):
            yield name, "invalid", str(field.error_messages["invalid"])
