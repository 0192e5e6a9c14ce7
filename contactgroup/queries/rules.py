"""The rules of voting with their days, as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contactgroup.choices import share_in_words
from contactgroup.models import VotingRule


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule and the last day on which it holds; none while no other follows."""

    rule: VotingRule
    until: date | None
    in_force: bool
    to_come: bool

    @property
    def quorum(self) -> str:
        """In words."""
        return share_in_words(self.rule.as_rule().quorum)

    @property
    def majority(self) -> str:
        """In words."""
        return share_in_words(self.rule.as_rule().majority)

    @property
    def withdrawn(self) -> bool:
        """Was it withdrawn before it began?"""
        return self.rule.withdrawn_at is not None


def rule_lines(*, on: date) -> list[RuleLine]:
    """All rules, the latest first, in one statement."""
    found = list(
        VotingRule.objects.select_related("set_by__account", "withdrawn_by__account").order_by("-valid_from", "pk")
    )
    standing = [rule for rule in found if rule.withdrawn_at is None]
    current = next((rule for rule in standing if _valid(rule, on)), None)
    return [
        RuleLine(
            rule=rule,
            until=_until(rule, standing),
            in_force=rule is current,
            to_come=rule.withdrawn_at is None and rule.valid_from > on,
        )
        for rule in found
    ]


def rules_to_come(*, on: date) -> list[VotingRule]:
    """Those that can still be withdrawn, the next first."""
    return list(VotingRule.objects.standing().filter(valid_from__gt=on).order_by("valid_from"))


def _valid(rule: VotingRule, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_until is None or rule.valid_until >= on)


def _until(rule: VotingRule, standing: Sequence[VotingRule]) -> date | None:
    """The day before the next rule begins, or its own end where that lies before."""
    later = [other.valid_from for other in standing if other.valid_from > rule.valid_from]
    ends = [day for day in (rule.valid_until, min(later) - timedelta(days=1) if later else None) if day is not None]
    return min(ends) if ends else None
