"""Pages of printouts: order one, watch it, take it along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit import record
from foundation.audit.models import Event
from foundation.documents import checking, vault
from foundation.documents.downloads import SANDBOX
from foundation.documents.names import attachment
from foundation.documents.printing import actions, kinds, queries
from foundation.documents.printing.models import Printout
from foundation.documents.printing.permissions import PrintingPermission
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.sending import PIECE, Stopped
from foundation.documents.vault import Kept, RawReader
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.tenancy.actors import Actor


class OrderForm(forms.Form):
    """In which language."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the paper"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]  # a choice field has them


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
        self.root_id = self.paper.root_id
        access.require(self.actor, self.kind.permission, self.root_id)
        access.require(self.actor, self.permission, self.root_id)

    def get_initial(self) -> dict[str, Any]:
        """The language in which the reader works."""
        return {"language": translation.get_language()}

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

    def load(self) -> None:
        """The printout beside its subject as it stands now; 404 where the reader lost the one or the other."""
        self.printout = Printout.objects.visible_to(self.actor).get(pk=self.kwargs["pk"])
        self.root_id = self.printout.root_id
        access.require(self.actor, self.permission, self.root_id)
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


class PrintoutFile(OfPrintout):
    """The file, as an attachment, only while it shows exactly what its reader would see now."""

    verb = "documents.printout.downloaded"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; 409 with what to do where it is not ready, has changed or is broken, 503 where storage is away."""
        if not self.view.fresh:
            return self._refused(409)
        try:
            reader = vault.raw_reader(root_id=self.printout.root_id, stored=_kept(self.printout), by=self.actor)
            pieces = _pieces(self.printout, reader, self.actor)
            first = next(pieces)
        except Broken as error:
            assert self.printout.location is not None
            checking.report(location=self.printout.location, intact=False, problem=str(error), at=timezone.now())
            return self._refused(409)
        except Unreachable:
            return self._refused(503)
        record.consulted(self.verb, by=self.actor, root=self.root_id)
        return StreamingHttpResponse(_after(first, pieces), headers=self._headers())  # type: ignore[return-value]  # the base says HttpResponse where Django takes both

    def _refused(self, status: int) -> HttpResponse:
        self.outcome = Event.Outcome.CONFLICT
        trail = [{"label": self.view.title, "url": self.view.address}]
        context = {"view": self.view, "printout": self.printout, "trail": trail, "unreadable": self.view.fresh}
        return render(self.request, "printing/printout.html", context, status=status)

    def _headers(self) -> dict[str, str]:
        name = f"{self.view.kind.label} {self.printout.code}.pdf"
        return {
            "Content-Type": "application/pdf",
            "Content-Disposition": attachment(name),
            "Content-Length": str(self.printout.size),
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }


def _kept(printout: Printout) -> Kept:
    """The file of a printout that is ready: a constraint holds that it has all these columns."""
    assert printout.location is not None
    assert printout.size is not None
    assert printout.wrapped_key is not None
    return Kept(
        location=printout.location,
        size=printout.size,
        sha256=printout.sha256,
        wrapped_key=bytes(printout.wrapped_key),
    )


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _pieces(printout: Printout, reader: RawReader, by: Actor) -> Iterator[bytes]:
    """Piece by piece; before each but the first the walls are asked again, so that a download ends where the sight ends."""
    with reader:
        yield _piece(reader)
        while piece := _piece(reader):
            with access.acting(by) as actor:
                seen = Printout.objects.visible_to(actor).filter(pk=printout.pk).exists()
            if not seen:
                raise Stopped
            yield piece


def _piece(reader: RawReader) -> bytes:
    pieces, room = [], PIECE
    while room and (piece := reader.read(room)):
        pieces.append(piece)
        room -= len(piece)
    return b"".join(pieces)
