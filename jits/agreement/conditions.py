"""When a clause or a paragraph is shown, and when an alternative is recommended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

BARE: Final = frozenset({"union", "own_rules"})
WITH_SUBJECT: Final = frozenset({"basis", "chosen", "yes", "has", "given"})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What conditions ask about: legal bases, chosen alternatives (``option.alternative``), values of parameters."""

    bases: Collection[str]
    union: bool
    own_rules: bool
    chosen: Collection[str] = frozenset()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Test:
    """One question with its answer turned round or not."""

    kind: str
    subject: str = ""
    negated: bool = False

    def holds(self, facts: Facts) -> bool:
        """Whether the question, turned round or not, is answered yes."""
        return _ANSWERS[self.kind](facts, self.subject) is not self.negated


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Tests that must all hold; none of them: always."""

    tests: tuple[Test, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether all of them do."""
        return all(test.holds(facts) for test in self.tests)


ALWAYS: Final = Condition()
NEVER: Final = Condition(tests=(Test(kind="union"), Test(kind="union", negated=True)))


def condition(text: str) -> Condition:
    """A condition as the structure writes it: ``own_rules and not chosen use.rules``. Raises ValueError."""
    return Condition(tests=tuple(_test(part) for part in text.split(" and ")))


def _test(text: str) -> Test:
    words = text.split()
    negated = words[:1] == ["not"]
    words = words[1:] if negated else words
    if len(words) == 1 and words[0] in BARE:
        return Test(kind=words[0], negated=negated)
    if len(words) == 2 and words[0] in WITH_SUBJECT:  # noqa: PLR2004  # a kind and its subject
        return Test(kind=words[0], subject=words[1], negated=negated)
    raise ValueError(text)


def _has(facts: Facts, subject: str) -> bool:
    parameter, _dot, choice = subject.partition(".")
    return choice in (facts.values.get(parameter) or ())


_ANSWERS: Final[dict[str, Callable[[Facts, str], bool]]] = {
    "union": lambda facts, _subject: facts.union,
    "own_rules": lambda facts, _subject: facts.own_rules,
    "basis": lambda facts, subject: subject in facts.bases,
    "chosen": lambda facts, subject: subject in facts.chosen,
    "yes": lambda facts, subject: facts.values.get(subject) is True,
    "has": _has,
    "given": lambda facts, subject: bool(facts.values.get(subject)),
}
