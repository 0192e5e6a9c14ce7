"""Pages of printouts: order one, watch it, take it along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.documents.downloads import FileDownload
from foundation.documents.printing import actions, kinds, queries
from foundation.documents.printing.models import Printout
from foundation.documents.printing.permissions import PrintingPermission
from foundation.documents.stored import StoredFile
from foundation.documents.vault import Kept
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.tenancy.actors import Actor


class OrderForm(forms.Form):
    """In which language."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the paper"))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, name) for code, name in settings.LANGUAGES if code in languages]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]  # a choice field has them


class Order(ActionPage):
    """Have something printed. Who may: whoever reads it."""

    permission = PrintingPermission.PRINT
    verb = "documents.order.viewed"
    form_class = OrderForm
    submit_label = gettext_lazy("Print")

    def load(self) -> None:
        """What would be printed, as its reader sees it."""
        try:
            self.kind = kinds.named(self.kwargs["kind"])
        except kinds.UnknownKind:
            raise Http404 from None
        language = translation.get_language() or settings.LANGUAGE_CODE
        self.paper = actions.frozen(self.kind, self.kwargs["pk"], language=language, by=self.actor)
        self.languages = self.kind.languages_of(self.kwargs["pk"], actor=self.actor)
        self.root_id = self.paper.root_id
        access.require(self.actor, self.kind.permission, self.root_id)
        access.require(self.actor, self.permission, self.root_id)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The languages of the paper."""
        return {**super().get_form_kwargs(), "languages": self.languages}

    def get_initial(self) -> dict[str, Any]:
        """The language in which the reader works, as far as there is a paper in it."""
        language = translation.get_language()
        return {"language": language if language in self.languages else self.languages[0]}

    def act(self, form: forms.Form) -> str:
        """To the printout."""
        printout = actions.order(
            kind=self.kind,
            subject=self.kwargs["pk"],
            language=form.cleaned_data["language"],
            by=self.actor,
            at=timezone.now(),
        )
        return reverse("printout", args=[printout.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the paper holds, said before it is made."""
        back = self.kind.address(self.kwargs["pk"])
        lead = _(
            "A PDF of what you may see here now, with your name and a seal. Whoever sees more or less gets another paper."
        )
        heading = _("Print: %(what)s") % {"what": self.kind.label}
        trail = [{"label": self.paper.reference or self.paper.title, "url": back}]
        return super().get_context_data(heading=heading, lead=lead, trail=trail, cancel_url=back, **kwargs)


class OfPrintout(ActorPage):
    """A page about one printout of the actor's own."""

    permission = PrintingPermission.PRINT

    def find(self) -> None:
        """The printout; 404 for everybody but its reader."""
        self.printout = Printout.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.printout.root_id
        access.require(self.actor, self.permission, self.root_id)

    def load(self) -> None:
        """The printout beside its subject as it stands now; 404 where the reader lost the one or the other."""
        self.find()
        self.view = queries.view(self.printout, actor=self.actor)


class PrintoutPage(OfPrintout):
    """How a printout stands; asks again by itself while it is being made."""

    verb = "documents.printout.viewed"
    template_name = "printing/printout.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; for a page that asks again, its state alone, which is no new look."""
        if "HX-Request" not in request.headers:
            return super().get(request, *args, **kwargs)
        return self.response_class(request, "printing/state.html", self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The printout, and the way back."""
        trail = [{"label": self.view.title, "url": self.view.address}]
        return super().get_context_data(view=self.view, printout=self.printout, trail=trail, **kwargs)


class OrderAgain(OfPrintout, ActionPage):
    """Let a printout that failed be tried once more."""

    verb = "documents.order_again.viewed"
    form_class = forms.Form
    template_name = "confirm.html"
    submit_label = gettext_lazy("Print again")

    def act(self, form: forms.Form) -> str:
        """To the new printout."""
        again = actions.order_again(printout=self.printout, by=self.actor, at=timezone.now())
        return reverse("printout", args=[again.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What failed, and the way back."""
        back = reverse("printout", args=[self.printout.pk])
        return super().get_context_data(heading=_("Print again"), lead=self.view.title, cancel_url=back, **kwargs)


class PrintoutFile(OfPrintout, FileDownload):
    """The file, as an attachment, only while it shows exactly what its reader would see now."""

    verb = "documents.printout.downloaded"
    stopped = "documents.printout.stopped"
    sent_as = "application/pdf"

    def stored(self) -> StoredFile | None:
        """A constraint holds that a printout that is ready has all of these columns."""
        found = self.printout
        if found.location is None or found.size is None or found.wrapped_key is None:
            return None
        return Kept(location=found.location, size=found.size, sha256=found.sha256, wrapped_key=bytes(found.wrapped_key))

    def file_name(self) -> str:
        """What it is, and the code that stands on it."""
        return f"{self.view.kind.label} {self.printout.code}.pdf"

    def given_out(self) -> bool:
        """Ready, and right."""
        return self.view.fresh

    def still(self, actor: Actor, location: UUID) -> bool:
        """Membership, role and share; and no newer one has taken its place."""
        return (
            access.role_allows(actor, self.permission)
            and Printout.objects.visible_to(actor).filter(location=location).exists()
        )

    def unread(self, *, status: int, why: str) -> HttpResponse:
        """The page of the printout says why, and what to do."""
        trail = [{"label": self.view.title, "url": self.view.address}]
        unreadable = why if self.view.fresh else ""
        context = {"view": self.view, "printout": self.printout, "trail": trail, "unreadable": unreadable}
        return render(self.request, "printing/printout.html", context, status=status)
