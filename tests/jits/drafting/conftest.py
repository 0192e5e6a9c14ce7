"""The cast of a team with an agreement that is drafted, in English and Albanian."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from jits import actions, drafting
from jits.models import Jit, JitDraft
from jits.queries.drafting import draft_of
from tests.jits.agreement.conftest import drawn_up  # noqa: F401
from tests.jits.agreement.giving import WEST_BALKANS, values
from tests.jits.team.conftest import Cast as TeamCast
from tests.people import Person

LANGUAGES = ("en", "sq")


def within(value: Any, languages: tuple[str, ...] = LANGUAGES) -> Any:
    """The values of the model's tests, in the languages of the agreement."""
    return drafting.cleared(value, languages)


@dataclass
class Cast(TeamCast):
    """With the acts of drafting."""

    def taken(self, *, version: str = "2026", languages: tuple[str, ...] = LANGUAGES) -> JitDraft:
        """A draft as it is when the model was just taken."""
        return self.taken_for(self.drafting(), version=version, languages=languages)

    def taken_for(self, jit: Jit, *, version: str = "2026", languages: tuple[str, ...] = LANGUAGES) -> JitDraft:
        self.does("AL", actions.take, jit, template_version=version, languages=languages, bases=WEST_BALKANS)
        return self.standing(jit)

    def jit(self, draft: JitDraft) -> Jit:
        with self.people["AL"].acting() as by:
            return Jit.objects.visible_to(by).get(pk=draft.root_id)

    def tries(self, name: str, draft: JitDraft, person: Person) -> JitDraft:
        return self.fill(draft, {}, by=person) if name == "fill" else self.set_terms(draft, by=person)

    def complete(self) -> JitDraft:
        """A draft in which everything is filled in."""
        draft = self.taken()
        return self.fill(draft, self.everything(draft))

    def everything(self, draft: JitDraft) -> dict[str, Any]:
        asked = {one.name for several in drafting.asked_by_clause(draft).values() for one in several}
        return {name: value for name, value in within(values()).items() if name in asked}

    def fill(self, draft: JitDraft, told: dict[str, Any], by: Person | None = None, **facts: Any) -> JitDraft:
        facts = {"version": draft.version, **facts}
        with (by or self.people["AL"]).acting() as actor:
            return actions.fill(draft=draft, values=told, by=actor, at=self.now, **facts)

    def set_terms(self, draft: JitDraft, by: Person | None = None, **facts: Any) -> JitDraft:
        facts = {
            "languages": draft.languages,
            "bases": draft.bases,
            "chosen": draft.chosen,
            "version": draft.version,
            **facts,
        }
        with (by or self.people["AL"]).acting() as actor:
            return actions.set_terms(draft=draft, by=actor, at=self.now, **facts)

    def standing(self, jit: Jit | JitDraft, by: Person | None = None) -> JitDraft:
        key = jit.root_id
        with (by or self.people["AL"]).acting() as actor:
            draft = draft_of(Jit.objects.visible_to(actor).get(pk=key), by=actor)
            assert draft is not None
            return draft


@pytest.fixture
def cast(db: None) -> Cast:
    made = Cast()
    made.people, made.desk, made.investigator  # noqa: B018 - they are at work before the story begins
    return made


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A browser in which this person is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return signed_in
