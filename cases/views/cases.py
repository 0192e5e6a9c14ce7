"""List, page, long form and timeline of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import actions
from cases.forms.case import CaseEditForm, values_of
from cases.forms.case import CaseForm as FactsForm
from cases.forms.filters import CaseFilter
from cases.models import Case, Note
from cases.permissions import CasePermission
from cases.queries import case as case_queries
from cases.queries import filters, lists, timeline, waiting
from cases.queries.columns import CASES
from cases.querysets import DUE
from cases.views.base import CaseForm, OfCase, case_address
from foundation import access
from foundation.access import Count, Cursor, Page
from foundation.access.hits import Hits
from foundation.pages import panels
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.pages.lists import Exported, ListPage, cursor_of
from foundation.tenancy.names import principal_names


class CaseTabs(ActorPage):
    """The pages of the list of cases."""

    permission: ClassVar[access.Permission] = CasePermission.LIST
    tab: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tabs."""
        tabs = [
            {"label": _("All cases"), "url": reverse("cases"), "current": self.tab == "all", "count": ""},
            {
                "label": _("Waiting for me"),
                "url": reverse("cases_waiting"),
                "current": self.tab == "waiting",
                "count": "",
            },
        ]
        may_create = access.role_allows(self.actor, CasePermission.CREATE)
        return super().get_context_data(tabs=tabs, may_create=may_create, **{"now": timezone.now(), **kwargs})


class CaseList(CaseTabs, ListPage):
    """The cases that the actor sees, narrowed and sorted."""

    verb = "cases.list.viewed"
    template_name = "cases/list.html"
    tab = "all"
    form_class = CaseFilter
    export = "cases_export"

    def form_arguments(self) -> dict[str, Any]:
        """Code lists and partners."""
        return {"offered": filters.offered()}

    def read(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of cases."""
        return lists.case_page(self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)

    def count(self) -> Count | None:
        """All cases that the actor sees; by due date they are not all there."""
        return None if self.forward else Case.objects.capped_count(self.actor)

    def hits(self) -> Hits:
        """Those that fit."""
        return lists.case_hits(self.actor, self.form.cleaned_data)

    @property
    def forward(self) -> bool:
        """Due dates run towards what is later."""
        return self.form.is_valid() and self.form.cleaned_data["sort"] == DUE


class CaseExport(Exported, CaseList):
    """The list of cases as a file."""

    verb = "cases.list.exported"
    columns = CASES
    heading = gettext_lazy("Cases")
    named = back = "cases"


class CasesWaiting(CaseTabs):
    """Invitations to answer and tasks to do."""

    verb = "cases.waiting.viewed"
    template_name = "cases/waiting.html"
    tab = "waiting"

    def load(self) -> None:
        """What waits, from everywhere."""
        self.invitations = waiting.invitations_waiting(self.actor, timezone.now())
        self.tasks = waiting.tasks_waiting(self.actor)
        self.returned = tuple({row.pk for row in self.invitations} | {row.root_id for row in self.tasks})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both."""
        return super().get_context_data(invitations=self.invitations, tasks=self.tasks, **kwargs)


class CasePage(OfCase):
    """The case."""

    verb = "cases.case.viewed"
    template_name = "cases/case.html"

    def load(self) -> None:
        """The case with its facts, in one statement."""
        self.case = case_queries.detail(self.actor, self.kwargs["pk"])
        self.root_id = self.case.pk
        access.require(self.actor, self.permission, self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything, and the panels of upper apps."""
        view = case_queries.view(self.case, actor=self.actor, at=self.now)
        more = panels.on("cases.case", record=self.case, actor=self.actor, at=self.now)
        trail = [{"label": _("Cases"), "url": reverse("cases")}]
        return super().get_context_data(view=view, panels=more, list_trail=trail, **kwargs)


class CaseTimeline(OfCase):
    """All that happened, page by page."""

    verb = "cases.timeline.viewed"
    template_name = "cases/timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty happenings."""
        after = cursor_of(self.request.GET.get("after", ""))
        rows, older = timeline.happenings(self.actor, self.case.pk, after=after, limit=50)
        names = principal_names(row.principal for row in rows if row.principal)
        return super().get_context_data(happenings=timeline.entries(rows, names), older=older, after=after, **kwargs)


class CaseNotes(OfCase):
    """All notes that the actor may read, page by page."""

    verb = "cases.notes.viewed"
    template_name = "cases/notes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty notes."""
        after = cursor_of(self.request.GET.get("after", ""))
        found = Note.objects.visible_to(self.actor).of(self.case.pk).with_writer().written_before(after)
        notes = list(found[: _PAGE + 1])
        last = notes[_PAGE - 1] if len(notes) > _PAGE else None
        editable = access.allowed(self.actor, CasePermission.CONTRIBUTE, self.case)
        return super().get_context_data(
            lines=case_queries.note_lines(notes[:_PAGE], self.actor, case=self.case, editable=editable),
            older=None if last is None else Cursor(last.written_at, last.pk),
            after=after,
            **kwargs,
        )


_PAGE = 50


class CaseCreate(ActionPage):
    """A new case, as a draft."""

    permission = CasePermission.CREATE
    verb = "cases.form.opened"
    template_name = "cases/facts.html"
    form_class = FactsForm
    keeps_drafts = True
    submit_label = gettext_lazy("Save as draft")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Code lists as of today."""
        return {**super().get_form_kwargs(), "today": timezone.localdate(), "actor": self.actor}

    def act(self, form: forms.Form) -> str:
        """Write the draft; from its page it is opened."""
        assert isinstance(form, FactsForm)
        return case_address(actions.open_case(facts=form.facts(), by=self.actor, at=timezone.now()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        trail = [{"label": _("Cases"), "url": reverse("cases")}]
        return super().get_context_data(heading=_("New case"), trail=trail, cancel_url=reverse("cases"), **kwargs)


class CaseEdit(CaseForm):
    """The facts of a case."""

    permission = CasePermission.EDIT
    verb = "cases.edit.opened"
    template_name = "cases/facts.html"
    form_class = CaseEditForm
    keeps_drafts = True
    changes = "cases.case."
    heading = gettext_lazy("Edit the facts")
    submit_label = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Code lists as of today and as chosen before."""
        return {**super().get_form_kwargs(), "today": timezone.localdate(), "actor": self.actor, "case": self.case}

    @property
    def edited(self) -> Case:
        """The case."""
        return self.case

    def get_initial(self) -> dict[str, Any]:
        """What stands there now."""
        return dict(values_of(self.case, self.actor))

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The same, for comparing a stale form."""
        assert isinstance(record, Case)
        return values_of(Case.objects.visible_to(self.actor).with_owner().get(pk=record.pk), self.actor)

    def write(self, form: forms.Form) -> None:
        """Replace the facts."""
        assert isinstance(form, CaseEditForm)
        version = form.cleaned_data["version"]
        actions.edit(case=self.case, facts=form.facts(), version=version, by=self.actor, at=self.now)
