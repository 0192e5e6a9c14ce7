"""Who may pass a document on by a copy, to whom, and how it is marked there. The rule in words stands in docs/documents.md."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from foundation import access
from foundation.access import Level, audiences
from foundation.access.models import Root
from foundation.components.folding import fold
from foundation.components.handling import HandlingCode
from foundation.documents import scanner
from foundation.documents.choices import Scan
from foundation.documents.copying.choices import Origin
from foundation.documents.intake import markings
from foundation.documents.intake.markings import Marking
from foundation.documents.models import Document, DocumentVersion, FileCheck
from foundation.tenancy.actors import Actor

RESTRICTED = frozenset({HandlingCode.H2.value, HandlingCode.H3.value})
"""Codes under which a provider has to be asked before anything is passed on; what H3 says only a person can read."""
TEXT_LIMIT = 300
_WIDTH = (audiences.SELF, audiences.AUTHORITY, audiences.PARTNER, audiences.EVERYONE)


def provided(document: Document, version: DocumentVersion, by: Actor) -> bool:
    """Whether the actor's own authority brought the content: it filed document and version, and not as a copy of a foreign one."""
    filed = {document.received_by.authority_id, version.received_by.authority_id}
    return filed == {by.authority_id} and document.origin != Origin.PASSED_ON


def restricted(document: Document) -> bool:
    """Whether its codes ask for a permission of whoever provided it."""
    return not RESTRICTED.isdisjoint(document.handling)


def why_not(document: Document, version: DocumentVersion, by: Actor) -> str:
    """Why no copy of it can be filed anywhere, in a sentence for the user; empty when one can."""
    return _unfit(document, version) or _not_theirs(document, version, by)


def _unfit(document: Document, version: DocumentVersion) -> str:
    if document.withdrawn_at is not None:
        return _("The document was withdrawn.")
    if FileCheck.objects.filter(location=version.location, intact=False).exists():
        return _("The stored file is damaged; nothing of it is given out.")
    if version.scan == Scan.NOT_SCANNED and scanner.configured():
        return _("The file was never scanned for malware. File it once more as a newer version: then it is scanned.")
    return ""


def _not_theirs(document: Document, version: DocumentVersion, by: Actor) -> str:
    if provided(document, version, by):
        return ""
    if restricted(document):
        return _(
            "The handling codes of the document (H2 or H3) leave it to the authority that filed it to pass it on. Ask that"
            " authority to file it in the other case."
        )
    if access.level(by, document.root_id) != Level.MANAGE:
        return _(
            "A copy shows the document to everybody on the other case. Only the authority that filed it, or who manages"
            " this record and so decides who sees it, can file one."
        )
    return ""


def why_not_for(document: Document, version: DocumentVersion, audience: str, by: Actor) -> str:
    """Why it cannot be filed for that audience: others would see what only some see now. Empty when it can."""
    seen_by = audiences.word_of(document.audience_id, by)
    if provided(document, version, by) or _WIDTH.index(audience) <= _WIDTH.index(seen_by):
        return ""
    return _(
        "The document is only for some readers of its record. File the copy for the same ones or fewer, or ask the"
        " authority that filed it."
    )


def floor(document: Document, root: Root, by: Actor) -> Marking:
    """How a copy has to be marked at least: as strictly as the document, and as the record under which it is filed."""
    own = Marking(codes=document.handling, text=document.handling_text)
    return markings.stricter(own, markings.of(root, by))


def too_lax(least: Marking, codes: Sequence[str], text: str) -> str:
    """Why these codes and words are not enough; empty when they are."""
    missing = sorted(set(least.codes) - {HandlingCode.H0.value} - set(codes))
    if missing:
        return _("The copy must keep these handling codes of the document and of the case: %(codes)s.") % {
            "codes": ", ".join(missing)
        }
    if any(fold(words) not in fold(text) for words in least.texts):
        return _("The copy must keep these restrictions in words: %(words)s") % {"words": least.text}
    return ""


def too_wordy(least: Marking) -> str:
    """Why the restrictions of both do not fit on one document; empty when they do."""
    if len(least.text) <= TEXT_LIMIT:
        return ""
    return _("The restrictions in words of the document and of the case are too long together for one document.")


def names(root: Root, text: str) -> bool:
    """Whether a text tells of a record: its reference, or its whole title where that has several words."""
    said, title = fold(text), fold(root.title)
    return fold(root.reference) in said or (" " in title and title in said)
