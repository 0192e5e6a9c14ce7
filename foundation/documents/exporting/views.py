"""The page on which documents of a record are chosen and given out as one archive."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.models import Root
from foundation.audit.models import Event
from foundation.documents import checking, queries
from foundation.documents.downloads import attached
from foundation.documents.exporting import actions, archive
from foundation.documents.exporting.archive import Archive, Damaged, Entry
from foundation.documents.exporting.forms import ExportForm
from foundation.documents.exporting.selecting import OFFERED, UnableToExport, damaged, selected
from foundation.documents.permissions import DocumentPermission
from foundation.documents.refusals import Unreachable
from foundation.documents.sending import Busy, sent_or_closed
from foundation.pages.forms import ActionPage
from foundation.pages.lists import cursor_of
from foundation.tenancy.actors import Actor


class Export(ActionPage):
    """Who may: whoever sees the record and may download. It offers what the reader sees, newest first, some hundreds to a page."""

    permission = DocumentPermission.DOWNLOAD
    verb = "documents.export_form.opened"
    template_name = "documents/export.html"
    form_class = ExportForm
    submit_label = gettext_lazy("Export")
    _archive: Archive | None = None
    _problem: Exception | None = None

    def load(self) -> None:
        """The root through the walls, and what is offered."""
        self.root = Root.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.root.pk
        access.require(self.actor, self.permission, self.root.pk)
        self.after = cursor_of(self.request.GET.get("after", ""))
        self.lines, self.older = queries.all_of_root(self.actor, self.root.pk, after=self.after, limit=OFFERED)

    @property
    def not_now(self) -> str:
        """There is nothing."""
        return "" if self.lines else _("There is no document here.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is offered."""
        return {**super().get_form_kwargs(), "lines": self.lines}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open and look at the files, then answer; what was opened and is not sent is closed.

        In this order: rights, keys and manifest (a short transaction); the look, with no transaction open; then the page as any other,
        which asks for the rights again, puts the export on record, and sends.
        """
        self.request.reached = "begun"
        if request.method != "POST" or not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        self.now = timezone.now()
        self._begin()
        return sent_or_closed(self._archive, partial(super().dispatch, request, *args, **kwargs))

    def _begin(self) -> None:
        try:
            found = self.ahead(self._prepared)
            if found is not None:
                actor, entries = found
                self._archive = archive.opened(entries, root_id=self.root.pk, by=actor)
        except (Damaged, Unreachable, Busy) as error:
            self._problem = error

    def _prepared(self, actor: Actor) -> tuple[Actor, Sequence[Entry]] | None:
        """The entries; none where the form says no, which the page says."""
        self.load()
        form = self.get_form()
        if not form.is_valid():
            return None
        said = form.cleaned_data
        try:
            chosen = selected(self.root, said["documents"], all_versions=said["all_versions"], by=actor)
        except UnableToExport:
            return None
        return actor, archive.prepared(chosen, why=said["why"], by=actor, at=self.now)

    def act(self, form: forms.Form) -> HttpResponseBase:
        """The archive; 409 with what is damaged, 503 where it can be had later."""
        if isinstance(self._problem, Damaged):
            broken = self._problem.chosen
            problem, location = self._problem.problem, broken.file.location
            checking.report(location=location, intact=False, problem=problem, at=self.now)
            raise UnableToExport(damaged([broken.document.title]))
        if self._problem is not None:
            return self._later(form, busy=isinstance(self._problem, Busy))
        ready = () if self._archive is None else self._archive.files
        actions.export(root_id=self.root.pk, ready=ready, by=self.actor, **form.cleaned_data)
        assert self._archive is not None
        name = f"{self.root.reference} {timezone.localdate(self.now).isoformat()}.zip"
        return StreamingHttpResponse(self._archive, headers=attached(name=name, length=self._archive.length))

    def _later(self, form: forms.Form, *, busy: bool) -> HttpResponse:
        """The storage does not answer, or as many downloads run as may."""
        self.outcome = Event.Outcome.CONFLICT
        form.add_error(
            None,
            _("Many downloads are running. Yours can begin in a moment; try again in half a minute.")
            if busy
            else _("The storage of files does not answer. Nothing is lost; try again in a few minutes."),
        )
        answer = self._again(form, 503)
        answer.headers["Retry-After"] = "30"
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page, and the ways to its neighbours."""
        here = reverse("documents_of", kwargs={"pk": self.root.pk})
        trail = [
            {"label": self.root.reference, "url": reverse("root", kwargs={"pk": self.root.pk})},
            {"label": _("Documents"), "url": here},
        ]
        return super().get_context_data(
            root=self.root, trail=trail, cancel_url=here, older=self.older, after=self.after, **kwargs
        )
