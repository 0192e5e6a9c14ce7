"""Clauses are negotiated: texts proposed, accepted and taken back, translations confirmed, comments made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.notifications.kinds import Kind
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.states import Transition
from jits import drafting, negotiation, notices, states
from jits.agreement import values as checks
from jits.agreement.structure import Parameter
from jits.choices import TextAnswer
from jits.models import Jit, JitClauseComment, JitClauseText, JitConfirmation, JitDraft, JitParty, JitTextAnswer
from jits.models.clauses import LONGEST_HEADING
from jits.negotiation import ClauseState
from jits.permissions import JitPermission
from jits.queries.negotiation import states_of
from jits.queries.parties import own_party
from jits.refusals import UnableToNegotiate

MOST_PARAGRAPHS: Final = 60
_PROSE: Final = Parameter(name="", kind="prose")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What somebody proposes that a clause should say, in one language."""

    heading: str
    paragraphs: Sequence[Mapping[str, Any]]
    translation: bool = False
    departs: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A clause that nobody else changes until the transaction ends."""

    jit: Jit
    draft: JitDraft
    party: JitParty
    state: ClauseState


@action
def propose_text(
    *, draft: JitDraft, clause: str, language: str, wording: Wording, version: int, by: Actor, at: datetime
) -> JitClauseText:
    """Propose words for a clause, over the version of them that was read; whoever may decide for its party accepts them with it.

    Earlier proposals stay and can be compared. What says nothing new leaves the newest text as it is, and gives it back. Who may:
    the parties' people who contribute. Raises Forbidden, StaleVersion (another
    text was proposed meanwhile), TransitionNotAllowed, UnableToDecide, UnableToNegotiate.
    """
    held = _hold(states.NEGOTIATE, draft, clause, language, by=by)
    one = held.state.languages[language]
    _demand_version(one.live, one, version)
    _check_words(wording)
    text = JitClauseText(
        root_id=draft.root_id,
        draft=held.draft,
        clause=clause,
        language=language,
        number=max((each.text.number for each in one.history), default=0) + 1,
        heading=wording.heading.strip(),
        paragraphs=list(wording.paragraphs),
        translation=wording.translation and language != held.state.bound.source,
        departs=wording.departs,
        reason=wording.reason if wording.departs else "",
        based_on=version - 1,
        model=negotiation.words_of(one.model),
        party=held.party,
        proposed_at=at,
        proposed_by_id=by.membership_id,
    )
    if _says_nothing_new(text, one):
        if one.live is None:
            raise UnableToNegotiate(_("These are the words that stand there already."))
        return one.live
    text.save(force_insert=True)
    if access.allowed(by, states.ACCEPT.permission, held.jit):
        _answer(text, held.party, TextAnswer.ACCEPTED, by=by, at=at)
    return _told(text, held, "jits.text.proposed", notices.TEXT_PROPOSED, by=by, at=at)


@action
def accept_text(*, draft: JitDraft, clause: str, language: str, version: int, by: Actor, at: datetime) -> JitClauseText:
    """Accept for the own party what is proposed, in that version; with the last party the text stands.

    Who may: each party, with manage. Raises Forbidden, StaleVersion (a newer text is proposed), TransitionNotAllowed, UnableToDecide,
    UnableToNegotiate.
    """
    held = _hold(states.ACCEPT, draft, clause, language, by=by)
    one = held.state.languages[language]
    _demand_version(one.live, one, version)
    if one.proposed is None:
        raise UnableToNegotiate(_("Nothing is proposed here that your party could accept."))
    if held.party.pk in one.proposed.accepted:
        raise UnableToNegotiate(_("Your party has accepted this text already."))
    _answer(one.proposed.text, held.party, TextAnswer.ACCEPTED, by=by, at=at)
    return _told(one.proposed.text, held, "jits.text.accepted", notices.TEXT_ACCEPTED, by=by, at=at)


@action
def withdraw_text(
    *, draft: JitDraft, clause: str, language: str, version: int, by: Actor, at: datetime
) -> JitClauseText:
    """Take back what the own party proposed, while not all have accepted it. It stays readable; what stood before stands.

    Who may: the people of that party who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide,
    UnableToNegotiate.
    """
    held = _hold(states.NEGOTIATE, draft, clause, language, by=by)
    one = held.state.languages[language]
    _demand_version(one.live, one, version)
    if one.proposed is None or one.proposed.text.party_id != held.party.pk:
        raise UnableToNegotiate(
            _("Only the party that proposed a text takes it back, and only until all have accepted it.")
        )
    _answer(one.proposed.text, held.party, TextAnswer.WITHDRAWN, by=by, at=at)
    return _told(one.proposed.text, held, "jits.text.withdrawn", notices.TEXT_WITHDRAWN, by=by, at=at)


@action
def confirm_translation(
    *, draft: JitDraft, clause: str, language: str, seen: str, by: Actor, at: datetime
) -> JitConfirmation:
    """Confirm that the clause says in that language what it says in its source. ``seen`` are the texts that were read (``pair_of``).

    Who may: the parties' people who contribute. Raises Forbidden, TransitionNotAllowed, UnableToDecide, UnableToNegotiate.
    """
    held = _hold(states.NEGOTIATE, draft, clause, language, by=by)
    if language not in held.state.stale:
        raise UnableToNegotiate(_("This language says what its source says already."))
    if seen != pair_of(held.state, language):
        raise UnableToNegotiate(
            _("One of the two texts has changed since you read them. Open the page of the clause again.")
        )
    confirmation = JitConfirmation.objects.create(
        root_id=draft.root_id,
        draft=held.draft,
        clause=clause,
        language=language,
        translation=held.state.key(language),
        source_language=held.state.bound.source,
        source=held.state.key(held.state.bound.source),
        party=held.party,
        confirmed_at=at,
        confirmed_by_id=by.membership_id,
    )
    access.touch(by=by, root_id=draft.root_id)
    record.changed(
        "jits.translation.confirmed", by=by, root=draft.root_id, changes={"clause": clause, "language": language}
    )
    notices.tell_parties(notices.TEXT_CHANGED, jit=held.jit, by=by, at=at)
    return confirmation


@action
def comment_clause(*, draft: JitDraft, clause: str, words: str, by: Actor, at: datetime) -> JitClauseComment:
    """Say something about a clause, for all parties and participants to read.

    Who may: the parties' people who contribute. Raises Forbidden, TransitionNotAllowed, UnableToDecide, UnableToNegotiate.
    """
    held = _hold(states.NEGOTIATE, draft, clause, "", by=by)
    if not words.strip():
        raise UnableToNegotiate(_("Write something."))
    comment = JitClauseComment.objects.create(
        root_id=draft.root_id,
        draft=held.draft,
        clause=clause,
        words=words,
        party=held.party,
        written_at=at,
        written_by_id=by.membership_id,
    )
    access.touch(by=by, root_id=draft.root_id)
    record.changed("jits.clause.commented", by=by, root=draft.root_id, changes={"clause": clause})
    notices.tell_parties(notices.TEXT_CHANGED, jit=held.jit, by=by, at=at)
    return comment


def pair_of(state: ClauseState, language: str) -> str:
    """The two texts that somebody compares who confirms a translation, as a form carries them."""
    keys = (state.key(state.bound.source), state.key(language))
    return ":".join(negotiation.MODEL if one is None else str(one.pk) for one in keys)


def _hold(transition: Transition[JitPermission], draft: JitDraft, clause: str, language: str, *, by: Actor) -> _Held:
    """The clause as it stands, for an act that is possible now; nobody else acts on it meanwhile.

    Raises JitDraft.DoesNotExist, Forbidden, TransitionNotAllowed, UnableToDecide, UnableToNegotiate.
    """
    draft = JitDraft.objects.visible_to(by).get(pk=draft.pk)
    jit = Jit.objects.visible_to(by).get(pk=draft.root_id)
    access.require(by, transition.permission, jit)
    access.one_at_a_time(f"jits.clause:{draft.pk}:{clause}")
    transition.check(jit.status)
    party = own_party(jit, by=by)
    states.demand_turn(transition, jit, party)
    assert party is not None
    documents = {each: drafting.sketched(draft, each)[0] for each in draft.languages}
    found = states_of(draft, documents, by=by, clause=clause).get(clause)
    if found is None or language not in {"", *found.languages}:
        raise UnableToNegotiate(_("This clause does not stand in the agreement."))
    return _Held(jit=jit, draft=draft, party=party, state=found)


def _says_nothing_new(text: JitClauseText, one: negotiation.LanguageState) -> bool:
    same = negotiation.words_of(negotiation.merged(one.model, text)) == negotiation.words_of(one.newest)
    live = one.live
    return same and (live is None or ((live.departs, live.reason) == (text.departs, text.reason) and not one.outdated))


def _demand_version(live: JitClauseText | None, one: negotiation.LanguageState, version: int) -> None:
    if version != one.version:
        raise access.StaleVersion(live or model_text(one))


def model_text(one: negotiation.LanguageState) -> JitClauseText:
    """The words of the model as if they were a proposed text; it is not stored."""
    return JitClauseText(
        number=0, language=one.language, heading=one.model.heading, paragraphs=negotiation.held(one.model)
    )


def _check_words(wording: Wording) -> None:
    """Raise UnableToNegotiate for words that nobody could read on paper, or none at all, or a departure without a reason."""
    if wording.departs and not wording.reason.strip():
        raise UnableToNegotiate(_("Say why the text departs from the model."))
    if not wording.paragraphs or len(wording.paragraphs) > MOST_PARAGRAPHS:
        raise UnableToNegotiate(_("A clause needs words, in %(most)d paragraphs at most.") % {"most": MOST_PARAGRAPHS})
    if not 0 < len(wording.heading.strip()) <= LONGEST_HEADING or "\n" in wording.heading:
        raise UnableToNegotiate(_("A clause needs a heading of one line."))
    said = [fault for text in _texts(wording) for fault in checks.faults(_PROSE, text, language="", label=_("Text"))]
    if said:
        raise UnableToNegotiate(" ".join(dict.fromkeys(said)))


def _texts(wording: Wording) -> Iterator[str]:
    yield wording.heading
    for told in wording.paragraphs:
        yield from told.get("items", ())
        if told["form"] == "text":
            yield told["text"]


def _answer(text: JitClauseText, party: JitParty, answer: str, *, by: Actor, at: datetime) -> None:
    JitTextAnswer.objects.create(
        root_id=text.root_id, text=text, party=party, answer=answer, answered_at=at, answered_by_id=by.membership_id
    )


def _told(text: JitClauseText, held: _Held, verb: str, kind: Kind, *, by: Actor, at: datetime) -> JitClauseText:
    access.touch(by=by, root_id=text.root_id)
    changes = {
        "clause": text.clause,
        "language": text.language,
        "number": text.number,
        "party": held.party.partner.name,
    }
    record.changed(verb, by=by, root=text.root_id, changes=changes)
    notices.tell_parties(kind, jit=held.jit, by=by, at=at)
    return text
