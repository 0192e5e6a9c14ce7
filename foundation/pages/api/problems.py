"""Errors of the API as problem documents (RFC 9457). They name no record: what is hidden and what is not there read alike."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.components import kosovo
from foundation.pages.api import marking

BELOW: Final = "/api/"
MEDIA_TYPE: Final = "application/problem+json"
TYPE: Final = "urn:wbcj:problem:"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A class of errors: the word that programs compare, the status, and the sentences that people read."""

    word: str
    status: int
    title: Promise
    detail: Promise

    @property
    def type(self) -> str:
        """The URI that programs compare."""
        return TYPE + self.word


BAD_REQUEST = Problem(
    word="bad-request",
    status=400,
    title=_("The request cannot be understood"),
    detail=_("What arrived is not a well-formed request to this interface."),
)
NO_TOKEN = Problem(
    word="token-refused",
    status=401,
    title=_("A valid token is needed"),
    detail=_("Send a token that is known, neither expired nor revoked, from an address where it may be used."),
)
NO_SCOPE = Problem(
    word="scope-missing",
    status=403,
    title=_("The token may not be used for this"),
    detail=_("The token lacks the scope that this operation needs."),
)
FORBIDDEN = Problem(
    word="forbidden",
    status=403,
    title=_("This is not allowed"),
    detail=_("Your role or your share does not allow this."),
)
NOT_FOUND = Problem(
    word="not-found",
    status=404,
    title=_("Not found"),
    detail=_("There is nothing at this address, or nothing that is shared with you."),
)
NO_SUCH_METHOD = Problem(
    word="method-not-allowed",
    status=405,
    title=_("This method is not offered here"),
    detail=_("The Allow header names the methods of this address."),
)
NOT_ACCEPTABLE = Problem(
    word="not-acceptable",
    status=406,
    title=_("This form is not offered"),
    detail=_("Answers are application/json."),
)
PLACE_TOO_OLD = Problem(
    word="place-too-old",
    status=410,
    title=_("This place leads nowhere any more"),
    detail=_("What followed it is not kept any longer. Read the lists anew, beginning without a place."),
)
NOT_NOW = Problem(
    word="not-possible",
    status=409,
    title=_("This cannot be done now"),
    detail=_("As the record stands, or by a rule, this cannot be done at present."),
)
AT_ONCE = Problem(
    word="done-at-once",
    status=409,
    title=_("Somebody did the same at the same moment"),
    detail=_("Read what stands there now before you send this once more."),
)
IN_FLIGHT = Problem(
    word="in-flight",
    status=409,
    title=_("The same request is being answered"),
    detail=_("Send it again with the same key after as many seconds as the Retry-After header says."),
)
STALE = Problem(
    word="stale",
    status=412,
    title=_("The record has changed since it was read"),
    detail=_("Read it again, look at what stands there now, and send the change with its new ETag."),
)
TOO_LARGE = Problem(
    word="too-large",
    status=413,
    title=_("The request is too large"),
    detail=_("The body holds more than the interface takes."),
)
NO_SUCH_MEDIA = Problem(
    word="unsupported-media-type",
    status=415,
    title=_("This form of body is not taken"),
    detail=_("Bodies are application/json."),
)
INVALID = Problem(
    word="invalid",
    status=422,
    title=_("Something in the request is not valid"),
    detail=_("The errors say which part and why."),
)
NO_KEY = Problem(
    word="key-missing",
    status=400,
    title=_("A key is needed"),
    detail=_(
        "Send an Idempotency-Key of 1 to 255 visible signs, a new one for each intention: sent again it has no second effect."
    ),
)
NO_PRECONDITION = Problem(
    word="precondition-required",
    status=428,
    title=_("The version that was read is needed"),
    detail=_("Send the ETag of the record as If-Match, so that nobody writes over what somebody else has changed."),
)
TOO_MANY = Problem(
    word="too-many-requests",
    status=429,
    title=_("Too many requests"),
    detail=_("Wait as many seconds as the Retry-After header says."),
)
FAILED = Problem(
    word="failed",
    status=500,
    title=_("Something went wrong on our side"),
    detail=_("Nothing more is known here. The X-Request-ID header names this request in our log."),
)
AWAY = Problem(
    word="unavailable",
    status=503,
    title=_("The service is away for a moment"),
    detail=_("Ask again after as many seconds as the Retry-After header says."),
)
ALL: Final = (
    BAD_REQUEST,
    NO_KEY,
    NO_TOKEN,
    NO_SCOPE,
    FORBIDDEN,
    NOT_FOUND,
    NO_SUCH_METHOD,
    NOT_ACCEPTABLE,
    NOT_NOW,
    AT_ONCE,
    IN_FLIGHT,
    PLACE_TOO_OLD,
    STALE,
    TOO_LARGE,
    NO_SUCH_MEDIA,
    INVALID,
    NO_PRECONDITION,
    TOO_MANY,
    FAILED,
    AWAY,
)
OF_STATUS: Final = {problem.status: problem for problem in reversed(ALL)} | {403: FORBIDDEN}
"""The problem of a status without further knowledge."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing in the request that is not valid: where it stands, what programs compare, and a sentence.

    It stands in a parameter of the address, in a header, or in the body (a JSON pointer, RFC 6901; empty for the whole).
    """

    parameter: str = ""
    header: str = ""
    pointer: str | None = None
    code: str
    detail: str

    def said(self) -> dict[str, str]:
        """As the document says it."""
        place = {"parameter": self.parameter, "header": self.header}
        found = {name: value for name, value in place.items() if value}
        if self.pointer is not None:
            found["pointer"] = self.pointer
        return {**found, "code": self.code, "detail": self.detail}


class Refused(Exception):
    """The operation answers with this problem. ``detail`` is said instead of the problem's own, ``reason`` beside it."""

    def __init__(
        self,
        problem: Problem,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        detail: str = "",
        reason: str = "",
    ) -> None:
        super().__init__(problem.word)
        self.problem, self.faults, self.headers = problem, tuple(faults), dict(headers or {})
        self.detail, self.reason = detail, reason

    def answer(self) -> HttpResponse:
        """The document."""
        more = {"detail": self.detail, "reason": self.reason}
        return answer(self.problem, faults=self.faults, headers=self.headers, more=more)


def concerns(request: HttpRequest) -> bool:
    """Is this an address of the API, known or not?"""
    return request.path_info.startswith(BELOW)


def answer(
    problem: Problem,
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The document, in the language of the request."""
    said: dict[str, Any] = {
        "type": problem.type,
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.detail),
        **{name: text for name, text in (more or {}).items() if text},
    }
    if faults:
        said["errors"] = [fault.said() for fault in faults]
    body = json.dumps(said, ensure_ascii=False)
    if kosovo.names_kosovo(body):
        body = json.dumps(marking.marked(said), ensure_ascii=False)
    return HttpResponse(body, status=problem.status, content_type=MEDIA_TYPE, headers=dict(headers or {}))
