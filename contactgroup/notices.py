"""Who is told what about nominations. No sentence names a case, a partner or a vote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from contactgroup.choices import RecusalScope
from contactgroup.models import Elector, Nomination, Recusal
from foundation.notifications import inbox, kinds
from foundation.notifications.kinds import WITHOUT_OFF, Way
from foundation.tenancy.actors import Actor
from meetings import circle

kinds.area("contactgroup", _("Contact Group"))
SUBMITTED = kinds.declare("contactgroup.nomination.submitted", _("A case was nominated to the Contact Group."))
REVISED = kinds.declare(
    "contactgroup.nomination.revised", _("The dossier of a nomination was revised."), first=Way.DIGEST
)
WITHDRAWN = kinds.declare("contactgroup.nomination.withdrawn", _("A nomination was withdrawn."))
ON_AGENDA = kinds.declare("contactgroup.nomination.put_on_agenda", _("A nomination is on the agenda of a meeting."))
VOTING = kinds.declare(
    "contactgroup.voting.opened", _("A vote on a nomination is open. Your partner has one voice."), ways=WITHOUT_OFF
)
RECUSED = kinds.declare(
    "contactgroup.recusal.declared", _("A recusal from the votes on a nomination was declared."), first=Way.DIGEST
)
RECUSAL_TAKEN_BACK = kinds.declare(
    "contactgroup.recusal.taken_back", _("A recusal from the votes on a nomination was taken back."), first=Way.DIGEST
)
COUNTED = kinds.declare("contactgroup.voting.closed", _("The votes on a nomination were counted."))
RETURNED = kinds.declare(
    "contactgroup.nomination.returned", _("More information is asked for on a nomination."), ways=WITHOUT_OFF
)
DECIDED = kinds.declare("contactgroup.nomination.decided", _("A nomination was decided."))


def tell_electorate(kind: kinds.Kind, *, nomination: Nomination, by: Actor, at: datetime) -> None:
    """Tell the seats of the electorate."""
    electors = Elector.objects.visible_to(by).of(nomination.pk)
    _tell(kind, nomination, electors.values_list("seat__group_id", flat=True), by, at)


def tell_desk(kind: kinds.Kind, *, nomination: Nomination, by: Actor, at: datetime) -> None:
    """Tell Eurojust's case desk."""
    _tell(kind, nomination, circle.desks(), by, at)


def tell_nominator(kind: kinds.Kind, *, nomination: Nomination, by: Actor, at: datetime) -> None:
    """Tell the one who nominated."""
    _tell(kind, nomination, [nomination.nominated_by.group_id], by, at)


def tell_all(kind: kinds.Kind, *, nomination: Nomination, by: Actor, at: datetime) -> None:
    """Tell electorate, desk and nominator, each of them once."""
    seats = Elector.objects.visible_to(by).of(nomination.pk).values_list("seat__group_id", flat=True)
    _tell(kind, nomination, [*seats, *circle.desks(), nomination.nominated_by.group_id], by, at)


def recused(kind: kinds.Kind, recusal: Recusal, *, nomination: Nomination, by: Actor, at: datetime) -> None:
    """Tell the desk and whom it concerns: for a person the own seat, which votes without it; for a partner the whole electorate."""
    electors = Elector.objects.visible_to(by).of(nomination.pk)
    if recusal.scope == RecusalScope.PERSON:
        electors = electors.filter(partner=recusal.partner_id)
    _tell(kind, nomination, [*electors.values_list("seat__group_id", flat=True), *circle.desks()], by, at)


def _tell(kind: kinds.Kind, nomination: Nomination, principals: Iterable[int], by: Actor, at: datetime) -> None:
    inbox.tell(kind=kind, root_id=nomination.pk, principals=principals, by=by, at=at)
