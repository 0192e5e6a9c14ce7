"""The criteria of case selection and the rules of voting, as kinds of reference data that staff edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contactgroup import actions
from contactgroup.actions import ruling
from contactgroup.counting import Rule
from contactgroup.forms.rules import MOST
from contactgroup.models import Criterion, VotingRule
from contactgroup.permissions import RulePermission
from foundation.reference import history
from foundation.reference.acts import ActKind, Asks
from foundation.reference.kinds import CODE, FROM, ORDER, Column, DatedKind, Values, text, worded
from foundation.reference.models import Act
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Complaint

CRITERIA = DatedKind(
    name="criteria",
    label=_("Criteria of case selection"),
    one=_("criterion"),
    lead=_("What a nomination is scored by. A dossier asks the criteria that hold on the day on which it is written."),
    model=Criterion,
    key=("code",),
    own=(
        CODE,
        *worded(text("name", _("Name"), most=200), most=200),
        *worded(text("question", _("Question"), most=300, hint=_("What whoever nominates has to answer.")), most=300),
        Column(
            name="core",
            label=_("Must be scored"),
            make=partial(forms.BooleanField, required=False),
            help=_("No dossier is sent without an answer to it."),
            fixed=True,
        ),
        ORDER,
    ),
)


# --- Rules of voting --------------------------------------------------------------------------------------------------------------

_LARGEST: Final = 1000


def _part(name: str, label: Promise | str, *, least: int) -> Column:
    """One number of a share: a spreadsheet takes 1/2 for a day."""
    return Column(
        name=name, label=label, make=partial(forms.IntegerField, min_value=least, max_value=_LARGEST), needed=True
    )


def _yes_or_no(name: str, label: Promise | str) -> Column:
    return Column(name=name, label=label, make=partial(forms.BooleanField, required=False), needed=True)


def _rule(values: Values) -> Rule:
    quorum, majority = (Fraction(values[f"{name}_numerator"], values[f"{name}_denominator"]) for name in _SHARES)
    choices = {name: bool(values[name]) for name in _CHOICES}
    return Rule(quorum=quorum, majority=majority, least_present=values["least_present"], **choices)


_SHARES: Final = ("quorum", "majority")
_CHOICES: Final = {
    "withheld_is_present": _("Who withholds is present"),
    "recused_leaves_quorum": _("A recused partner leaves the electorate for the quorum"),
    "recused_leaves_majority": _("A recused partner leaves the electorate for the majority"),
    "nominator_votes": _("The nominating partner votes"),
}


def _asking(on: date) -> Asks:
    def asks(act: Act, row: Any, after: Values) -> Iterator[Complaint]:
        if act != Act.ADDED:
            yield from ruling.withdrawing(row, on=on)
            return
        yield from _not_in_lowest_terms(after)
        yield from ruling.setting(rule=_rule(after), valid_from=after[FROM.name], on=on)

    return asks


def _not_in_lowest_terms(after: Values) -> Iterator[Complaint]:
    """Two files that say the same shall read the same."""
    for name in _SHARES:
        written = (after[f"{name}_numerator"], after[f"{name}_denominator"])
        share = Fraction(*written)
        if (share.numerator, share.denominator) != written:
            yield f"{name}_numerator", gettext("Write this share in its lowest terms: %(share)s.") % {"share": share}


def _write(act: Act, row: Any, after: Values, by: Actor, at: datetime) -> None:
    if act == Act.ADDED:
        actions.set_rule(rule=_rule(after), valid_from=after[FROM.name], by=by, at=at)
    else:
        actions.withdraw_rule(rule=row, by=by, at=at)


VOTING_RULES = ActKind(
    name="voting-rules",
    label=_("Voting rules"),
    key=(),
    own=(
        FROM,
        _part("quorum_numerator", _("Quorum: more than this part"), least=0),
        _part("quorum_denominator", _("Quorum: of so many parts"), least=1),
        _part("majority_numerator", _("Majority: more than this part"), least=0),
        _part("majority_denominator", _("Majority: of so many parts"), least=1),
        Column(
            name="least_present",
            label=_("Partners that must be present in any case"),
            make=partial(forms.IntegerField, min_value=1, max_value=MOST),
        ),
        *(_yes_or_no(name, label) for name, label in _CHOICES.items()),
        Column(
            name="withdrawn",
            label=_("Withdrawn"),
            make=partial(forms.BooleanField, required=False),
            reads=lambda row: row.withdrawn_at is not None,
        ),
    ),
    gone="withdrawn",
    change=RulePermission.SET,
    read=lambda: list(VotingRule.objects.order_by("valid_from", "pk")),
    moves=frozenset({"withdrawn"}),
    asking=_asking,
    write=_write,
)


def remember(*, before: VotingRule | None, after: VotingRule, by: Actor, at: datetime) -> None:
    """Follows whenever a rule of voting is set or withdrawn: who did it stands in the history."""
    history.acted(VOTING_RULES, before=before, after=after, by=by, at=at)
