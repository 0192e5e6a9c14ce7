"""Orders of copies, and the closed table that says of which version a document is a copy."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.access.models import PersonalRecord
from foundation.documents.copying.choices import UNDERWAY, CopyState
from foundation.documents.copying.querysets import CopyOrderQuerySet


class CopyOrder(PersonalRecord):
    """A copy that one membership ordered: seen by nobody else, since whoever sees the one record may not know of the other.

    ``version`` is the key of the version that is copied, ``source`` of its root, ``root`` where it goes. ``form`` is what was said of
    the copy, ``language`` the one in which ``said`` tells why it was not filed; ``document`` is the copy.
    """

    version = models.UUIDField()
    source = models.UUIDField()
    root = models.UUIDField()
    form = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.PENDING)
    ordered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True)
    document = models.UUIDField(null=True)

    objects = CopyOrderQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["membership", "root", "-ordered_at"], name="documents_copyorder_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="documents_copyorder_one_underway",
                fields=["membership", "version", "root"],
                condition=Q(state__in=UNDERWAY),
            ),
            models.CheckConstraint(name="documents_copyorder_elsewhere", condition=~Q(root=models.F("source"))),
            models.CheckConstraint(
                name="documents_copyorder_state_fields_agree",
                condition=(
                    Q(state__in=UNDERWAY, ended_at__isnull=True, said="", document__isnull=True)
                    | Q(state=CopyState.READY, ended_at__isnull=False, said="", document__isnull=False)
                    | Q(state=CopyState.FAILED, ended_at__isnull=False, document__isnull=True) & ~Q(said="")
                ),
            ),
        ]


class CopyLink(models.Model):
    """Of which version a document is a copy. Nobody reads the table: a function answers whoever sees both documents."""

    copy = models.OneToOneField("documents.Document", primary_key=True, on_delete=models.PROTECT, related_name="+")
    version = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version"], name="documents_copylink_of_version")]
