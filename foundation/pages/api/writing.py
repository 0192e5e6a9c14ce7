"""Operations that change something: one action, one effect, on a state that the sender has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db import IntegrityError, models
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import UniqueViolation
from rest_framework import serializers

from foundation import access
from foundation.audit.models import Event
from foundation.pages.api import bodies, folding, idempotency, preconditions, problems, rendering
from foundation.pages.api.fields import Document
from foundation.pages.api.operations import Operation
from foundation.pages.base import access_role_required
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of an act: the record that it made or changed, where it is read, and its version if it has one."""

    id: UUID
    url: str
    version: int | None = None


class ReceiptDocument(Document):
    """What an act answers: where its record is read. It tells nothing of the record, so it may be kept and sent again."""

    id = serializers.UUIDField(help_text="The key of the record that was made or changed.")
    url = serializers.CharField(help_text="Where it is read, on the same host.")
    version = serializers.IntegerField(
        allow_null=True, help_text="The version that the act left, for the next If-Match; null where a record has none."
    )


RECEIPT = {
    "id": "5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
    "url": "/api/v1/cases/5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
    "version": 4,
}


class Writing(Operation):
    """An operation that calls one action with the form of the page that does the same.

    ``form_class`` is that form: what it refuses is answered 422 with places in the body. ``edited`` is the record whose version the
    request stands on (If-Match). ``coded`` names fields that are said by code instead of by key. The answer is a receipt.
    """

    output = ReceiptDocument
    example: ClassVar[dict[str, Any]] = RECEIPT
    form_class: ClassVar[type[forms.Form]] = forms.Form
    coded: ClassVar[tuple[str, ...]] = ()
    begun: ClassVar[tuple[str, ...]] = ()
    """Fields that the form begins with a value of the actor's own, such as its authority: the body may leave them out."""
    folded: ClassVar[tuple[folding.Folded, ...]] = ()
    """Lists of the body that are fields of the form, one entry for each thing that it asks about."""
    stands_on: ClassVar[bool] = False
    """Whether the request must name the version that it stands on."""
    keyed: ClassVar[bool] = False
    """Whether the request must bring a key, since sent twice it would have two effects."""
    status: ClassVar[int] = 200
    sample: ClassVar[dict[str, Any]] = {}
    """A body, invented, as the document of the interface shows it."""

    def form_arguments(self) -> dict[str, Any]:
        """What the form needs besides what was sent."""
        return {}

    def folds(self) -> tuple[folding.Fold, ...]:
        """The folded lists, with what the form of this request asks about."""
        return ()

    @property
    def edited(self) -> models.Model:
        """The record that the request stands on."""
        raise TypeError(f"{type(self).__name__} stands on nothing")

    def values_of(self, record: models.Model) -> Mapping[str, object] | None:
        """The record's values under the form's names, for what the body leaves out; none where nothing is edited."""
        return None

    def act(self, form: forms.Form) -> Done:
        """Call the action."""
        raise TypeError(f"{type(self).__name__} has no act()")

    def understood(self) -> None:
        """The body, the key and the version are read before anything is looked up: what is wrong with them tells of no record."""
        super().understood()
        self.body = bodies.of(self.asked)
        self.key = idempotency.key_of(self.asked) if self.keyed else ""
        self.versions = preconditions.demanded(self.asked) if self.stands_on else frozenset()

    def _guarded(self, answer: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return super()._guarded(answer)
        except access.StaleVersion as error:
            self._refuse(Event.Outcome.STALE)
            raise problems.Refused(problems.STALE) from error
        except Refusal as error:
            self._refuse(Event.Outcome.CONFLICT)
            raise problems.Refused(problems.NOT_NOW, detail=str(error), reason=type(error).__name__) from error
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            self._refuse(Event.Outcome.CONFLICT)
            raise problems.Refused(problems.AT_ONCE) from error

    def _inside(self, actor: Actor) -> HttpResponse:
        """Days are the bearer's own, as on a page; instants bring their offset."""
        with timezone.override(ZoneInfo(actor.time_zone)):
            self.asked.actor = actor
            access_role_required(actor, self.permission)
            request = idempotency.digest(self.asked, self.body)
            kept = idempotency.earlier(by=actor, key=self.key, request=request) if self.keyed else None
            if kept is not None:
                return self._receipt(kept.status, kept.body)
            self.load()
            body = self.document(self.act(self._form()))
            if self.keyed:
                idempotency.remember(
                    by=actor, key=self.key, request=request, status=self.status, body=body, at=self.now
                )
        return self._receipt(self.status, body)

    def _form(self) -> forms.Form:
        """The valid form. Raises Refused."""
        blank = self._made()
        edited = self.edited if self.stands_on else None
        version = None if edited is None else preconditions.standing_on(self.versions, getattr(edited, "version"))
        standing = None if edited is None else self.values_of(edited)
        said = folding.unfolded(self.body, self.folds())
        faults = [*said.faults, *said.at_their_places(bodies.faults_in(blank, said.body), blank)]
        if faults:
            raise problems.Refused(problems.INVALID, faults=faults)
        form = self._made(data=bodies.sent(blank, said.body, standing=standing, version=version))
        if not form.is_valid():
            raise problems.Refused(problems.INVALID, faults=said.at_their_places(bodies.faults_of(form), form))
        return form

    def _made(self, **sent: Any) -> forms.Form:
        form = self.form_class(**sent, **self.form_arguments())
        for name in self.coded:
            field = form.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.to_field_name = "code"
        return form

    def _receipt(self, status: int, body: dict[str, Any]) -> HttpResponse:
        answer = rendering.plain(body, status=status)
        if status == Creating.status:
            answer.headers["Location"] = body["url"]
        return answer


class Creating(Writing):
    """Makes a record: POST with a key, answered 201 with its address."""

    methods = ("POST",)
    keyed = True
    status = 201


class Acting(Writing):
    """Does something with a record that has no version of its own to stand on: POST with a key."""

    methods = ("POST",)
    keyed = True


class Moving(Writing):
    """Moves a record from state to state: POST with a key, on the version that was read."""

    methods = ("POST",)
    keyed = stands_on = True


class Editing(Writing):
    """Changes values of a record: PATCH on the version that was read. What the body leaves out stays."""

    methods = ("PATCH",)
    stands_on = True


class Removing(Writing):
    """Takes a row off: DELETE. Sent again it finds nothing."""

    methods = ("DELETE",)


def done(record: models.Model, address: str, **keys: UUID) -> Done:
    """The receipt of an act on this record, which is read at this address."""
    version = getattr(record, "version", None)
    return Done(id=record.pk, url=reverse(address, kwargs=keys or {"pk": record.pk}), version=version)
