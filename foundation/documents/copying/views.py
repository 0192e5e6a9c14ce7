"""The pages of copies: choose the case, say what the copy is, see how far it is."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access import BadCursor, Cursor, Page
from foundation.access.models import Root
from foundation.documents.copying import actions, conditions, queries, rules
from foundation.documents.copying import targets as copy_targets
from foundation.documents.copying.forms import CopyForm
from foundation.documents.copying.models import CopyOrder
from foundation.documents.intake.actions import objection
from foundation.documents.models import DocumentVersion
from foundation.documents.permissions import DocumentPermission
from foundation.documents.views import root_step
from foundation.pages.base import ActorPage
from foundation.pages.filters import FilterForm
from foundation.pages.forms import ActionPage
from foundation.pages.lists import cursor_of

AGAIN = "again"
"""Names an order that was not filed, in the address of the form that begins anew with what was said of it."""


class OfOriginal(ActorPage):
    """A page about the newest version of a document that somebody wants to copy."""

    permission: ClassVar[access.Permission] = DocumentPermission.COPY
    file: DocumentVersion

    def load(self) -> None:
        """The version, through the walls; whoever may not download it may not copy it."""
        self.file = conditions.newest(self.kwargs["pk"], by=self.actor)
        self.root_id = self.file.root_id
        access.require(self.actor, DocumentPermission.DOWNLOAD, self.file)
        access.require(self.actor, self.permission, self.file)

    @property
    def home(self) -> str:
        """The page of the document."""
        return reverse("document", kwargs={"pk": self.file.document_id})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The document and the way to it."""
        document = self.file.document
        trail = [root_step(document.root), {"label": document.title, "url": self.home}]
        return super().get_context_data(**{"document": document, "trail": trail, "cancel_url": self.home, **kwargs})


class ChooseTarget(OfOriginal):
    """The first step: in which case? Those at work to which the actor contributes, the newest first, or found by words."""

    verb = "documents.copy_case.asked"
    template_name = "documents/copying/choose.html"
    page: Page[Root] = Page((), (), None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Fifty of them; none where nothing of the document may be copied, and why."""
        self.form = FilterForm(request.GET)
        self.after = cursor_of(request.GET.get("after", ""))
        self.why_not = rules.why_not(self.file.document, self.file, self.actor)
        if self.form.is_valid() and not self.why_not:
            self.page = self._read(self.after)
        response = super().get(request, *args, **kwargs)
        if not self.form.is_valid():
            response.status_code = 422
        return response

    def _read(self, after: Cursor | None) -> Page[Root]:
        try:
            return copy_targets.page(
                self.actor, text=self.form.cleaned_data["text"], without=self.file.root_id, after=after
            )
        except BadCursor as error:
            raise Http404 from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cases."""
        return super().get_context_data(
            form=self.form,
            why_not=self.why_not,
            rows=self.page.rows,
            asked=bool(self.form.chosen()),
            older=self.form.address(after=str(self.page.after)) if self.page.after else "",
            newest=self.form.address() if self.after else "",
            now=timezone.now(),
            **kwargs,
        )


class CopyTo(OfOriginal, ActionPage):
    """The second step: what the copy is, for whom and why; it is made in the background."""

    verb = "documents.copy_form.opened"
    template_name = "documents/copying/copy.html"
    form_class = CopyForm
    keeps_drafts = True
    submit_label = gettext_lazy("File the copy")

    def load(self) -> None:
        """The case of the copy as well, at the level that filing takes."""
        super().load()
        self.target = conditions.admitted(self.file, self.kwargs["root"], by=self.actor)

    def get_initial(self) -> dict[str, Any]:
        """The original as it is, or what was said of a copy that was not filed."""
        again = self.request.GET.get(AGAIN, "")
        said = queries.said_before(self.actor, again, file=self.file, root_id=self.target.pk)
        return {**super().get_initial(), **queries.initial(self.file, self.target, self.actor), **said}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whether the provider has to permit it."""
        return {**super().get_form_kwargs(), "restricted": rules.restricted(self.file.document)}

    @property
    def not_now(self) -> str:
        """The document may not be passed on, or the case takes none."""
        least = rules.floor(self.file.document, self.target, self.actor)
        return (
            rules.why_not(self.file.document, self.file, self.actor)
            or objection(self.target, by=self.actor, at=timezone.now())
            or rules.too_wordy(least)
        )

    def act(self, form: forms.Form) -> str:
        """Order it; the next page shows how it goes on."""
        assert isinstance(form, CopyForm)
        ordered = actions.order(
            document=self.file.document,
            root_id=self.target.pk,
            said=form.said(),
            version=form.cleaned_data["version"],
            language=translation.get_language() or "en",
            by=self.actor,
            at=timezone.now(),
        )
        return reverse("document_copy_order", kwargs={"pk": ordered.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        change = reverse("document_copy_choose", kwargs={"pk": self.file.document_id})
        return super().get_context_data(target=self.target, file=self.file, change_url=change, **kwargs)


class CopyPage(ActorPage):
    """How far a copy is; asks again by itself while it is being made. Whoever ordered it, and nobody else."""

    permission = DocumentPermission.COPY
    verb = "documents.copy_order.viewed"
    template_name = "documents/copying/order.html"

    def load(self) -> None:
        """The order, with what its owner still sees of the two records."""
        self.view = queries.view(CopyOrder.objects.visible_to(self.actor).get(pk=self.kwargs["pk"]), self.actor)
        self.root_id = self.view.root.pk if self.view.root else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; for a page that asks again, its state alone, which is no new look."""
        if "HX-Request" not in request.headers:
            return super().get(request, *args, **kwargs)
        return self.response_class(request, "documents/copying/state.html", self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The order, and where to try again."""
        again = ""
        if self.view.original and self.view.root:
            keys = {"pk": self.view.original.pk, "root": self.view.root.pk}
            again = f"{reverse('document_copy', kwargs=keys)}?{AGAIN}={self.view.order.pk}"
        trail = [{"label": _("My copies"), "url": reverse("document_copies")}]
        return super().get_context_data(view=self.view, again=again, trail=trail, **kwargs)


class Copies(ActorPage):
    """The newest copies that the reader ordered."""

    permission = DocumentPermission.COPY
    verb = "documents.copies.viewed"
    template_name = "documents/copying/copies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty of them."""
        return super().get_context_data(views=queries.newest(self.actor), **kwargs)
