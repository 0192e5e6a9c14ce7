"""What serializers are made of: codes with labels, addresses, and what stands in every document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Choices
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class Coded(serializers.Serializer[Any]):
    """A word of a closed or dated list: the code for programs, the label for people in the language of the request."""

    code = serializers.CharField(help_text="What programs compare; never changes its meaning.")
    label = serializers.CharField(  # type: ignore[assignment]  # the library keeps fields apart from attributes
        help_text="What people read, in the language that Accept-Language asked for."
    )


class CodeField(serializers.Field[Any, Any, Any, Any]):
    """A value of an enumeration as code and label; null where nothing is said and the field allows it."""

    def __init__(self, choices: type[Choices], **kwargs: Any) -> None:
        self.enumeration = choices
        super().__init__(**kwargs)

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        """Both."""
        if self.allow_null and value == "":
            return None
        member = self.enumeration(value)
        return {"code": member.value, "label": str(member.label)}


class AddressField(serializers.Field[Any, Any, Any, Any]):
    """The address of a record within the API, from its key."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        self.named = name
        super().__init__(help_text="Where this record is read, on the same host.", **kwargs)

    def to_representation(self, value: Any) -> str:
        """An absolute path."""
        return reverse(self.named, kwargs={"pk": value})


@extend_schema_field({"type": ["string", "null"]})
class RecordAddressField(serializers.Field[Any, Any, Any, Any]):
    """The address of a record of any kind, from what names its kind and key (``Told`` of the feed); null for one that is gone."""

    def __init__(self, names: Mapping[str, str], **kwargs: Any) -> None:
        self.names = names
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:
        """An absolute path."""
        return None if value.gone else reverse(self.names[value.kind], kwargs={"pk": value.root})


@extend_schema_field({"type": "string"})
class FootnoteField(serializers.CharField):
    """Stands in a document in which Kosovo* is named; written with the answer, not read from a record."""


class Document(serializers.Serializer[Any]):
    """What stands at the top of an answer."""

    footnote = FootnoteField(
        required=False,
        help_text="Stands there where the answer names Kosovo*: the footnote that goes with every display.",
    )
