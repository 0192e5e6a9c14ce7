"""The draft agreement as it can be printed at any time: with gaps where values are missing, and without legal effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from foundation.documents.printing.kinds import Kind
from foundation.tenancy.actors import Actor
from jits import drafting
from jits.models import Jit, JitDraft
from jits.pdf import AgreementPaper, freeze_agreement
from jits.permissions import JitPermission
from jits.queries import drafting as drafts


def freeze(*, subject: UUID, actor: Actor) -> AgreementPaper:
    """The agreement of that team in the active language, else in its first. Raises DoesNotExist, also where nothing is drafted yet."""
    jit, draft = _found(subject, actor)
    language = translation.get_language() or ""
    found, _states = drafts.sketches(draft, by=actor)
    return freeze_agreement(
        found[language if language in found else draft.languages[0]],
        template=drafting.template_of(draft),
        root_id=jit.pk,
        reference=jit.root.reference,
        handling=tuple(jit.handling),
        handling_text=jit.handling_text,
    )


def languages_of(*, subject: UUID, actor: Actor) -> Sequence[str]:
    """The languages of the agreement. Raises DoesNotExist."""
    return _found(subject, actor)[1].languages


def _found(subject: UUID, actor: Actor) -> tuple[Jit, JitDraft]:
    jit = Jit.objects.visible_to(actor).with_names().get(pk=subject)
    draft = drafts.draft_of(jit, by=actor)
    if draft is None:
        raise JitDraft.DoesNotExist
    return jit, draft


AGREEMENT: Final = Kind(
    name="jits.agreement",
    label=gettext_lazy("Draft agreement of a joint investigation team"),
    permission=JitPermission.VIEW,
    freeze=freeze,
    address=lambda subject: reverse("jit_agreement", args=[subject]),
    languages=languages_of,
)
