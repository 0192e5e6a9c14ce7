"""The room of reference data: every kind, its rows, the same rows as a file, and who changed which when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit import record
from foundation.pages import exports
from foundation.reference import files, queries
from foundation.reference.forms import RowFilter
from foundation.reference.kinds import DatedKind, Kind
from foundation.reference.models import DatedRow
from foundation.reference.permissions import ReferencePermission
from wbcj import composition
from wbcj.console.base import ConsolePage

_LONGEST_KEY = 18
_KEY = re.compile(r"[0-9a-f-]{1,36}", re.ASCII)
IN_ROOM = ((gettext_lazy("Reference data"), "console_reference"),)
"""What stands above the pages of the room."""


def today() -> date:
    """The day by which rows hold: the same for everybody, wherever they are."""
    return timezone.now().astimezone(UTC).date()


class ReferencePage(ConsolePage):
    """A page of the room. Project staff read and change; whoever runs the product reads."""

    permission: ClassVar[access.Permission] = ReferencePermission.VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether this reader may change anything."""
        for name in ("kind", "row"):
            kwargs.pop(name, None)
        return super().get_context_data(
            **{"may_change": access.role_allows(self.actor, ReferencePermission.CHANGE), **kwargs}
        )


class OfKind(ReferencePage):
    """A page about one kind, whether its rows are edited here or set elsewhere."""

    above = IN_ROOM
    kind: Kind

    def load(self) -> None:
        """The kind of the address."""
        super().load()
        found = composition.AS_FILES.get(self.kwargs["kind"])
        if found is None:
            raise Http404
        self.kind = found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What kind it is, and whether this reader may change its rows."""
        may_change = access.role_allows(self.actor, self.kind.change)
        return super().get_context_data(**{"the_kind": self.kind, "may_change": may_change, **kwargs})

    def back(self) -> str:
        """The rows of the kind; the room, where they stand on a page that does not open for this reader."""
        if self.kind.name not in composition.SET_AT:
            return reverse("console_reference_rows", kwargs={"kind": self.kind.name})
        name, permission = composition.SET_AT[self.kind.name]
        return reverse(name if access.role_allows(self.actor, permission) else "console_reference")


class OfDatedKind(OfKind):
    """A page about one kind whose rows are edited here."""

    kind: DatedKind

    def load(self) -> None:
        """The others have pages of their own."""
        super().load()
        if not isinstance(self.kind, DatedKind):
            raise Http404


class BelowRows(OfKind):
    """A page below the rows of one kind."""

    def trail(self) -> list[dict[str, str]]:
        """The rows as well."""
        return [*super().trail(), {"label": str(self.kind.label), "url": self.back()}]


class BelowDatedRows(BelowRows, OfDatedKind):
    """The same of a kind whose rows are edited here."""


class OfRow(BelowDatedRows):
    """A page about one row."""

    row: DatedRow

    def load(self) -> None:
        """The row of the address."""
        super().load()
        self.row = get_object_or_404(self.kind.model._default_manager, pk=key_of(self.kwargs["row"]))


def key_of(text: str) -> int:
    """The key of a row that is edited here, as an address has it. Raises Http404."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_KEY):
        raise Http404
    return int(text)


class Rows(OfDatedKind):
    """The rows of a kind, narrowed by words and by a day."""

    verb = "console.reference_rows.viewed"
    template_name = "console/reference/rows.html"

    def load(self) -> None:
        """The filters, and the rows when they can be understood."""
        super().load()
        self.form = RowFilter(self.request.GET)
        wanted = self.form.cleaned_data if self.form.is_valid() else {}
        self.lines = queries.lines(self.kind, text=wanted["text"], day=wanted["day"], on=today()) if wanted else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What cannot be understood is answered as an error of the filters."""
        response = super().get(request, *args, **kwargs)
        response.status_code = response.status_code if self.form.is_valid() else 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rows, filters, headings and files."""
        headings = [str(column.label) for column in self.kind.shown()]
        place = reverse("console_reference_file", kwargs={"kind": self.kind.name})
        chosen = self.form.chosen()
        return super().get_context_data(
            lines=self.lines,
            form=self.form,
            chosen=chosen,
            whole=self.form.is_valid() and not chosen,
            headings="|".join([*headings, _("Valid"), _("Status"), _("Act")]),
            files=[{"name": name.upper(), "url": place + self.form.address(format=name)} for name in exports.FORMATS],
            **kwargs,
        )


class RowsFile(OfKind):
    """The rows of a kind as a file; the same file can be brought in again. Those that are listed here are narrowed as the list is."""

    verb = "console.reference_rows.exported"
    template_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; 422 where the address cannot be understood."""
        wanted, rows = request.GET.get("format", "csv"), self._rows()
        if rows is None or wanted not in exports.FORMATS:
            return refused_file(request, self.back())
        record.consulted(self.verb, by=self.actor)
        return file_of(files.written(self.kind, rows, wanted), self.kind.name, wanted)

    def _rows(self) -> Sequence[Any] | None:
        """None where the filters cannot be understood."""
        if not isinstance(self.kind, DatedKind):
            return self.kind.rows()
        form = RowFilter(self.request.GET)
        if not form.is_valid():
            return None
        found = queries.lines(self.kind, text=form.cleaned_data["text"], day=form.cleaned_data["day"], on=today())
        return [line.row for line in found]


def file_of(body: bytes, name: str, form: str) -> HttpResponse:
    """A file of rows, with the day in its name."""
    disposition = f'attachment; filename="{name}-{today().isoformat()}.{form}"'
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=exports.FORMATS[form], headers=headers)


def refused_file(request: HttpRequest, back: str) -> HttpResponse:
    """The address of a file that nobody was offered."""
    said = _("The address of this file cannot be understood. Choose again in the list.")
    return render(request, "pages/not_exported.html", {"reason": said, "back": back}, status=422)


class History(BelowRows):
    """Who changed which row when, and what stood there before."""

    verb = "console.reference_history.viewed"
    template_name = "console/reference/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Of the kind, or of the row in the address."""
        row = self.request.GET.get("row", "")
        if row and not _KEY.fullmatch(row):
            raise Http404
        told = queries.history(self.kind, row=row)
        of_one = told[0].change.title if row and told else ""
        return super().get_context_data(told=told, of_one=of_one, most=queries.MOST_CHANGES, **kwargs)
