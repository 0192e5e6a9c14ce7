"""Where the negotiation of a clause stands: which words stand in each language, what is proposed, which language lags behind.

A text stands once every party accepted it. Where nothing was proposed the words of the model stand, and count as agreed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from jits.agreement import binding
from jits.agreement.binding import Bound, Confirmation
from jits.agreement.content import Clause, Paragraph, composed
from jits.agreement.numbering import paragraph_numbers
from jits.agreement.structure import SOURCE
from jits.agreement.structure import Paragraph as Shape
from jits.choices import TextAnswer
from jits.models import JitClauseText, JitConfirmation, JitTextAnswer

KEPT: Final = frozenset({"table", "signatures"})
"""Forms of paragraphs that no proposal holds: they show what is filled in at any time."""
ADDED: Final = "added_"
MODEL: Final = "model"


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that was said about a clause; confirmations in their order."""

    texts: list[JitClauseText] = field(default_factory=list)
    answers: list[JitTextAnswer] = field(default_factory=list)
    confirmations: list[JitConfirmation] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class TextState:
    """A proposed text, and what the parties said to it. ``agreed_at`` is when the last of them accepted it."""

    text: JitClauseText
    accepted: tuple[UUID, ...]
    withdrawn: bool
    agreed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LanguageState:
    """A clause in one language. ``standing`` is the text that all parties accepted last, ``proposed`` a newer one that waits."""

    language: str
    model: Clause
    history: tuple[TextState, ...] = ()
    standing: TextState | None = None
    proposed: TextState | None = None

    @property
    def stands(self) -> Clause:
        """The clause as it reads now."""
        return self.model if self.standing is None else merged(self.model, self.standing.text)

    @property
    def newest(self) -> Clause:
        """The clause as it would read with what is proposed."""
        return self.stands if self.proposed is None else merged(self.model, self.proposed.text)

    @property
    def live(self) -> JitClauseText | None:
        """The newest text that was not taken back; none for the words of the model."""
        found = self.proposed or self.standing
        return None if found is None else found.text

    @property
    def version(self) -> int:
        """The version on which somebody writes now."""
        return 1 if self.live is None else self.live.version

    @property
    def outdated(self) -> bool:
        """Whether values, options or numbers of clauses have changed the model's words since the text was written."""
        live = self.live
        return live is not None and live.model != words_of(self.model)


@dataclass(frozen=True, kw_only=True)
class ClauseState:
    """A clause in all languages, and how they are bound."""

    id: str
    languages: Mapping[str, LanguageState]
    bound: Bound

    @property
    def stale(self) -> tuple[str, ...]:
        """Languages that do not say any more what the source says."""
        return self.bound.stale()

    @property
    def settled(self) -> bool:
        """Whether nothing waits."""
        return not self.stale and not any(one.proposed or one.outdated for one in self.languages.values())

    def key(self, language: str) -> JitClauseText | None:
        """The text that stands in that language; none for the words of the model."""
        standing = self.languages[language].standing
        return None if standing is None else standing.text


def words_of(clause: Clause) -> str:
    """The fingerprint of the words that a proposal can hold: heading, texts and points."""
    told = [(each.id, each.form, each.text, *each.items) for each in clause.paragraphs if each.form not in KEPT]
    said = json.dumps([clause.heading, told], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def merged(model: Clause, text: JitClauseText) -> Clause:
    """The clause with these words, the model's tables in their places, and numbers that follow."""
    own = {each.id: each for each in model.paragraphs}
    found = [_paragraph(told, own) for told in text.paragraphs]
    kept = [each for each in found if each is not None]
    known = {told["id"] for told in text.paragraphs}
    kept += [each for each in model.paragraphs if each.form in KEPT and each.id not in known]
    bare = (
        {each.id for each in model.paragraphs if each.form == "text" and not each.number} if _numbers(model) else set()
    )
    shapes = [Shape(id=each.id, form="prose" if each.id in bare else each.form) for each in kept]
    numbers = paragraph_numbers(model.number, shapes)
    paragraphs = tuple(replace(each, number=numbers.get(each.id, "")) for each in kept)
    return replace(model, heading=text.heading, paragraphs=paragraphs)


def held(clause: Clause) -> list[dict[str, Any]]:
    """Its paragraphs as a proposal holds them."""
    return [_held(each) for each in clause.paragraphs]


def state(clause: str, models: Mapping[str, Clause], told: Told, parties: Collection[UUID]) -> ClauseState:
    """Where a clause stands, from everything that was said about it. No database."""
    own = [_text_state(text, told.answers, parties) for text in sorted(told.texts, key=lambda one: one.number)]
    languages = {
        language: _language(language, model, tuple(one for one in own if one.text.language == language))
        for language, model in models.items()
    }
    return ClauseState(id=clause, languages=languages, bound=_bound(list(models), own, told.confirmations))


def _text_state(text: JitClauseText, answers: Iterable[JitTextAnswer], parties: Collection[UUID]) -> TextState:
    own = [one for one in answers if one.text_id == text.pk]
    accepted = {one.party_id: one.answered_at for one in own if one.answer == TextAnswer.ACCEPTED}
    withdrawn = any(one.answer == TextAnswer.WITHDRAWN for one in own)
    agreed = not withdrawn and bool(parties) and set(parties) <= accepted.keys()
    return TextState(
        text=text,
        accepted=tuple(accepted),
        withdrawn=withdrawn,
        agreed_at=max(accepted.values()) if agreed else None,
    )


def _language(language: str, model: Clause, history: tuple[TextState, ...]) -> LanguageState:
    standing = next((one for one in reversed(history) if one.agreed_at), None)
    after = 0 if standing is None else standing.text.number
    proposed = next((one for one in reversed(history) if not one.withdrawn and one.text.number > after), None)
    return LanguageState(language=language, model=model, history=history, standing=standing, proposed=proposed)


def _bound(languages: Sequence[str], own: Iterable[TextState], confirmations: Iterable[JitConfirmation]) -> Bound:
    """The languages as they follow from the texts that were agreed, one after another, and what was confirmed."""
    source = SOURCE if SOURCE in languages else languages[0]
    bound = binding.shipped(source, dict.fromkeys(languages, MODEL))
    agreed = [(one.agreed_at, one.text) for one in own if one.agreed_at and one.text.language in languages]
    for _at, text in sorted(agreed, key=lambda pair: (pair[0], pair[1].number)):
        change = bound.translated if text.translation else bound.changed
        bound = change(text.language, str(text.pk))
    for one in confirmations:
        seen = Confirmation(
            source_language=one.source_language,
            source=str(one.source_id or MODEL),
            translation=str(one.translation_id or MODEL),
        )
        bound = replace(bound, confirmed={**bound.confirmed, one.language: seen})
    return bound


def _held(paragraph: Paragraph) -> dict[str, Any]:
    if paragraph.form in KEPT:
        return {"id": paragraph.id, "form": "kept"}
    if paragraph.form == "items":
        return {"id": paragraph.id, "form": "items", "items": list(paragraph.items)}
    return {"id": paragraph.id, "form": "text", "text": paragraph.text}


def _numbers(model: Clause) -> bool:
    return any(each.number for each in model.paragraphs)


def _paragraph(told: Mapping[str, Any], own: Mapping[str, Paragraph]) -> Paragraph | None:
    """The paragraph as it was proposed; a kept one as the model has it now, none where that is gone."""
    if told["form"] == "kept":
        return own.get(told["id"])
    if told["form"] == "items":
        return Paragraph(id=told["id"], form="items", items=tuple(composed(each) for each in told["items"]))
    return Paragraph(id=told["id"], text=composed(told["text"]))
