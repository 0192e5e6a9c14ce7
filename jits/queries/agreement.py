"""The page of an agreement as it is drafted, as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation import access
from foundation.components import languages
from foundation.tenancy.actors import Actor
from foundation.workflow.states import Transition
from jits import drafting, states
from jits.agreement.content import Clause
from jits.agreement.filling import options
from jits.agreement.structure import Template
from jits.models import Jit, JitDraft, JitParty
from jits.permissions import JitPermission
from jits.queries.drafting import draft_of, points_of, sketches
from jits.queries.parties import own_party


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of the agreement: its code, its name for the reader, its tag."""

    code: str
    name: str

    @property
    def tag(self) -> str:
        """As HTML wants it."""
        return languages.bcp47(self.code)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What is missing or wrong, and the clause in which it is filled in."""

    sentence: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class ClauseView:
    """A clause as it stands, and whether values are filled in there."""

    clause: Clause
    asks: bool
    incomplete: bool
    kinds: frozenset[str]

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the clause before it."""
        return "." in self.clause.id


@dataclass(frozen=True, kw_only=True)
class AgreementView:
    """The text in one language, what is missing in any of them, and what the reader may do."""

    draft: JitDraft
    title: str
    model: str
    language: Language
    languages: Sequence[Language]
    clauses: Sequence[ClauseView]
    missing: Sequence[Missing]
    bases: Sequence[str]
    chosen: Sequence[tuple[str, str]]
    may_fill: bool
    may_set: bool


def agreement(jit: Jit, *, actor: Actor, language: str = "") -> AgreementView | None:
    """The agreement in that language, else in the reader's, else in its first; none while no model is taken. Eight statements."""
    draft = draft_of(jit, by=actor)
    if draft is None:
        return None
    own, model = own_party(jit, by=actor), drafting.template_of(draft)
    words = model.words[drafting.labels()]
    shown = next((one for one in (language, drafting.labels()) if one in draft.languages), draft.languages[0])
    asked = drafting.asked_by_clause(draft)
    place = {parameter.name: clause for clause, several in asked.items() for parameter in several}
    missing, incomplete = _missing(draft, place)
    found, states_found = sketches(draft, by=actor)
    document = found[shown]
    names: Mapping[str, str] = words.at("frame", "languages")
    return AgreementView(
        draft=draft,
        title=document.title,
        model=str(words.at("frame", "model")).format(version=draft.template_version),
        language=Language(code=shown, name=names[shown]),
        languages=[Language(code=each, name=names[each]) for each in draft.languages],
        clauses=[
            ClauseView(
                clause=each,
                asks=each.id in asked,
                incomplete=each.id in incomplete,
                kinds=frozenset(point.kind for point in points_of(states_found[each.id])),
            )
            for each in document.clauses
        ],
        missing=missing,
        bases=[str(words.at("instruments", each)) for each in draft.bases],
        chosen=_chosen(draft, model),
        may_fill=may(states.FILL, jit, own, actor=actor),
        may_set=may(states.TERMS, jit, own, actor=actor),
    )


def may(transition: Transition[JitPermission], jit: Jit, own: JitParty | None, *, actor: Actor) -> bool:
    """Whether this act is open to the reader now."""
    turn = jit.status in transition.sources and not states.not_your_turn(transition, jit, own)
    return turn and access.allowed(actor, transition.permission, jit)


def _missing(draft: JitDraft, place: Mapping[str, str]) -> tuple[list[Missing], set[str]]:
    """What is missing in any language, each sentence once, and in which clauses."""
    problems = [problem for each in draft.languages for problem in drafting.sketched(draft, each)[1]]
    found = dict.fromkeys((problem.sentence, place.get(problem.about, "")) for problem in problems)
    return [Missing(sentence=said, clause=clause) for said, clause in found], {clause for _said, clause in found}


def _chosen(draft: JitDraft, model: Template) -> list[tuple[str, str]]:
    """Each option with what was chosen, in the reader's language."""
    words = model.words[drafting.labels()]
    found = []
    for name in options(model, document=draft.document, bases=draft.bases):
        picked = [each for each in model.options[name].alternatives if f"{name}.{each}" in draft.chosen]
        said = ", ".join(str(words.at("options", name, each)) for each in picked)
        found.append((str(words.at("options", name, "label")), said))
    return found
