"""A document of a team as it is drafted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.tenancy.actors import Actor
from jits import drafting
from jits.agreement.content import Document
from jits.choices import DocumentKind
from jits.models import Jit, JitDraft
from jits.negotiation import ClauseState
from jits.queries.negotiation import standing, states_of


def draft_of(jit: Jit, *, by: Actor, document: str = DocumentKind.AGREEMENT) -> JitDraft | None:
    """The draft of the agreement (or of another document); one statement."""
    return JitDraft.objects.visible_to(by).of(jit.pk).of_kind(document).first()


def documents(draft: JitDraft, *, by: Actor) -> dict[str, Document]:
    """The document as it stands now in each of its languages, with the texts that all parties accepted; four statements.

    Raises UnableToFill while values are missing.
    """
    found = {language: drafting.filled(draft, language) for language in draft.languages}
    states = states_of(draft, found, by=by)
    return {language: standing(document, states) for language, document in found.items()}


def sketches(draft: JitDraft, *, by: Actor) -> tuple[dict[str, Document], dict[str, ClauseState]]:
    """The same with gaps for what is missing, never to be signed, and where each clause stands."""
    found = {language: drafting.sketched(draft, language)[0] for language in draft.languages}
    states = states_of(draft, found, by=by)
    return {language: standing(document, states) for language, document in found.items()}, states


@dataclass(frozen=True, kw_only=True)
class OpenPoint:
    """What keeps the text from being final, in a clause and a language.

    ``kind``: ``proposed`` (not accepted by every party), ``stale`` (not in step with the source), ``outdated`` (the model's words, or
    what is filled into them, have changed since the text was written).
    """

    clause: str
    language: str
    kind: str


def open_points(draft: JitDraft, *, by: Actor) -> tuple[OpenPoint, ...]:
    """What the parties have not settled yet; nothing when the text can go to legal review. Missing values are not among it."""
    _documents, states = sketches(draft, by=by)
    return tuple(point for state in states.values() for point in points_of(state))


def points_of(state: ClauseState) -> Iterator[OpenPoint]:
    """Those of one clause."""
    for language, one in state.languages.items():
        kinds = {"proposed": one.proposed is not None, "stale": language in state.stale, "outdated": one.outdated}
        yield from (OpenPoint(clause=state.id, language=language, kind=kind) for kind, holds in kinds.items() if holds)
