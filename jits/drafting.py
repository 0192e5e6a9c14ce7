"""What a draft holds, as the model understands it: its template, its values, and what the team itself brings to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation

from foundation.tenancy.choices import OfficeKind, PartnerKind
from jits.agreement import filling, shipped
from jits.agreement.content import Document
from jits.agreement.structure import Parameter, Template
from jits.agreement.unable import Problem
from jits.models import Jit, JitDraft, JitParticipant, JitParty

OF_THE_DRAFT = frozenset({"text_languages"})
"""Parameters that nobody fills in: the draft itself knows them."""


def template_of(draft: JitDraft) -> Template:
    """The version of the model that it takes."""
    return shipped.template(draft.template_version)


def labels() -> str:
    """The language in which the model names its parameters to this reader."""
    language = translation.get_language() or "en"
    return language if language in shipped.LANGUAGES else "en"


def given(draft: JitDraft) -> dict[str, Any]:
    """All values, those that the draft knows by itself included."""
    return {**draft.values, "text_languages": list(draft.languages)}


def asked_by_clause(draft: JitDraft) -> dict[str, tuple[Parameter, ...]]:
    """What is to be filled in, clause by clause."""
    found = filling.asked_by_clause(template_of(draft), document=draft.document, bases=draft.bases, chosen=draft.chosen)
    own = {name: tuple(each for each in asked if each.name not in OF_THE_DRAFT) for name, asked in found.items()}
    return {name: asked for name, asked in own.items() if asked}


def filled(draft: JitDraft, language: str) -> Document:
    """The model's words with these values, in one of its languages. Raises UnableToFill."""
    return filling.fill(
        template_of(draft),
        language=language,
        bases=draft.bases,
        chosen=draft.chosen,
        given=given(draft),
        document=draft.document,
        labels=labels(),
    )


def sketched(draft: JitDraft, language: str) -> tuple[Document, tuple[Problem, ...]]:
    """The same with gaps for what is missing, and what that is."""
    return filling.sketch(
        template_of(draft),
        language=language,
        bases=draft.bases,
        chosen=draft.chosen,
        given=given(draft),
        document=draft.document,
        labels=labels(),
    )


def fitting(template: Template, document: str, bases: Collection[str], chosen: Iterable[str]) -> list[str]:
    """The chosen alternatives, completed: an option of which one is needed and none is chosen takes the one that is recommended."""
    picked, recommended = set(chosen), template.recommended(bases)
    for name in filling.options(template, document=document, bases=bases):
        option = template.options[name]
        own = {f"{name}.{each}" for each in option.alternatives}
        if option.one and not picked & own:
            picked |= recommended & own
    return sorted(picked)


def first_values(
    jit: Jit, parties: Sequence[JitParty], participants: Iterable[JitParticipant], languages: Sequence[str]
) -> dict[str, Any]:
    """What the team knows already, to begin with: parties, territories, duration, participation of Eurojust, Union law."""
    named = [_named(party.partner.name, languages) for party in parties]
    kinds = {party.partner.kind for party in parties}
    found: dict[str, Any] = {
        "parties": [
            {"partner": name, "authority": party.authority.name, "signatory": ""}
            for name, party in zip(named, parties, strict=True)
        ],
        "proceedings": [
            {"partner": name, "authority": party.authority.name, "reference": ""}
            for name, party in zip(named, parties, strict=True)
        ],
        "territories": named,
        "months": jit.months,
        "union_parties": PartnerKind.MEMBER_STATE in kinds and len(kinds) > 1,
    }
    if any(one.office.kind == OfficeKind.CASE_DESK for one in participants):
        found["participants"] = ["eurojust"]
    return found


def _named(name: str, languages: Sequence[str]) -> dict[str, str]:
    """The name of a partner as the directory has it, which is in English: the other languages are left to the drafters."""
    return {"en": name} if "en" in languages else {}


def cleared(values: Mapping[str, Any], languages: Collection[str]) -> dict[str, Any]:
    """The values without words in other languages than these."""
    return {name: _in_these(value, languages) for name, value in values.items()}


def _in_these(value: Any, languages: Collection[str]) -> Any:
    if isinstance(value, list):
        return [_in_these(each, languages) for each in value]
    if isinstance(value, dict) and value and set(value) <= set(shipped.LANGUAGES):
        return {language: text for language, text in value.items() if language in languages}
    if isinstance(value, dict):
        return {name: _in_these(each, languages) for name, each in value.items()}
    return value
