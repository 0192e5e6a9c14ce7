"""Base of every list: filters, order, pages, a count, and the same list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.access import BadCursor, Count, Cursor, Page
from foundation.access.hits import Hits
from foundation.audit import record
from foundation.audit.models import Event
from foundation.pages import exports
from foundation.pages.base import ActorPage
from foundation.pages.filters import FilterForm

ROWS = 50


def cursor_of(text: str) -> Cursor | None:
    """The cursor of the address; a mangled one is an address that does not exist."""
    try:
        return Cursor.parse(text)
    except BadCursor as error:
        raise Http404 from error


class ListPage(ActorPage):
    """A list. ``read`` answers one page of rows for the filters of ``self.form``; ``export`` names the address of its file."""

    form_class: ClassVar[type[FilterForm]] = FilterForm
    export: ClassVar[str] = ""
    form: FilterForm
    page: Page[Any]

    def form_arguments(self) -> dict[str, Any]:
        """What the form needs besides the address."""
        return {}

    def read(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of the list as it is narrowed."""
        raise TypeError(f"{type(self).__name__} has no read()")

    def load(self) -> None:
        """The form, and the rows when it can be understood."""
        self.now = timezone.now()
        self.form = self.form_class(self.request.GET, **self.form_arguments())
        self.after = cursor_of(self.request.GET.get("after", ""))
        self.page = Page((), (), None)
        if self.form.is_valid():
            try:
                self.page = self.read(after=self.after, limit=ROWS)
            except BadCursor as error:
                raise Http404 from error
        self.returned = self.page.roots

    def count(self) -> Count | None:
        """How many there are without any filter, capped; none where no page says it."""
        return None

    def hits(self) -> Hits | None:
        """How many fit what the list is narrowed by; asked when one page does not hold them all."""
        return None

    @property
    def narrowed(self) -> bool:
        """Is anything left out by a filter?"""
        return self.form.is_valid() and bool(self.form.chosen())

    @property
    def forward(self) -> bool:
        """Does the list run towards what is later, and not back to what is older?"""
        return False

    def _hits(self) -> Hits | None:
        """On the first page of a narrowed list; a page that holds all, or all that was looked through, has counted already."""
        if self.after is not None:
            return None
        if self.page.after is None or self.page.cut:
            return Hits(len(self.page.rows), cut=self.page.cut)
        return self.hits()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list; what was not offered is answered as an error of the form."""
        response = super().get(request, *args, **kwargs)
        if not self.form.is_valid():
            response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rows, filters, neighbours and files."""
        chosen = self.form.chosen()
        whole = not self.narrowed and self.form.is_valid()
        file_page = reverse(self.export) if self.export else ""
        return super().get_context_data(
            **{
                "rows": self.page.rows,
                "form": self.form,
                "chosen": chosen,
                "whole": whole,
                "count": self.count() if whole and self.after is None else None,
                "hits": self._hits() if self.narrowed else None,
                "forward": self.forward,
                "older": self.form.address(after=str(self.page.after)) if self.page.after else "",
                "newest": self.form.address() if self.after else "",
                "looked_short": self.page.cut,
                "files": [
                    {"name": name.upper(), "url": file_page + self.form.address(format=name)}
                    for name in exports.FORMATS
                    if file_page
                ],
                "most": exports.MOST,
                "now": self.now,
                **kwargs,
            }
        )


class Exported(ListPage):
    """The file of a list; stands before the list's page among the bases. ``columns`` are the file's, ``named`` its name."""

    columns: ClassVar[Sequence[exports.Column[Any]]]
    heading: ClassVar[Promise | str]
    named: ClassVar[str]
    back: ClassVar[str]

    def load(self) -> None:
        """The form alone; the rows are read when the file is written."""
        self.now = timezone.now()
        self.form = self.form_class(self.request.GET, **self.form_arguments())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; 422 where the address cannot be understood, 409 where sight was lost meanwhile."""
        kind = request.GET.get("format", "csv")
        if not self.form.is_valid() or kind not in exports.FORMATS:
            return self._none(_("The address of this file cannot be understood. Choose again in the list."), 422)
        try:
            found = exports.gathered(lambda after, limit: self.read(after=after, limit=limit), actor=self.actor)
        except exports.UnableToExport as error:
            self.outcome = Event.Outcome.CONFLICT
            return self._none(str(error), 409)
        self.returned = found.roots
        record.consulted(self.verb, by=self.actor, roots=self.returned)
        return self._file(kind, found)

    def _file(self, kind: str, found: exports.Gathered[Any]) -> HttpResponse:
        notes = exports.remarks(self.actor, self.now, complete=found.complete)
        content = exports.table(self.columns, found.rows, notes)
        body = exports.as_csv(content) if kind == "csv" else exports.as_xlsx(content, str(self.heading))
        name = f"{self.named}-{timezone.localdate(self.now).isoformat()}.{kind}"
        return HttpResponse(
            body,
            content_type=exports.FORMATS[kind],
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _none(self, reason: str, status: int) -> HttpResponse:
        """Why there is no file, and the way back."""
        back = reverse(self.back) + self.form.address()
        return render(self.request, "pages/not_exported.html", {"reason": reason, "back": back}, status=status)
