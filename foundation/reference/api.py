"""Code lists for partner systems: what may be named by code today."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class CodeItem(serializers.Serializer[Any]):
    """A word of a code list that may be chosen today, with the days between which it may."""

    code = serializers.CharField(help_text="By which acts name it; never changes.")
    name = serializers.CharField(source="words", help_text="In the language of the request.")
    valid_from = serializers.DateField(help_text="By days in UTC.")
    valid_until = serializers.DateField(allow_null=True, help_text="The last day; null while no end is set.")
