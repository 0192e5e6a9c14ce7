"""The product's addresses, and a few pages that only tests have."""

from __future__ import annotations

from typing import Any
from uuid import uuid4, uuid5

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from foundation import access
from foundation.notifications.models import Notice
from foundation.pages.forms import ActionPage, VersionedForm
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from wbcj import urls
from wbcj.home.permissions import HomePermission

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


class NoteForm(VersionedForm):
    text = forms.CharField(label="Text", max_length=40, widget=forms.Textarea)
    password = forms.CharField(required=False)


class Theirs:
    """A record as somebody else left it."""

    version = 7
    text = "Theirs"


class Opened:
    """The same record as it stood when the form was opened."""

    version = 1
    text = "Opened"


@action
def write(*, text: str, by: Actor) -> None:
    """Leaves one row for each effect; what one may not write, by its text."""
    if text == "refused":
        raise Refusal("This is not possible now.")
    if text == "stale":
        raise access.StaleVersion(Theirs())
    Notice.objects.create(
        id=uuid5(by.membership_id, text) if text == "taken" else uuid4(),
        membership_id=by.membership_id,
        kind=f"tests.{text}"[:60],
        root=by.membership_id,
        at=timezone.now(),
    )


class Note(ActionPage):
    permission = HomePermission.VIEW
    verb = "tests.note.asked"
    form_class = NoteForm
    submit_label = "Write"

    @property
    def edited(self) -> Any:
        return Opened()

    def values_of(self, record: Any) -> dict[str, object]:
        return {"text": record.text}

    def act(self, form: forms.Form) -> str:
        write(text=form.cleaned_data["text"], by=self.actor)
        return "/inbox/"


class BrokenOff(Note):
    """The database goes away while the form is worked on."""

    def act(self, form: forms.Form) -> str:
        raise OperationalError("the connection is lost: Operation Kronos")


class Shut(Note):
    verb = "tests.shut.asked"

    def load(self) -> None:
        raise access.Forbidden("Not for you.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Operation Kronos")


urlpatterns = [
    path("tests/note/", Note.as_view(), name="tests_note"),
    path("tests/broken-off/", BrokenOff.as_view(), name="tests_broken_off"),
    path("tests/shut/", Shut.as_view(), name="tests_shut"),
    path("tests/broken/", broken),
    *urls.urlpatterns,
]
