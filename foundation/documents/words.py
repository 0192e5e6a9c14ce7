"""What the record of a document reads like in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.audit import words

RECEIVED = "documents.document.received"
VERSION_RECEIVED = "documents.version.received"
WITHDRAWN = "documents.document.withdrawn"
COPIED = "documents.document.copied"

words.declare(
    {
        RECEIVED: _("Document filed"),
        VERSION_RECEIVED: _("New version of a document filed"),
        WITHDRAWN: _("Document withdrawn"),
        COPIED: _("Copy of a document filed in another record"),
    },
    {"title": _("Title"), "file_version": _("Version"), "reason": _("Reason")},
)
