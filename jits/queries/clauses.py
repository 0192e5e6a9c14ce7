"""The page of one clause: how it reads in a language, what is proposed, versions side by side, and what was said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from foundation.components import languages
from foundation.pages.differences import ADDED, SAME, TAKEN, Piece
from foundation.tenancy.actors import Actor
from jits import drafting, states
from jits.agreement import comparing
from jits.agreement.content import Clause, Paragraph
from jits.models import Jit, JitClauseComment, JitDraft, JitParty
from jits.negotiation import ClauseState, LanguageState, TextState, merged
from jits.queries.agreement import may
from jits.queries.negotiation import states_of

_KINDS: Final = {comparing.KEPT: SAME, comparing.INSERTED: ADDED, comparing.REMOVED: TAKEN}
_NOTHING: Final = Paragraph(id="")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A heading or a paragraph in two versions, with the words that differ."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Two versions of a clause, side by side. Version 0 are the words of the model."""

    old: int
    new: int
    pairs: Sequence[Pair]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version in the list of them."""

    state: TextState
    status: str
    tone: str
    waiting: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ClauseView:
    """What the page shows; ``language`` is the one that is shown."""

    id: str
    heading: str
    language: str
    tag: str
    names: Mapping[str, str]
    source: str
    stale: Sequence[str]
    one: LanguageState
    beside: Beside | None
    versions: Sequence[Version]
    waiting: Sequence[str]
    comments: Sequence[JitClauseComment]
    may_propose: bool
    may_accept: bool
    may_withdraw: bool

    @property
    def is_stale(self) -> bool:
        """Whether the language that is shown lags behind."""
        return self.language in self.stale

    @property
    def source_name(self) -> str:
        """The source language by its name."""
        return self.names[self.source]


def clause_state(draft: JitDraft, clause: str, *, actor: Actor) -> ClauseState | None:
    """Where a clause stands, with gaps for what is not filled in; none where the agreement has no such clause. Four statements."""
    documents = {language: drafting.sketched(draft, language)[0] for language in draft.languages}
    return states_of(draft, documents, by=actor, clause=clause).get(clause)


def clause_view(
    jit: Jit, draft: JitDraft, state: ClauseState, *, language: str, shown: tuple[int, int] | None, actor: Actor
) -> ClauseView:
    """The clause in that language, with these two versions beside one another. Two statements and those of the permissions."""
    parties = list(JitParty.objects.visible_to(actor).of(jit.pk).with_names())
    own = next((party for party in parties if party.partner_id == actor.partner_id), None)
    one = state.languages[language]
    proposed = one.proposed
    waiting = [] if proposed is None else _waiting(proposed, parties)
    comments = JitClauseComment.objects.visible_to(actor).of(jit.pk).filter(draft=draft, clause=state.id)
    works = may(states.NEGOTIATE, jit, own, actor=actor)
    asked = proposed is not None and own is not None and own.pk not in proposed.accepted
    return ClauseView(
        id=state.id,
        heading=one.stands.heading,
        language=language,
        tag=languages.bcp47(language),
        names=drafting.template_of(draft).words[drafting.labels()].at("frame", "languages"),
        source=state.bound.source,
        stale=state.stale,
        one=one,
        beside=_beside(one, shown),
        versions=[_version(each, one, parties) for each in reversed(one.history)],
        waiting=waiting,
        comments=list(comments.select_related("party__partner", "written_by__account").order_by("-written_at")),
        may_propose=works,
        may_accept=asked and may(states.ACCEPT, jit, own, actor=actor),
        may_withdraw=works and proposed is not None and own is not None and proposed.text.party_id == own.pk,
    )


def compared(old: Clause, new: Clause) -> list[Pair]:
    """Heading and paragraphs of both, paired by their ids."""
    before, after = {each.id: each for each in old.paragraphs}, {each.id: each for each in new.paragraphs}
    names = [*after, *(name for name in before if name not in after)]
    texts = [(old.heading, new.heading)]
    texts += [(before.get(name, _NOTHING).words, after.get(name, _NOTHING).words) for name in names]
    return [_pair(*both) for both in texts]


def _pair(old: str, new: str) -> Pair:
    found = [Piece(_KINDS[span.kind], span.text) for span in comparing.differences(old, new)]
    return Pair(
        before=tuple(piece for piece in found if piece.kind != ADDED),
        after=tuple(piece for piece in found if piece.kind != TAKEN),
    )


def _beside(one: LanguageState, shown: tuple[int, int] | None) -> Beside | None:
    """These two versions; else what stands beside what is proposed, or the model beside what stands."""
    known = {0: one.model} | {each.text.number: merged(one.model, each.text) for each in one.history}
    standing = 0 if one.standing is None else one.standing.text.number
    if shown is None or not set(shown) <= known.keys():
        shown = (0, standing) if one.proposed is None else (standing, one.proposed.text.number)
    old, new = shown
    return None if old == new else Beside(old=old, new=new, pairs=compared(known[old], known[new]))


def _waiting(text: TextState, parties: Sequence[JitParty]) -> list[str]:
    return [party.partner.name for party in parties if party.pk not in text.accepted]


def _version(text: TextState, one: LanguageState, parties: Sequence[JitParty]) -> Version:
    if text.withdrawn:
        status, tone = "withdrawn", "closed"
    elif text is one.standing:
        status, tone = "standing", "good"
    elif text is one.proposed:
        status, tone = "proposed", "waiting"
    else:
        status, tone = "replaced", "closed"
    return Version(state=text, status=status, tone=tone, waiting=_waiting(text, parties))
