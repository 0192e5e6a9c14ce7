"""Forms of the rules of voting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactgroup.choices import SHARES
from contactgroup.counting import Rule
from contactgroup.models import VotingRule
from foundation.components import formats

MOST = 6


class RuleForm(forms.Form):
    """A rule of voting and the day on which it begins."""

    valid_from = forms.DateField(
        label=gettext_lazy("Holds for votes opened from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Tomorrow at the earliest. Votes that are open keep the rule with which they were opened."
        ),
    )
    quorum = forms.ChoiceField(
        label=gettext_lazy("Quorum: partners of the electorate that must be present"), choices=SHARES, initial="1/2"
    )
    least_present = forms.IntegerField(
        label=gettext_lazy("Partners that must be present in any case"), min_value=1, max_value=MOST, initial=2
    )
    majority = forms.ChoiceField(
        label=gettext_lazy("Majority: voices for, of those for and against"), choices=SHARES, initial="1/2"
    )
    withheld_is_present = forms.BooleanField(label=gettext_lazy("Who withholds is present"), required=False)
    nominator_votes = forms.BooleanField(
        label=gettext_lazy("The nominating partner votes"), required=False, initial=True
    )
    recused_leaves_quorum = forms.BooleanField(
        label=gettext_lazy("A recused partner leaves the electorate for the quorum"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Otherwise it counts as absent."),
    )
    recused_leaves_majority = forms.BooleanField(
        label=gettext_lazy("A recused partner leaves the electorate for the majority"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Otherwise it counts as one that is not for."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.initial.setdefault("valid_from", today + timedelta(days=1))

    def clean_valid_from(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["valid_from"]
        if day <= self.today:
            raise ValidationError(_("A rule begins tomorrow at the earliest."))
        return day

    def rule(self) -> Rule:
        """The rule as it was filled in."""
        data = self.cleaned_data
        return Rule(
            quorum=Fraction(data["quorum"]),
            majority=Fraction(data["majority"]),
            least_present=data["least_present"],
            withheld_is_present=data["withheld_is_present"],
            recused_leaves_quorum=data["recused_leaves_quorum"],
            recused_leaves_majority=data["recused_leaves_majority"],
            nominator_votes=data["nominator_votes"],
        )


class WithdrawRuleForm(forms.Form):
    """Which of the rules to come."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule that shall not come into force"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, rules: Sequence[VotingRule], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rules = {str(rule.pk): rule for rule in rules}
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, _("from %(day)s") % {"day": formats.day(rule.valid_from)}) for key, rule in self.rules.items()
        ]

    def clean_rule(self) -> VotingRule:
        """The rule itself."""
        return self.rules[self.cleaned_data["rule"]]
