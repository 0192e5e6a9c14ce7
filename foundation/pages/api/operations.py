"""Base of every operation: it acts for the bearer's membership, answers inside the transaction and is on record, as every page is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from foundation import access
from foundation.audit import record
from foundation.audit.models import Event
from foundation.pages.api import bearers, limits, problems, rendering
from foundation.pages.api.description import Description
from foundation.pages.base import GONE, access_role_required, note_refusal
from foundation.pages.requests import ActorRequest
from foundation.systems.scopes import Scope
from foundation.systems.tokens import Bearer
from foundation.tenancy.actors import Actor

READING = ("GET", "HEAD")


class Address(APIView):
    """An address below the API, open to everybody or not: JSON in and out, problems for errors, no session."""

    methods: ClassVar[tuple[str, ...]] = READING
    """What this operation takes; the first stands in the document of the interface."""
    offered: tuple[str, ...] = ()
    """What the address takes, where several operations stand at it."""
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = DefaultContentNegotiation
    format_kwarg = None
    schema = Description()
    parameters: Collection[str] = ()
    """Names that the query of the address may hold. Any other is refused: a filter that is misspelt would filter nothing."""
    also: Collection[problems.Problem] = ()
    """Problems that this address alone answers with."""
    output: ClassVar[type[BaseSerializer[Any]]]
    example: ClassVar[dict[str, Any]]
    """An answer, invented, as the document of the interface shows it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; what cannot be answered is a problem document."""
        self.args, self.kwargs = args, kwargs
        self.asked = cast("ActorRequest", request)
        self.asked.reached = "begun"
        self.request = self.initialize_request(request, *args, **kwargs)
        self.told: dict[str, str] = {}
        try:
            response = self.answered()
        except problems.Refused as refusal:
            response = refusal.answer()
        for name, value in self.told.items():
            response.headers.setdefault(name, value)
        return response

    def answered(self) -> HttpResponse:
        """The answer. Raises problems.Refused."""
        self.understood()
        return rendering.answer(self.asked, self.read())

    def understood(self) -> None:
        """Method, form and query of the request are those of this address. Raises problems.Refused."""
        try:
            if self.request.method not in self.methods:
                raise exceptions.MethodNotAllowed(self.request.method or "")
            self.perform_content_negotiation(self.request)
            if self.asked.META.get("CONTENT_LENGTH") not in {None, "", "0"} and not _is_json(self.asked):
                raise exceptions.UnsupportedMediaType(self.asked.content_type or "")
        except exceptions.APIException as error:
            offered = ", ".join(self.offered or self.methods)
            allow = {"Allow": offered} if isinstance(error, exceptions.MethodNotAllowed) else {}
            raise problems.Refused(problems.OF_STATUS[error.status_code], headers=allow) from error
        unknown = sorted(set(self.asked.GET) - set(self.parameters))
        if unknown:
            faults = [_fault(name, "unknown", _("There is no such parameter here.")) for name in unknown]
            raise problems.Refused(problems.INVALID, faults=faults)

    def described(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Named for the description of the interface; ``dispatch`` answers."""
        raise TypeError("dispatch answers")

    get = post = patch = delete = described

    def read(self) -> dict[str, Any]:
        """What the answer holds."""
        raise TypeError(f"{type(self).__name__} has no read()")

    def document(self, record: object) -> dict[str, Any]:
        """A record as it is sent."""
        return dict(self.output(record, context={"operation": self}).data)

    @cached_property
    def now(self) -> datetime:
        """The clock of this request."""
        return timezone.now()


class Operation(Address):
    """One operation of a partner system.

    ``permission`` is what the role must allow, ``scope`` what the token must be for (none: any token), ``verb`` names the look in the
    record. ``load`` sets ``root_id`` (the root that is shown) or ``returned`` (the roots of a list), and requires the permission on
    the record. It has no rules of its own: what it reads comes from the querysets and queries that the pages ask.
    """

    permission: ClassVar[access.Permission]
    scope: ClassVar[Scope | None]
    verb: ClassVar[str]
    root_id: UUID | None = None
    returned: tuple[UUID, ...] = ()
    bearer: Bearer

    @property
    def actor(self) -> Actor:
        """Who acts."""
        assert self.asked.actor is not None
        return self.asked.actor

    def load(self) -> None:
        """Read what the operation is about, through the walls."""

    def answered(self) -> HttpResponse:
        """First who asks and how often, then what; a refusal is on record once its transaction has ended."""
        self.bearer = bearers.of(self.asked)
        quota = limits.taken(self.bearer.token_id)
        self.told |= quota.headers()
        if quota.exceeded:
            raise problems.Refused(problems.TOO_MANY)
        self.understood()
        if self.scope is not None and self.scope not in self.bearer.scopes:
            self._refuse(Event.Outcome.FORBIDDEN)
            needed = f'{bearers.CHALLENGE}, error="insufficient_scope", scope="{self.scope}"'
            raise problems.Refused(problems.NO_SCOPE, headers={"WWW-Authenticate": needed})
        return self._guarded(self._act)

    def _guarded(self, answer: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return answer()
        except access.NotInOffice as error:
            raise bearers.ended() from error
        except GONE as error:
            self._refuse(Event.Outcome.NOT_FOUND)
            raise problems.Refused(problems.NOT_FOUND) from error
        except PermissionDenied as error:
            self._refuse(Event.Outcome.FORBIDDEN)
            raise problems.Refused(problems.FORBIDDEN) from error

    def _act(self) -> HttpResponse:
        with access.acting_as(self.bearer.account_id, self.bearer.membership_id) as actor:
            response = self._inside(actor)
            # From here on the transaction is committed, or nobody can tell.
            self.asked.reached = "settling"
        return response

    def _inside(self, actor: Actor) -> HttpResponse:
        with timezone.override(UTC):
            self.asked.actor = actor
            access_role_required(actor, self.permission)
            self.load()
            response = rendering.answer(self.asked, self.read())
            record.consulted(self.verb, by=actor, root=self.root_id, roots=self.returned)
        return response

    def _refuse(self, outcome: Event.Outcome) -> None:
        membership = self.bearer.membership_id
        note_refusal(self.verb, outcome, membership=membership, kwargs=self.kwargs, root_id=self.root_id)


def _is_json(request: HttpRequest) -> bool:
    return request.content_type == rendering.MEDIA_TYPE


def _fault(name: str, code: str, detail: str) -> problems.Fault:
    return problems.Fault(parameter=name[:100], code=code, detail=detail)


def invalid(faults: Sequence[tuple[str, str, str]]) -> problems.Refused:
    """The refusal of parameters: name, code and sentence of each."""
    return problems.Refused(problems.INVALID, faults=[_fault(*fault) for fault in faults])
