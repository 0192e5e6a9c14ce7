"""The agreement is drafted: a version of the model is taken, its terms are chosen, its values are filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.states import Transition
from jits import drafting, notices, states
from jits.actions.loading import jit_for
from jits.agreement import partial, shipped
from jits.agreement.unable import UnableToFill
from jits.choices import DocumentKind
from jits.models import Jit, JitDraft, JitParty
from jits.permissions import JitPermission
from jits.queries.drafting import draft_of
from jits.queries.participants import participants
from jits.queries.parties import own_party
from jits.refusals import UnableToDraft


@action
def take(
    *,
    jit: Jit,
    template_version: str,
    languages: Collection[str],
    bases: Collection[str],
    version: int,
    by: Actor,
    at: datetime,
) -> JitDraft:
    """Take a version of the model agreement for these languages and legal bases, with the alternatives that are recommended for them.

    What the team knows already is filled in. Who may: each party, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed,
    UnableToDecide, UnableToDraft.
    """
    jit, _party = jit_for(states.TAKE, jit, version=version, by=by)
    if draft_of(jit, by=by) is not None:
        raise UnableToDraft(_("The agreement is drafted already."))
    if template_version not in shipped.versions():
        raise UnableToDraft(_("There is no such version of the model."))
    model = shipped.template(template_version)
    languages = [language for language in model.languages if language in languages]
    parties = list(JitParty.objects.visible_to(by).of(jit.pk).with_names())
    draft = JitDraft(
        root_id=jit.pk,
        document=DocumentKind.AGREEMENT,
        template=model.name,
        template_version=template_version,
        languages=languages,
        bases=[name for name in model.instruments if name in bases],
        chosen=sorted(model.recommended(set(bases) & set(model.instruments))),
        values=drafting.first_values(jit, parties, participants(jit, actor=by), languages),
        taken_at=at,
        taken_by_id=by.membership_id,
    )
    _demand_terms(draft)
    draft.save(force_insert=True)
    access.touch(by=by, root_id=jit.pk)
    changes = {"version": template_version, "languages": languages, "bases": draft.bases}
    record.changed("jits.agreement.taken", by=by, root=jit.pk, changes=changes)
    notices.tell_parties(notices.TAKEN, jit=jit, by=by, at=at)
    return draft


@action
def set_terms(
    *,
    draft: JitDraft,
    languages: Collection[str],
    bases: Collection[str],
    chosen: Collection[str],
    version: int,
    by: Actor,
    at: datetime,
) -> JitDraft:
    """Change languages, legal bases and alternatives of a draft. Values stay, whether a clause still asks for them or not.

    Who may: each party, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToDraft.
    """
    jit, draft = draft_for(states.TERMS, draft, version=version, by=by)
    model = drafting.template_of(draft)
    draft.languages = [language for language in model.languages if language in languages]
    draft.bases = [name for name in model.instruments if name in bases]
    draft.chosen = drafting.fitting(model, draft.document, draft.bases, chosen)
    _demand_terms(draft)
    changes = {"languages": draft.languages, "bases": draft.bases, "chosen": draft.chosen}
    return _changed(draft, jit, "jits.agreement.set", ("languages", "bases", "chosen"), changes, by=by, at=at)


@action
def fill(*, draft: JitDraft, values: Mapping[str, Any], version: int, by: Actor, at: datetime) -> JitDraft:
    """Fill in values, as far as they are known; None takes one away. The others stay.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToDraft.
    """
    jit, draft = draft_for(states.FILL, draft, version=version, by=by)
    words = drafting.template_of(draft).words[drafting.labels()]
    asked = {one.name: one for several in drafting.asked_by_clause(draft).values() for one in several}
    for name, value in values.items():
        if name not in asked:
            raise UnableToDraft(_("The agreement does not ask for %(name)s.") % {"name": name})
        label = words.at("parameters", name, "label")
        said = [] if value is None else list(partial.faults(asked[name], value, label=label))
        if said:
            raise UnableToDraft(" ".join(said))
    kept = {**draft.values, **values}
    draft.values = {name: value for name, value in kept.items() if value is not None}
    return _changed(draft, jit, "jits.agreement.filled", ("values",), {"values": sorted(values)}, by=by, at=at)


def draft_for(
    transition: Transition[JitPermission], draft: JitDraft, *, version: int, by: Actor
) -> tuple[Jit, JitDraft]:
    """The team and its draft, locked, for an act that is possible now and the actor's party's to do.

    Raises JitDraft.DoesNotExist, Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    found = JitDraft.objects.visible_to(by).get(pk=draft.pk)
    jit = Jit.objects.visible_to(by).get(pk=found.root_id)
    access.require(by, transition.permission, jit)
    locked = access.locked(found, version=version)
    transition.check(jit.status)
    states.demand_turn(transition, jit, own_party(jit, by=by))
    return jit, locked


def _demand_terms(draft: JitDraft) -> None:
    """Raise UnableToDraft unless a document can be made with these languages, legal bases and alternatives."""
    if not draft.languages:
        raise UnableToDraft(_("Choose a language at least."))
    try:
        drafting.sketched(draft, draft.languages[0])
    except UnableToFill as unable:
        raise UnableToDraft(str(unable)) from None


def _changed(
    draft: JitDraft,
    jit: Jit,
    verb: str,
    fields: tuple[str, ...],
    changes: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> JitDraft:
    draft.version += 1
    draft.save(update_fields=[*fields, "version"])
    access.touch(by=by, root_id=jit.pk)
    record.changed(verb, by=by, root=jit.pk, changes=changes)
    notices.tell_parties(notices.TEXT_CHANGED, jit=jit, by=by, at=at)
    return draft
