"""The words of documents."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What a document is in the proceedings."""

    REQUEST = "request", _("Request for mutual legal assistance")
    ORDER = "order", _("European Investigation Order")
    REPLY = "reply", _("Reply to a request or order")
    AGREEMENT = "agreement", _("Agreement on a joint investigation team")
    DECISION = "decision", _("Decision or order of a court or prosecutor")
    WARRANT = "warrant", _("Arrest warrant or extradition request")
    INDICTMENT = "indictment", _("Indictment")
    JUDGMENT = "judgment", _("Judgment")
    REPORT = "report", _("Police or analysis report")
    STATEMENT = "statement", _("Record of a statement")
    EVIDENCE = "evidence", _("Evidence")
    LETTER = "letter", _("Letter")
    MINUTES = "minutes", _("Minutes or record of decisions")
    TRANSLATION = "translation", _("Translation")
    OTHER = "other", _("Other document")


class Audience(models.TextChoices):
    """For whom a document is; the wider ones include whoever files it."""

    EVERYONE = "everyone", _("Everyone who sees this record")
    PARTNER = "partner", _("My partner's people")
    AUTHORITY = "authority", _("My authority's people")
    SELF = "self", _("Only me")


class Act(models.TextChoices):
    """What happened to a document, in its custody record."""

    RECEIVED = "received", _("Received")
    VIEWED = "viewed", _("Viewed")
    DOWNLOADED = "downloaded", _("Downloaded")
    COPIED = "copied", _("Copied")
    EXPORTED = "exported", _("Exported")
    VERIFIED = "verified", _("Verified")


class Scan(models.TextChoices):
    """What the malware scanner said of a version when it was received."""

    CLEAN = "clean", _("Scanned, nothing found")
    FOUND = "found", _("Malware found")
    NOT_SCANNED = "not_scanned", _("Not scanned: no scanner is configured")


class UploadState(models.TextChoices):
    """How far a file is on its way in."""

    ARRIVING = "arriving", _("Arriving")
    ARRIVED = "arrived", _("Arrived, not sent off yet")
    INSPECTING = "inspecting", _("Being looked into")
    REFUSED = "refused", _("Refused")
    READY = "ready", _("Filed")


OTHER_LANGUAGE = "other"


def languages() -> list[tuple[str, str]]:
    """Languages of the product, and one word for every other."""
    return [*settings.LANGUAGES, (OTHER_LANGUAGE, str(_("Another language")))]
