"""Reads of nominations, of the votes on them, and of the rules of voting."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from cases.api.operations import OfCase
from contactgroup import dossier as dossiers
from contactgroup.api import examples, output
from contactgroup.forms.filters import NominationFilter
from contactgroup.models import Criterion, Nomination
from contactgroup.permissions import NominationPermission, RulePermission
from contactgroup.queries import lists
from contactgroup.queries import nomination as nomination_queries
from contactgroup.queries.recusals import RecusalLine, recusal_lines, recusals
from contactgroup.queries.rounds import RoundView, rounds
from contactgroup.queries.rules import RuleLine, rule_lines
from foundation import access
from foundation.access import Cursor, Page
from foundation.pages.api.invented import OTHER_PARTNER
from foundation.pages.api.lists import FilteredOperation, ListOperation
from foundation.pages.api.names import PartnerName
from foundation.pages.api.operations import Operation
from foundation.reference.api import CodeList
from foundation.systems.scopes import Scope
from foundation.tenancy.models import Partner


class NominationList(FilteredOperation):
    """List the nominations in which the bearer takes part.

    Last activity first. A narrowed list may give a short or an empty page while `next` leads on.
    """

    permission = NominationPermission.VIEW
    scope = Scope.CONTACT_GROUP_READ
    verb = "contactgroup.list.viewed"
    item = output.NominationItem
    example = examples.NOMINATIONS
    form_class = NominationFilter

    def paged(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of the list of the page."""
        return lists.nomination_list(actor=self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)


class OfNomination(Operation):
    """An operation about one nomination: loads it through the wall and requires the permission on it."""

    permission: ClassVar[access.Permission] = NominationPermission.VIEW
    scope = Scope.CONTACT_GROUP_READ
    nomination: Nomination

    def load(self) -> None:
        """The nomination with its names."""
        self.nomination = Nomination.objects.visible_to(self.actor).with_names().get(pk=self.kwargs["pk"])
        self.root_id = self.nomination.pk
        access.require(self.actor, self.permission, self.nomination)


class NominationRead(OfNomination):
    """Read a nomination with its dossier and its electorate."""

    verb = "contactgroup.nomination.viewed"
    output = output.NominationDocument
    example = examples.NOMINATION

    def read(self) -> dict[str, Any]:
        """The dossier of the page."""
        electors = nomination_queries.electors_of(self.nomination, actor=self.actor)
        return self.document(
            {
                "nomination": self.nomination,
                "criteria": nomination_queries.scores(self.nomination, actor=self.actor),
                "invitations": nomination_queries.proposals(self.nomination, actor=self.actor),
                "electorate": [elector.partner for elector in electors],
                "case": nomination_queries.case_of(self.nomination, actor=self.actor),
            }
        )


class NominationBallots(OfNomination, ListOperation):
    """List the rounds of voting on a nomination, with the votes that the bearer may read.

    The newest round first; the list has one page. Votes are sealed while a round is open: each partner reads its own alone. A system
    reads them and casts none, since a vote is the act of a person.
    """

    verb = "contactgroup.ballots.viewed"
    item = output.BallotItem
    example = examples.BALLOTS

    def rows(self) -> tuple[RoundView, ...]:
        """All rounds, in four statements."""
        electors = nomination_queries.electors_of(self.nomination, actor=self.actor)
        recused = recusals(self.nomination, actor=self.actor)
        return tuple(rounds(self.nomination, electors, recused, actor=self.actor))


class NominationRecusals(OfNomination, ListOperation):
    """List who takes no part in the votes on a nomination.

    In the order in which they were declared, those that were taken back too; the list has one page. Why is told to the own partner
    and the case desk alone.
    """

    verb = "contactgroup.recusals.viewed"
    item = output.RecusalItem
    example = examples.RECUSALS

    def rows(self) -> tuple[RecusalLine, ...]:
        """All of them, in one statement."""
        return tuple(recusal_lines(self.nomination, actor=self.actor))


class NominationDecisions(OfNomination, ListOperation):
    """List the agendas on which a nomination stood, and what was decided there.

    In the order of the decisions; what is still to be decided stands last. The list has one page.
    """

    verb = "contactgroup.decisions.viewed"
    item = output.AppearanceItem
    example = examples.DECISIONS

    def rows(self) -> tuple[nomination_queries.Appearance, ...]:
        """All of them, in three statements."""
        return tuple(nomination_queries.appearances(self.nomination, actor=self.actor))


class CriterionList(CodeList):
    """List the criteria of case selection that hold today.

    In the order of the dossier; a nomination is scored by them, named by code. The list has one page.
    """

    permission = RulePermission.VIEW
    scope = Scope.CONTACT_GROUP_READ
    verb = "contactgroup.criteria.viewed"
    item = output.CriterionItem
    model = Criterion
    example = examples.CRITERIA


class NominablePartners(OfCase, ListOperation):
    """List the partners that a nomination of this case can propose to invite.

    Those that the case concerns and whose coordinator could answer, by code; the list has one page.
    """

    verb = "contactgroup.nominable.viewed"
    item = PartnerName
    example: ClassVar[dict[str, Any]] = {"items": [OTHER_PARTNER], "next": None}

    def rows(self) -> tuple[Partner, ...]:
        """As the form of the dossier offers them."""
        return tuple(dossiers.invitable(self.case, by=self.actor))


class VotingRuleList(ListOperation):
    """List the rules of voting with the days on which they hold.

    The latest first, withdrawn ones too; the list has one page. A vote keeps the rule of the day on which it was opened.
    """

    permission = RulePermission.VIEW
    scope = Scope.CONTACT_GROUP_READ
    verb = "contactgroup.rules.viewed"
    item = output.RuleItem
    example = examples.RULES

    def rows(self) -> tuple[RuleLine, ...]:
        """All of them; they say nothing of any nomination."""
        return tuple(rule_lines(on=self.now.astimezone(UTC).date()))
