"""What has to hold for a copy, when it is ordered, when it is begun and when it is filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from foundation import access
from foundation.access import titles
from foundation.access.models import Root
from foundation.documents import actions as document_actions
from foundation.documents.actions import Description
from foundation.documents.choices import Audience
from foundation.documents.copying import rules, targets
from foundation.documents.copying.models import CopyOrder
from foundation.documents.models import Document, DocumentVersion
from foundation.documents.permissions import DocumentPermission
from foundation.documents.querysets import VersionQuerySet
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Refusal


class UnableToCopy(Refusal):
    """A copy cannot be filed like this; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of a copy. ``audience`` is a word of ``access.audiences``; ``permitted`` that the provider allows it."""

    title: str
    kind: str
    language: str
    handling: Sequence[str]
    handling_text: str
    audience: str
    why: str
    permitted: bool = False


def newest(document_id: UUID, *, by: Actor) -> DocumentVersion:
    """The version that would be copied, with what the rules ask of it. Raises DoesNotExist."""
    found = _versions(by).filter(document=document_id).order_by("-number").first()
    if found is None:
        raise DocumentVersion.DoesNotExist
    return found


def _versions(by: Actor) -> VersionQuerySet:
    found = DocumentVersion.objects.visible_to(by)
    return found.select_related("document__root", "document__received_by", "received_by")


def admitted(file: DocumentVersion, root_id: UUID, *, by: Actor) -> Root:
    """The root of the copy, where the actor may read the one and file under the other. Raises Forbidden, Root.DoesNotExist."""
    access.require(by, DocumentPermission.DOWNLOAD, file)
    access.require(by, DocumentPermission.COPY, file)
    root = targets.target(by, root_id, without=file.root_id)
    access.require(by, DocumentPermission.ADD, root.pk)
    return root


def still_admitted(ordered: CopyOrder, *, by: Actor) -> tuple[DocumentVersion, Root]:
    """The same for an order; what has ended since is a sentence of its own."""
    try:
        file: DocumentVersion = _versions(by).get(pk=ordered.version)
        access.require(by, DocumentPermission.DOWNLOAD, file)
        access.require(by, DocumentPermission.COPY, file)
    except (ObjectDoesNotExist, access.Forbidden) as error:
        raise UnableToCopy(_("You do not see the original any more, so nothing was filed.")) from error
    try:
        return file, admitted(file, ordered.root, by=by)
    except (ObjectDoesNotExist, access.Forbidden) as error:
        raise UnableToCopy(_("You can file nothing in the other case any more.")) from error


def demand(file: DocumentVersion, root: Root, said: Said, *, by: Actor) -> None:
    """Everything that the form asks for and the rules say. Raises UnableToCopy, UnableToReceive, UnableToName."""
    document = file.document
    titles.one_line(said.title)
    document_actions.demand_fit(described(said))
    if said.audience not in Audience.values:
        raise UnableToCopy(_("Choose for whom the copy is."))
    if not said.why.strip():
        raise UnableToCopy(_("Say why the copy is filed."))
    against = (
        rules.why_not(document, file, by)
        or rules.why_not_for(document, file, said.audience, by)
        or rules.too_lax(rules.floor(document, root, by), said.handling, said.handling_text)
        or _unpermitted(document, said)
        or _telling(document, root, said)
    )
    if against:
        raise UnableToCopy(against)


def _unpermitted(document: Document, said: Said) -> str:
    if said.permitted or not rules.restricted(document):
        return ""
    return _("Say that whoever provided the document permits this.")


def _telling(document: Document, root: Root, said: Said) -> str:
    """Readers of the one record must not learn of the other by what is written."""
    if rules.names(document.root, said.why) or rules.names(root, said.why):
        return _(
            "The reason names one of the two cases. Readers of both documents see it: say it without a reference or a title."
        )
    if rules.names(document.root, f"{said.title} {said.handling_text}"):
        return _(
            "Title and restrictions must not name the record of the original: not everybody on the other case may know of it."
        )
    return ""


def described(said: Said) -> Description:
    """What the copy is, as the filing asks for it."""
    return Description(
        title=said.title,
        kind=said.kind,
        language=said.language,
        handling=said.handling,
        handling_text=said.handling_text,
    )
