"""The OpenAPI document, made from the operations: what each is for, needs, takes and answers, with examples and every error."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

from foundation.pages.api import parameters, problems, schemas
from foundation.pages.api.fields import Document

TOKEN = "token"  # noqa: S105 - the name of the scheme
EVERYWHERE = (problems.NOT_ACCEPTABLE, problems.NO_SUCH_MEDIA, problems.INVALID, problems.FAILED)
WITH_TOKEN = (problems.NO_TOKEN, problems.TOO_MANY, problems.AWAY)
HEADERS = {
    "X-Request-ID": "Names this request in our log; tell it to whoever helps you.",
    "ETag": "Strong fingerprint of exactly this answer; send it as If-None-Match to learn cheaply whether it still holds.",
    "Location": "Where the record that was made is read.",
    "RateLimit-Policy": "How many requests the token has in each minute.",
    "RateLimit": "How many remain in the minute that runs, and for how many seconds it runs.",
}


class Description(AutoSchema):
    """One operation of the document. Its class says everything: the first line of the docstring is the summary."""

    view: Any

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The library's description, with every error that the operation can answer."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is not None:
            for answered in operation["responses"]:
                headers = {name: {"$ref": f"#/components/headers/{name}"} for name in self._headers(answered)}
                operation["responses"][answered]["headers"] = headers
            for status in self._errors():
                name = _name(problems.OF_STATUS[status])
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/{name}"}
            if self._writes and self.method != "DELETE":
                operation["requestBody"] = self._body()
        return operation

    def _body(self) -> dict[str, Any]:
        """What the act takes."""
        view = self.view
        partly = view.stands_on and self.method == "PATCH"
        schema = schemas.of_form(view.form_class, coded=view.coded, folded=view.folded, begun=view.begun, partly=partly)
        examples = {"Request": {"value": view.sample}}
        return {
            "content": {"application/json": {"schema": schema, "examples": examples}},
            "required": bool(schema.get("required")),
        }

    def get_operation_id(self) -> str:
        """The name of the class."""
        name = type(self.view).__name__
        return name[0].lower() + name[1:]

    def get_summary(self) -> str:
        """The first line of the docstring."""
        return _paragraphs(self.view)[0].removesuffix(".")

    def get_description(self) -> str:  # type: ignore[override]  # as the library overrides it itself
        """The rest of it, and which scope it takes."""
        rest = _paragraphs(self.view)[1:]
        scope = getattr(self.view, "scope", None)
        return "\n\n".join([*rest, *([f"Scope: `{scope}`."] if scope else [])])

    def get_tags(self) -> list[str]:
        """The first word of the address, or the entry."""
        return [self.path.split("/")[3] or "entry"]

    def get_auth(self) -> list[dict[str, Any]]:
        """The token, and what it must be for; nothing where everybody may ask."""
        if not self._takes_token:
            return []
        return [{TOKEN: [str(self.view.scope)] if self.view.scope else []}]

    def get_response_serializers(self) -> Any:
        """The answer, and the empty one for who holds it already."""
        # What says its whole answer is no list, or one with more than items and the next page.
        item = None if hasattr(self.view, "output") else getattr(self.view, "item", None)
        example = OpenApiExample("Answer", value=self.view.example, status_codes=[str(self._status)])
        if self._writes:
            done = OpenApiResponse(self.view.output, description="It is done.", examples=[example])
            return {(self._status, "application/json"): done}
        return {
            (200, "application/json"): OpenApiResponse(
                self.view.output if item is None else page_of(item), description="The answer.", examples=[example]
            ),
            (304, "application/json"): OpenApiResponse(description="What If-None-Match names still holds."),
        }

    def get_override_parameters(self) -> list[Any]:
        """Headers, key and query."""
        return list(parameters.of(self.view, self.path))

    def get_request_serializer(self) -> Any:
        """None: a body is described by the form that takes it."""
        return None

    @property
    def _takes_token(self) -> bool:
        return hasattr(self.view, "scope")

    @property
    def _writes(self) -> bool:
        return hasattr(self.view, "stands_on")

    @property
    def _status(self) -> int:
        status: int = getattr(self.view, "status", 200)
        return status

    def _headers(self, status: str) -> Iterator[str]:
        """What an answer of this status carries."""
        without = {"ETag", "Location"} if self._writes else {"Location"}
        without -= {"Location"} if status == "201" else set()
        return (
            name for name in HEADERS if name not in without and (self._takes_token or not name.startswith("RateLimit"))
        )

    def _errors(self) -> list[int]:
        found = [*EVERYWHERE, *self.view.also]
        if self._takes_token:
            found += [*WITH_TOKEN, problems.FORBIDDEN]
        if "{id}" in self.path:
            found.append(problems.NOT_FOUND)
        if self._writes:
            found += [problems.BAD_REQUEST, problems.TOO_LARGE, problems.NOT_NOW]
        if getattr(self.view, "stands_on", False):
            found += [problems.STALE, problems.NO_PRECONDITION]
        return sorted({one.status for one in found})


class CodeFieldDescription(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers itself
    """Code and label, with the codes that there are."""

    target_class = "foundation.pages.api.fields.CodeField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """An object of two."""
        members = list(self.target.enumeration)
        kind = "integer" if isinstance(members[0].value, int) else "string"
        labels = "\n".join(f"* `{member.value}`: {member.label}" for member in members)
        code = {"type": kind, "enum": [member.value for member in members], "description": labels}
        return {
            "type": "object",
            "properties": {"code": code, "label": {"type": "string"}},
            "required": ["code", "label"],
        }


class AddressFieldDescription(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers itself
    """An absolute path."""

    target_class = "foundation.pages.api.fields.AddressField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """A reference."""
        return {"type": "string", "format": "uri-reference"}


def document() -> dict[str, Any]:
    """The whole document, in English whatever the reader's language: it is compared with the one in docs/api."""
    with translation.override("en"):
        generator: Any = SchemaGenerator
        made: dict[str, Any] = generator().get_schema(request=None, public=True)
        components = made["components"]
        components["schemas"]["Problem"] = _PROBLEM
        components["securitySchemes"] = {TOKEN: _SCHEME}
        components["headers"] = {
            name: {"schema": {"type": "string"}, "description": said} for name, said in HEADERS.items()
        }
        components["responses"] = {_name(one): _response(one) for one in problems.OF_STATUS.values()}
        plain: dict[str, Any] = json.loads(json.dumps(made, default=str))
    return plain


