"""Base of every page that shows protected data: it acts for one membership, renders inside the transaction and is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.generic import TemplateView

from foundation import access
from foundation.audit import record
from foundation.audit.models import Event
from foundation.pages import assurance, errors
from foundation.pages.requests import SESSION_KEY, ActorRequest, account_of, chosen_membership
from foundation.tenancy.actors import Actor

T = TypeVar("T")
GONE = (Http404, ObjectDoesNotExist, access.NotThere)
"""What is not there for this reader."""


class ActorPage(TemplateView):
    """A page for one actor.

    ``permission`` is what the role must allow; a page about a record also requires it on that record, in ``load``.
    ``verb`` names the look in the record. ``load`` sets ``root_id`` (the root that is shown) or ``returned`` (the roots of a list).
    """

    permission: ClassVar[access.Permission]
    verb: ClassVar[str]
    http_method_names = ("get", "head", "post")
    request: ActorRequest
    root_id: UUID | None = None
    returned: tuple[UUID, ...] = ()
    outcome: Event.Outcome | None = None
    status = 200

    @property
    def actor(self) -> Actor:
        """Who acts on this page."""
        assert self.request.actor is not None
        return self.request.actor

    def load(self) -> None:
        """Read what the page is about, through the walls."""

    def repeated(self) -> HttpResponseBase | None:
        """The answer to a form that had its effect already; asked before ``load``, for the effect may have ended the sight."""
        return None

    def another(self) -> HttpResponseBase:
        """The answer to a form that was written for another membership."""
        return errors.kept(self.request, why="other_membership")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open the transaction, act, render; record a refusal after the transaction has ended."""
        self.request.reached = "begun"
        if not request.user.is_authenticated:
            return (
                errors.kept(request, why="signed_out")
                if request.method == "POST"
                else redirect_to_login(request.get_full_path())
            )
        response = self.guarded(partial(self._act, request, *args, **kwargs))
        if self.outcome is not None:
            self._refuse(self.outcome)
        return response

    def guarded(self, answer: Callable[[], T]) -> T | HttpResponseBase:
        """Answer; what this reader may not see or do is recorded once the transaction has ended, and stays an error."""
        try:
            return answer()
        except access.NotInOffice:
            return self._choose_membership(self.request)
        except GONE as error:
            self._refuse(Event.Outcome.NOT_FOUND)
            raise Http404 from error
        except PermissionDenied:
            self._refuse(Event.Outcome.FORBIDDEN)
            raise

    def ahead(self, prepare: Callable[[Actor], T]) -> T | None:
        """What this finds for the reader in a short transaction before the page's own, for work between the two that no transaction
        may be open for. None for whoever is not let in: the page, which asks for everything again, answers them.
        """
        request = self.request
        try:
            with (
                access.acting_as(account_of(request), chosen_membership(request)) as actor,
                in_words_of(request, actor),
            ):
                request.actor = actor
                if assurance.without_factor(self) is not None:
                    return None
                access_role_required(actor, self.permission)
                return prepare(actor)
        except (access.NotInOffice, PermissionDenied, *GONE):
            return None

    def _act(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with access.acting_as(account_of(request), chosen_membership(request)) as actor:
            response = self._inside(actor, request, *args, **kwargs)
            # From here on the transaction is committed, or nobody can tell.
            self.request.reached = "settling"
        return response

    def _inside(self, actor: Actor, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with in_words_of(self.request, actor):
            self.request.actor = actor
            stopped = assurance.without_factor(self)
            if stopped is not None:
                return stopped
            access_role_required(actor, self.permission)
            stopped = assurance.unconfirmed(self)
            if stopped is not None:
                return stopped
            if _written_as_another(self.request, actor):
                self.outcome = Event.Outcome.CONFLICT
                return self.another()
            answered = self.repeated()
            if answered is not None:
                return answered
            self.load()
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
                self._record_look_by_form()
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page and put the look on record."""
        response = super().get(request, *args, **kwargs)
        record.consulted(self.verb, by=self.actor, root=self.root_id, roots=self.returned)
        return response

    def _record_look_by_form(self) -> None:
        """A form that comes back shows the record as well as the page before it did; a refusal is recorded later."""
        if self.request.method == "POST" and self.outcome is None:
            record.consulted(self.verb, by=self.actor, root=self.root_id, roots=self.returned)

    def _refuse(self, outcome: Event.Outcome) -> None:
        actor = getattr(self.request, "actor", None)
        membership = None if actor is None else actor.membership_id
        note_refusal(self.verb, outcome, membership=membership, kwargs=self.kwargs, root_id=self.root_id)

    def _choose_membership(self, request: HttpRequest) -> HttpResponseBase:
        """The membership ended, or there never was one: forget the choice; the next request takes what is left."""
        if request.session.pop(SESSION_KEY, None) is not None and request.method != "POST":
            return redirect(request.get_full_path())
        if request.method == "POST":
            return self.another()
        return render(request, "pages/no_membership.html", status=403)


def note_refusal(
    verb: str, outcome: Event.Outcome, *, membership: UUID | None, kwargs: Mapping[str, object], root_id: UUID | None
) -> None:
    """Put a refusal on record once its transaction has ended: what was asked for stands in the address, or is the root."""
    key = kwargs.get("pk")
    record.refused(verb, outcome=outcome, membership=membership, key=key if isinstance(key, UUID) else root_id)


@contextmanager
def in_words_of(request: ActorRequest, actor: Actor) -> Iterator[None]:
    """Times in the actor's zone; words in the language chosen in this browser, else in the account's."""
    chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    language = translation.get_language() if chosen_here else request.user.language
    with timezone.override(ZoneInfo(actor.time_zone)), translation.override(language):
        yield


def access_role_required(actor: Actor, permission: access.Permission) -> None:
    """The first question of every page: may this role do it at all?"""
    if not access.role_allows(actor, permission):
        raise access.Forbidden


def _written_as_another(request: ActorRequest, actor: Actor) -> bool:
    """Was the form filled in for another membership (switched in another tab)?"""
    written_as = request.POST.get("acting", "")
    return bool(written_as) and written_as != str(actor.membership_id)
