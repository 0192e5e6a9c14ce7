"""The rules of voting: which hold when, and the programme team's forms to set and withdraw them."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any, ClassVar, cast

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactgroup import actions
from contactgroup.forms.rules import RuleForm, WithdrawRuleForm
from contactgroup.permissions import RulePermission
from contactgroup.queries.rules import rule_lines, rules_to_come
from foundation import access
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage


def trail() -> list[dict[str, str]]:
    """Breadcrumb of the forms."""
    return [{"label": _("Voting rules"), "url": reverse("voting_rules")}]


def today() -> date:
    """The day by which rules begin: the same for everybody, wherever they are."""
    return timezone.now().astimezone(UTC).date()


class VotingRules(ActorPage):
    """All rules with their days. Open to whoever takes part in the Contact Group: they say nothing of any nomination."""

    permission = RulePermission.VIEW
    verb = "contactgroup.rules.viewed"
    template_name = "contactgroup/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The latest first."""
        lines = rule_lines(on=today())
        may_set = access.role_allows(self.actor, RulePermission.SET)
        may_withdraw = may_set and any(line.to_come for line in lines)
        return super().get_context_data(lines=lines, may_set=may_set, may_withdraw=may_withdraw, **kwargs)


class RuleChange(ActionPage):
    """A form over the rules."""

    permission = RulePermission.SET
    template_name = "contactgroup/rule.html"
    remark: ClassVar[Promise | str]
    danger: ClassVar[bool] = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": self.submit_label, "remark": self.remark, "danger": self.danger}
        return super().get_context_data(**words, trail=trail(), cancel_url=reverse("voting_rules"), **kwargs)


class SetRule(RuleChange):
    """Set the rule for days to come."""

    verb = "contactgroup.set_rule.viewed"
    form_class = RuleForm
    submit_label = gettext_lazy("Set a rule")
    remark = gettext_lazy(
        "Open votes and those that were counted keep their rule. A rule is never changed; a later one takes its place."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """The day by which rules begin."""
        return {**super().get_form_kwargs(), "today": today()}

    def act(self, form: forms.Form) -> str:
        """Back to the rules."""
        typed = cast("RuleForm", form)
        actions.set_rule(
            rule=typed.rule(), valid_from=typed.cleaned_data["valid_from"], by=self.actor, at=timezone.now()
        )
        return reverse("voting_rules")


class WithdrawRule(RuleChange):
    """Withdraw a rule that has not begun."""

    verb = "contactgroup.withdraw_rule.viewed"
    form_class = WithdrawRuleForm
    danger = True
    submit_label = gettext_lazy("Withdraw a rule")
    remark = gettext_lazy("Only a rule that has not begun can be withdrawn. It stays in the list, marked as withdrawn.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The rules to come."""
        return {**super().get_form_kwargs(), "rules": rules_to_come(on=today())}

    def act(self, form: forms.Form) -> str:
        """Back to the rules."""
        actions.withdraw_rule(rule=form.cleaned_data["rule"], by=self.actor, at=timezone.now())
        return reverse("voting_rules")
