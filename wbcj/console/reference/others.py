"""What is set on pages of its own, as files: voting rules, and the rules of reminders with their public holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contactgroup.models import VotingRule
from foundation.audit import record
from foundation.notifications.models import Holiday, Offset, WorkingHours
from foundation.pages import exports
from foundation.reference.kinds import cell
from wbcj.console.reference.rooms import ReferencePage, file_of, refused_file

SET = ("valid_from", "valid_until")


@dataclass(frozen=True, kw_only=True)
class Other:
    """One table: its columns by their fields, and its rows in one statement."""

    name: str
    label: Promise | str
    fields: Sequence[str]
    rows: Callable[[], Iterable[Any]]

    def content(self) -> Iterable[exports.Line]:
        """Headings and rows."""
        columns = [exports.Column[Any](name, _reading(name)) for name in self.fields]
        return exports.table(columns, self.rows(), [])


def _reading(path: str) -> Callable[[Any], str]:
    def read(row: Any) -> str:
        for name in path.split("."):
            row = None if row is None else getattr(row, name)
        return " ".join(map(cell, row)) if isinstance(row, list) else cell(row)

    return read


OTHERS = {
    other.name: other
    for other in (
        Other(
            name="voting-rules",
            label=_("Voting rules"),
            fields=(
                *SET,
                *("quorum_numerator", "quorum_denominator", "majority_numerator", "majority_denominator"),
                *("least_present", "withheld_is_present", "recused_leaves_quorum", "recused_leaves_majority"),
                *("nominator_votes", "withdrawn_at"),
            ),
            rows=lambda: VotingRule.objects.order_by("valid_from", "pk"),
        ),
        Other(
            name="reminders",
            label=_("Days before a date"),
            fields=("kind", "days", *SET, "withdrawn_at"),
            rows=lambda: Offset.objects.order_by("kind", "days", "valid_from"),
        ),
        Other(
            name="hours",
            label=_("Quiet hours and working days"),
            fields=("partner.code", "valid_from", "opens", "reminds", "closes", "days"),
            rows=lambda: WorkingHours.objects.select_related("partner").order_by("partner__position", "valid_from"),
        ),
        Other(
            name="holidays",
            label=_("Public holidays"),
            fields=("partner.code", "day", "name", "source", "struck_at"),
            rows=lambda: Holiday.objects.select_related("partner").order_by("partner__position", "day"),
        ),
    )
}


class OtherFile(ReferencePage):
    """One of these tables as a file."""

    verb = "console.reference_table.exported"
    template_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; 422 where the address cannot be understood."""
        other, form = OTHERS.get(self.kwargs["table"]), request.GET.get("format", "csv")
        if other is None:
            raise Http404
        if form not in exports.FORMATS:
            return refused_file(request, reverse("console_reference"))
        record.consulted(self.verb, by=self.actor)
        content = other.content()
        return file_of(
            exports.as_csv(content) if form == "csv" else exports.as_xlsx(content, other.name), other.name, form
        )
