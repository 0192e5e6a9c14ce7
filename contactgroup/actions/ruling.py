"""How votes are counted, set for days to come: never for today or before, and never changed once it has begun."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from contactgroup.counting import Rule
from contactgroup.models import VotingRule
from contactgroup.permissions import RulePermission
from contactgroup.refusals import UnableToSetRule
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Complaint, demand

RULED: Final = "contactgroup.rule"
"""A rule of voting was set or withdrawn; followers get it ``before`` (none: a new one) and ``after``."""
workflow.declare(RULED)


def setting(*, rule: Rule, valid_from: date, on: date) -> Iterator[Complaint]:
    """What is wrong with a rule that is to be set; which others stand is not looked at. The dry run of a file asks the same."""
    if valid_from <= on:
        yield (
            "valid_from",
            _("A rule begins tomorrow at the earliest: votes that are open keep the rule that they have."),
        )
    if not all(0 <= share < 1 for share in (rule.quorum, rule.majority)) or rule.least_present < 1:
        yield (
            "quorum_numerator",
            _("Quorum and majority are shares below the whole, and at least one partner is present."),
        )


def withdrawing(rule: VotingRule, *, on: date) -> Iterator[Complaint]:
    """Why a rule cannot be withdrawn."""
    if rule.withdrawn_at is not None or rule.valid_from <= on:
        yield "withdrawn", _("Only a rule that has not begun can be withdrawn.")


@action
def set_rule(*, rule: Rule, valid_from: date, by: Actor, at: datetime) -> VotingRule:
    """Set the rule that holds from that day (UTC) on, for the votes that are opened from then on; open votes keep theirs.

    Who may: the programme team. Raises Forbidden, UnableToSetRule (not after today, a day that has its rule, shares of one and more).
    """
    access.require(by, RulePermission.SET)
    demand(setting(rule=rule, valid_from=valid_from, on=at.date()), UnableToSetRule)
    if VotingRule.objects.standing().filter(valid_from=valid_from).exists():
        raise UnableToSetRule(_("Another rule begins on that day. Withdraw it first, or choose another day."))
    made = VotingRule.objects.create(valid_from=valid_from, set_at=at, set_by_id=by.membership_id, **_columns(rule))
    workflow.follow(RULED, before=None, after=made, by=by, at=at)
    record.happened("contactgroup.rule.set", by=by)
    return made


@action
def withdraw_rule(*, rule: VotingRule, by: Actor, at: datetime) -> VotingRule:
    """Withdraw a rule that has not begun. It stays on record. Who may: the programme team.

    Raises Forbidden, UnableToSetRule (it has begun, was withdrawn already).
    """
    access.require(by, RulePermission.SET)
    rule = VotingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    demand(withdrawing(rule, on=at.date()), UnableToSetRule)
    before = copy(rule)
    rule.withdrawn_at, rule.withdrawn_by_id = at, by.membership_id
    rule.save(update_fields=["withdrawn_at", "withdrawn_by"])
    workflow.follow(RULED, before=before, after=rule, by=by, at=at)
    record.happened("contactgroup.rule.withdrawn", by=by)
    return rule


def _columns(rule: Rule) -> dict[str, int | bool]:
    quorum, majority = Fraction(rule.quorum), Fraction(rule.majority)
    return {
        "quorum_numerator": quorum.numerator,
        "quorum_denominator": quorum.denominator,
        "majority_numerator": majority.numerator,
        "majority_denominator": majority.denominator,
        "least_present": rule.least_present,
        "withheld_is_present": rule.withheld_is_present,
        "recused_leaves_quorum": rule.recused_leaves_quorum,
        "recused_leaves_majority": rule.recused_leaves_majority,
        "nominator_votes": rule.nominator_votes,
    }
