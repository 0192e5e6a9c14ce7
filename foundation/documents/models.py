"""Documents, their versions and custody; the keys of roots; uploads in progress; what the nightly check found."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.access.models import PersonalRecord, Root, SharedRecord
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.documents.choices import Act, DocumentKind, Scan, UploadState
from foundation.documents.copying.choices import Origin
from foundation.documents.copying.models import CopyLink, CopyOrder
from foundation.documents.printing.models import Printout
from foundation.documents.querysets import (
    CustodyQuerySet,
    DocumentQuerySet,
    RootKeyQuerySet,
    UploadQuerySet,
    VersionQuerySet,
)
from foundation.documents.stored import Stored
from foundation.tenancy.models import Membership


class RootKey(models.Model):
    """The key under which the files of one root have their own keys; stored encrypted with a master key, ``master`` says which.

    Made by a definer function for whoever sees the root; only ``rotate_master_key`` writes it again, as the owner of the tables.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    root = models.OneToOneField(Root, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    rewrapped_at = models.DateTimeField(null=True)

    objects = RootKeyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["master"], name="documents_rootkey_master")]


class Document(SharedRecord):
    """A document of a root (or of one of its rows: ``about``), for everyone on it or for one audience.

    Its file stands in its versions, of which none is ever changed. Withdrawing hides it from lists and keeps it.
    """

    about = models.UUIDField(null=True, help_text=_("Key of the row of that root to which it is attached."))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    language = models.CharField(
        _("language"), max_length=10, help_text=_("A code of the product's languages, or other.")
    )
    handling = ArrayField(models.CharField(max_length=2, choices=HandlingCode), verbose_name=_("handling codes"))
    handling_text = models.CharField(_("other restrictions"), max_length=300, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FILED)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["root", "-received_at", "-id"], name="documents_document_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_document_withdrawn_fields_agree",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            *handling.constraints("documents_document"),
        ]


class DocumentVersion(SharedRecord, Stored):
    """One file of a document, as it was received; same audience as the document. Rows never change."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("type of file"), max_length=120)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField(default=list, help_text=_("What the inspection of the file reported."))
    scan = models.CharField(max_length=12, choices=Scan)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_documentversion_once")
        ]


class CustodyEntry(SharedRecord):
    """One line of a document's custody record, written by a definer function and never changed.

    ``file`` is the version concerned, none where the document as a whole was looked at; ``fingerprint`` is its SHA-256. ``by`` is
    empty only where the product itself verified.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="custody")
    file = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, null=True, related_name="custody")
    act = models.CharField(max_length=12, choices=Act)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    intact = models.BooleanField(null=True)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["document", "-at", "-id"], name="documents_custody_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="documents_custody_verified_fields_agree",
                condition=Q(act=Act.VERIFIED, intact__isnull=False)
                | (~Q(act=Act.VERIFIED) & Q(intact__isnull=True, by__isnull=False)),
            ),
        ]

    @property
    def reason(self) -> str:
        """Why, in the reader's words; of the first version of a copy, that it is one: of what, its own page tells who may know."""
        first = self.file is not None and self.file.number == 1
        if self.act != Act.RECEIVED or not first or self.document.origin == Origin.FILED:
            return self.why
        return gettext("Copied from a document of another record. %(why)s") % {"why": self.why}


class Upload(PersonalRecord):
    """A file on its way, of one membership. Its segments stand at ``location`` until it is received, refused or swept.

    ``received`` bytes of ``size`` have arrived, all of them in whole segments but the last; ``form`` is what was said of the document.
    ``sha256`` is known of a file that came in one go. ``mark`` is by what the browser knows the file again after a reload; it proves
    nothing. ``findings`` is what the inspection found, ``said`` why the document could not be filed, ``document`` where it is filed.
    """

    root = models.UUIDField()
    form = models.JSONField(default=dict)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    location = models.UUIDField(unique=True)
    wrapped_key = models.BinaryField()
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.ARRIVING)
    sha256 = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=100, blank=True)
    findings = models.JSONField(default=dict)
    asked = models.PositiveSmallIntegerField(default=0, help_text=_("How often the scanner was asked and was away."))
    said = models.CharField(max_length=500, blank=True)
    document = models.UUIDField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["touched_at"], name="documents_upload_age")]
        constraints: ClassVar = [
            models.CheckConstraint(name="documents_upload_within_size", condition=Q(received__lte=models.F("size"))),
            models.CheckConstraint(
                name="documents_upload_whole_before_inspection",
                condition=Q(state=UploadState.ARRIVING) | Q(received=models.F("size")),
            ),
            models.CheckConstraint(
                name="documents_upload_ready_names_document",
                condition=Q(state=UploadState.READY, document__isnull=False)
                | (~Q(state=UploadState.READY) & Q(document__isnull=True)),
            ),
        ]


class FileCheck(models.Model):
    """How the check of one stored file ended last; a technical row: location, instants and outcome only.

    ``intact`` is empty while the first check runs, and stays so where it never ended (``begun_at`` says since when).
    """

    location = models.UUIDField(primary_key=True)
    begun_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    intact = models.BooleanField(null=True)
    problem = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["begun_at"], condition=Q(intact=False), name="documents_filecheck_broken"),
        ]


__all__ = [
    "CopyLink",
    "CopyOrder",
    "CustodyEntry",
    "Document",
    "DocumentVersion",
    "FileCheck",
    "Printout",
    "RootKey",
    "Scan",
    "Upload",
]