@functools.cache
def page_of(item: type[serializers.BaseSerializer[Any]]) -> type[Document]:
    """The envelope of a list of these."""
    place = serializers.CharField(
        allow_null=True, help_text="Where the next page is, on the same host; null on the last page, and only there."
    )
    fields = {"items": item(many=True), "next": place, "__doc__": "One page of a list."}
    return type(f"{item.__name__}Page", (Document,), fields)


def _paragraphs(view: object) -> list[str]:
    """Of the docstring, each in one line."""
    text = re.sub(r"\n[ ]+", "\n", type(view).__doc__ or "").strip()
    return [" ".join(part.split("\n")) for part in text.split("\n\n")]


def _name(problem: problems.Problem) -> str:
    return "".join(part.title() for part in problem.word.split("-"))


def _response(problem: problems.Problem) -> dict[str, Any]:
    """One error, with the document that it is answered with."""
    said = {
        "type": problem.type,
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.detail),
    }
    if problem is problems.INVALID:
        said["errors"] = [
            {"parameter": "stage", "code": "invalid_choice", "detail": "This is not offered. Choose again."}
        ]
    media = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": said}
    return {"description": str(problem.title) + ".", "content": {problems.MEDIA_TYPE: media}}


_FAULT = {
    "type": "object",
    "properties": {
        "parameter": {"type": "string", "description": "The name of the parameter in the query of the address."},
        "header": {"type": "string", "description": "The name of the header."},
        "pointer": {"type": "string", "description": "The place in the body (RFC 6901); empty for the whole of it."},
        "code": {"type": "string", "description": "What programs compare."},
        "detail": {"type": "string", "description": "A sentence for people."},
    },
    "required": ["code", "detail"],
}
_PROBLEM = {
    "type": "object",
    "description": "An error, as RFC 9457 describes it. What is hidden and what is not there read alike, so it names no record.",
    "properties": {
        "type": {"type": "string", "format": "uri", "enum": sorted(problem.type for problem in problems.ALL)},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reason": {
            "type": "string",
            "description": "Which rule stood against it, for programs; with not-possible alone.",
        },
        "footnote": {"type": "string", "description": "Stands there where the error names Kosovo*."},
        "errors": {"type": "array", "items": _FAULT, "description": "What is not valid; with status 422 alone."},
    },
    "required": ["type", "title", "status", "detail"],
}
_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "wbcj_…",
    "description": "The token of a partner system, granted by an administrator of its partner, for 90 days at most.",
}
