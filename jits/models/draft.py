"""The agreement while it is drafted: which version of the model it takes, with what filled in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.access.models import SharedRecord
from foundation.tenancy.models import Membership
from jits.choices import DocumentKind
from jits.querysets import JitDraftQuerySet


class JitDraft(SharedRecord):
    """A document of a team in the making: a version of the model, in these languages, with legal bases, alternatives and values.

    ``values`` are those of the model's parameters, as JSON: dates in ISO form, prose by language. What is not filled in is not there.
    Words that differ from the model stand beside it, clause by clause.
    """

    document = models.CharField(max_length=12, choices=DocumentKind)
    template = models.CharField(max_length=40)
    template_version = models.CharField(max_length=20)
    languages = ArrayField(models.CharField(max_length=12))
    bases = ArrayField(models.CharField(max_length=40))
    chosen = ArrayField(models.CharField(max_length=80))
    values = models.JSONField(default=dict)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = JitDraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "document"], name="jits_jitdraft_once"),
            models.CheckConstraint(name="jits_jitdraft_document_known", condition=Q(document__in=DocumentKind.values)),
            models.CheckConstraint(name="jits_jitdraft_has_a_language", condition=Q(languages__len__gt=0)),
        ]
