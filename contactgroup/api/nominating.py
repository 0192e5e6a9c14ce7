"""Acts of the nominating side: to nominate a case, to revise the dossier, to take the nomination back.

What binds a person is no act of a system: votes, recusals and decisions are not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import cached_property

from cases.api.operations import OfCase
from contactgroup import actions, states
from contactgroup import dossier as dossiers
from contactgroup.api.forms import CRITERIA, INVITATIONS, INVITATIONS_THAT_STAND, WithdrawBody
from contactgroup.api.operations import OfNomination
from contactgroup.forms.dossier import NominateForm, ReviseForm, values_of
from contactgroup.models import Criterion, ProposedInvitation
from contactgroup.permissions import NominationPermission
from foundation.pages.api.folding import Fold, Folded
from foundation.pages.api.writing import Creating, Done, Editing, Moving, Writing, done
from foundation.systems.scopes import Scope
from foundation.tenancy.models import Partner

_DOSSIER: dict[str, Any] = {
    "title": "Tobacco over the lake",
    "tool": "parallel",
    "why": "Both sides of the lake hold proceedings on the same group.",
    "criteria": [
        {"criterion": "affected", "score": 3, "comment": "Two partners, one group."},
        {"criterion": "crime", "score": 3},
        {"criterion": "proceedings", "score": 2},
        {"criterion": "need", "score": 2},
    ],
    "invitations": [
        {
            "partner": "MK",
            "purpose": "Parallel proceedings on the lorries",
            "text": "Lorries cross at night; proceedings may be held on their drivers.",
        }
    ],
}


class WithDossier(Writing):
    """An act with a dossier: scores of the criteria of today, and texts for the partners that are to be invited."""

    scope = Scope.CONTACT_GROUP_WRITE
    folded: ClassVar[tuple[Folded, ...]] = (CRITERIA, INVITATIONS)

    @cached_property
    def criteria(self) -> list[Criterion]:
        """Those in force today."""
        return list(Criterion.objects.valid_on(self.now.date()))

    @cached_property
    def partners(self) -> list[Partner]:
        """Whom the dossier can propose."""
        raise TypeError(f"{type(self).__name__} has no partners")

    def form_arguments(self) -> dict[str, Any]:
        """Criteria and partners."""
        return {"criteria": self.criteria, "partners": self.partners}

    def folds(self) -> tuple[Fold, ...]:
        """Criteria and partners by code."""
        criteria, invitations = self.folded
        return (
            Fold(folded=criteria, endings={row.code: row.code for row in self.criteria}),
            Fold(folded=invitations, endings={partner.code: str(partner.pk) for partner in self.partners}),
        )


class Nominate(OfCase, WithDossier, Creating):
    """Nominate a case to the Contact Group.

    The case must be open. `audience` says whose seats read the nomination and vote on it; neither it nor the partners to be invited
    can be changed later. Eurojust's case desk sees the case until the decision.
    """

    permission = NominationPermission.NOMINATE
    scope = Scope.CONTACT_GROUP_WRITE
    verb = "contactgroup.nomination.submitted"
    form_class = NominateForm
    sample: ClassVar[dict[str, Any]] = {**_DOSSIER, "audience": "concerned"}

    @cached_property
    def partners(self) -> list[Partner]:
        """Those that the case concerns and that could answer."""
        return dossiers.invitable(self.case, by=self.actor)

    def act(self, form: forms.Form) -> Done:
        """Nominate."""
        assert isinstance(form, NominateForm)
        audience = form.cleaned_data["audience"]
        made = actions.nominate(case=self.case, dossier=form.dossier(), audience=audience, by=self.actor, at=self.now)
        return done(made, "api_nomination")


class OnNomination(OfNomination, Writing):
    """An act on one nomination, which is loaded as for reading it, with the permission of the act."""

    scope = Scope.CONTACT_GROUP_WRITE

    @property
    def edited(self) -> models.Model:
        """The nomination."""
        return self.nomination


class NominationRevise(OnNomination, WithDossier, Editing):
    """Change the dossier of a nomination.

    Before a meeting takes it up, or to answer the question of the meeting. What the body leaves out stays; a list that is given
    replaces the one that stands. The electorate and the partners to be invited stay.
    """

    permission = states.REVISE.permission
    verb = "contactgroup.nomination.revised"
    form_class = ReviseForm
    folded = (CRITERIA, INVITATIONS_THAT_STAND)
    sample: ClassVar[dict[str, Any]] = {"support": "Translation of the files."}

    @cached_property
    def partners(self) -> list[Partner]:
        """Those that were nominated."""
        found = ProposedInvitation.objects.visible_to(self.actor).of(self.nomination.pk).select_related("partner")
        return [proposal.partner for proposal in found.order_by("partner__position", "partner__name")]

    def form_arguments(self) -> dict[str, Any]:
        """The partners stay."""
        return {**super().form_arguments(), "fixed": True}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The dossier as it stands."""
        return values_of(self.nomination, self.criteria, self.actor)

    def act(self, form: forms.Form) -> Done:
        """Save it."""
        assert isinstance(form, ReviseForm)
        version = form.cleaned_data["version"]
        revised = actions.revise(
            nomination=self.nomination, dossier=form.dossier(), version=version, by=self.actor, at=self.now
        )
        return done(revised, "api_nomination")


class NominationWithdraw(OnNomination, Moving):
    """Take a nomination back before it is decided.

    The case is open again, the case desk's sight of it ends, and no partner is invited. The electorate reads the reason.
    """

    permission = states.WITHDRAW.permission
    verb = "contactgroup.nomination.withdrawn"
    form_class = WithdrawBody
    sample: ClassVar[dict[str, Any]] = {"reason": "The proceedings were joined."}

    def act(self, form: forms.Form) -> Done:
        """Withdraw."""
        taken_back = actions.withdraw(nomination=self.nomination, by=self.actor, at=self.now, **form.cleaned_data)
        return done(taken_back, "api_nomination")
