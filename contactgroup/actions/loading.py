"""How an action gets hold of a nomination, of the case behind it and of its place on an agenda."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import Case
from contactgroup.choices import RecusalScope
from contactgroup.models import CaseNomination, Nomination, Recusal
from contactgroup.permissions import NominationPermission
from contactgroup.refusals import CaseOutOfSight
from foundation import access
from foundation.tenancy.actors import Actor
from meetings.models import AgendaItem, Decision


def nomination_for(
    nomination: Nomination, permission: NominationPermission, *, by: Actor, version: int | None = None
) -> Nomination:
    """The nomination as the actor sees it, for an act that it may do; locked when the act carries a version."""
    found = Nomination.objects.visible_to(by).select_related("root", "nominated_by").get(pk=nomination.pk)
    access.require(by, permission, found)
    return found if version is None else access.locked(found, version=version)


def held(nomination: Nomination, *, by: Actor) -> Nomination:
    """The nomination as it stands, locked, for an act that counts no version: nobody opens or closes its vote meanwhile."""
    mine = Nomination.objects.visible_to(by).select_related("nominating_authority")
    return mine.select_for_update(of=("self",)).get(pk=nomination.pk)


def demand_impartial(nomination: Nomination, *, by: Actor) -> None:
    """Raise Forbidden for a person who is recused, whatever the membership."""
    found = Recusal.objects.visible_to(by).of(nomination.pk).standing().barring(by)
    if found.filter(scope=RecusalScope.PERSON).exists():
        raise access.Forbidden(_("You are recused from the votes on this nomination. Somebody else must do this."))


def case_behind(nomination: Nomination, *, by: Actor) -> tuple[CaseNomination, Case]:
    """The case and its link to the nomination. Raises CaseOutOfSight when the actor does not see the case any more."""
    link = CaseNomination.objects.visible_to(by).of_nomination(nomination.pk).select_related("desk_share").first()
    case = None if link is None else Case.objects.visible_to(by).with_owner().filter(pk=link.root_id).first()
    if link is None or case is None:
        raise CaseOutOfSight(
            _(
                "You do not see the case behind this nomination any more. Ask the nominating authority to share it or to withdraw."
            )
        )
    return link, case


def current_item(nomination: Nomination, *, by: Actor) -> AgendaItem | None:
    """The undecided agenda item of the nomination, if there is one."""
    items = AgendaItem.objects.visible_to(by).of(nomination.pk)
    decided = Decision.objects.visible_to(by).of(nomination.pk).values("item_id")
    return items.exclude(pk__in=decided).order_by("-position").first()
