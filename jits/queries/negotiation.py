"""The negotiation of an agreement, read in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from foundation.tenancy.actors import Actor
from jits import negotiation
from jits.agreement.content import Document
from jits.models import JitClauseText, JitConfirmation, JitDraft, JitParty, JitTextAnswer
from jits.negotiation import ClauseState, Told


def states_of(
    draft: JitDraft, documents: Mapping[str, Document], *, by: Actor, clause: str = ""
) -> dict[str, ClauseState]:
    """Where each clause of these documents stands, or that one alone, in their order. Four statements."""
    texts = JitClauseText.objects.visible_to(by).of_draft(draft).with_names()
    answers = JitTextAnswer.objects.visible_to(by).of(draft.root_id).filter(text__draft=draft)
    confirmed = JitConfirmation.objects.visible_to(by).of(draft.root_id).filter(draft=draft).order_by("confirmed_at")
    parties = list(JitParty.objects.visible_to(by).of(draft.root_id).values_list("pk", flat=True))
    told: dict[str, Told] = defaultdict(Told)
    places = {}
    for text in texts:
        places[text.pk] = text.clause
        told[text.clause].texts.append(text)
    for answer in answers:
        told[places[answer.text_id]].answers.append(answer)
    for one in confirmed:
        told[one.clause].confirmations.append(one)
    by_clause = {language: {each.id: each for each in document.clauses} for language, document in documents.items()}
    first = next(iter(documents.values()))
    return {
        name: negotiation.state(
            name,
            {language: clauses[name] for language, clauses in by_clause.items()},
            told[name],
            parties,
        )
        for name in (each.id for each in first.clauses)
        if clause in {"", name}
    }


def standing(document: Document, states: Mapping[str, ClauseState]) -> Document:
    """The document with the texts that all parties accepted."""
    clauses = tuple(states[each.id].languages[document.language].stands for each in document.clauses)
    return replace(document, clauses=clauses)
