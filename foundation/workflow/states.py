"""States are a table: transitions with their sources, their target and the permission they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.workflow.refusals import Refusal

P = TypeVar("P")


class TransitionNotAllowed(Refusal):
    """The record is not in a state from which this can be done; the message is fit for the user. Answered with 409."""


@dataclass(frozen=True, kw_only=True)
class Transition(Generic[P]):
    """One row of a state table. ``url`` names the page of its button; none where an upper app owns the act.

    An act without a target leaves the state as it is.
    """

    name: str
    label: Promise | str
    sources: frozenset[str]
    permission: P
    target: str = ""
    url: str = ""
    needs_reason: bool = False

    def why_not(self, status: str) -> str:
        """Why this cannot be done from that status, for the user; empty when it can."""
        if status in self.sources:
            return ""
        return _("“%(act)s” is not possible in the present state.") % {"act": self.label}

    def check(self, status: str) -> None:
        """Raise TransitionNotAllowed unless this can be done from that status."""
        said = self.why_not(status)
        if said:
            raise TransitionNotAllowed(said)


def available(table: Iterable[Transition[P]], status: str, allowed: Callable[[P], bool]) -> tuple[Transition[P], ...]:
    """The transitions that can be done now by somebody for whom ``allowed`` answers."""
    return tuple(row for row in table if status in row.sources and allowed(row.permission))
