"""Whom an answer names: partners, authorities, and people or systems by the membership through which they act."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class PartnerName(serializers.Serializer[Any]):
    """A partner by code and name."""

    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Two letters, or the name of a Union body; never changes.")
    name = serializers.CharField()


class AuthorityName(serializers.Serializer[Any]):
    """An authority and its partner."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    partner = PartnerName()


class PersonName(serializers.Serializer[Any]):
    """Somebody, or a system, by name."""

    id = serializers.UUIDField(help_text="The key of the membership.")
    name = serializers.CharField(source="account.full_name")
