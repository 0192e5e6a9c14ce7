"""What a nomination is made of, as plain data, and the rules that need no nomination yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from cases.models import Case, ConcernedPartner
from contactgroup.choices import Audience
from contactgroup.models import Criterion
from contactgroup.refusals import UnableToNominate
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind, PartnerKind
from foundation.tenancy.models import Office, Partner


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One criterion with its score (0 to 3) and a comment."""

    criterion: Criterion
    score: int
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A partner to be invited, the purpose, and the text that it may see."""

    partner: Partner
    purpose: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What the electorate reads."""

    title: str
    tool: str
    why: str
    support: str = ""
    scores: tuple[Scored, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    def check_scores(self, day: date) -> None:
        """Raise UnableToNominate unless every core criterion in force on that day is scored."""
        core = set(Criterion.objects.valid_on(day).filter(core=True).values_list("pk", flat=True))
        if core - {scored.criterion.pk for scored in self.scores}:
            raise UnableToNominate(_("Score each of the criteria that must be scored."))

    def check_proposals(self, invitable: set[UUID]) -> None:
        """Raise UnableToNominate unless each proposed partner can be invited, once."""
        proposed = [proposal.partner.pk for proposal in self.proposals]
        if not set(proposed) <= invitable or len(set(proposed)) < len(proposed):
            raise UnableToNominate(
                _("Only partners that the case concerns can be invited. Add them to the case first.")
            )


def invitable(case: Case, *, by: Actor) -> list[Partner]:
    """The partners that the case concerns, other than the owner's, and whose coordinator could answer an invitation."""
    concerned = ConcernedPartner.objects.visible_to(by).of(case.pk).values_list("partner_id", flat=True)
    coordinated = Office.objects.filter(kind=OfficeKind.COORDINATOR).values_list("partner_id", flat=True)
    found = Partner.objects.filter(pk__in=list(concerned)).filter(pk__in=coordinated)
    return list(found.exclude(pk=case.owner.partner_id))


def electorate(case: Case, audience: str, *, by: Actor) -> list[Office]:
    """The Contact Group seats that will see the nomination and vote on it: of the partners concerned, the nominating one
    among them, or of all Western Balkan partners. Raises UnableToNominate when nobody but the nominating partner is left.
    """
    seats = Office.objects.filter(
        kind=OfficeKind.CONTACT_GROUP_SEAT, partner__kind=PartnerKind.WESTERN_BALKAN
    ).select_related("partner")
    if audience == Audience.CONCERNED:
        concerned = ConcernedPartner.objects.visible_to(by).of(case.pk).values_list("partner_id", flat=True)
        seats = seats.filter(partner_id__in=[*concerned, case.owner.partner_id])
    found = list(seats.order_by("partner__position", "partner__name"))
    if len(found) < 2:  # noqa: PLR2004 - a group is more than one
        raise UnableToNominate(
            _("No other Western Balkan partner is concerned. Choose the whole group, or add the partner to the case.")
        )
    return found
