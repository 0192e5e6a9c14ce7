"""How one wants to be told: chosen by kind, for the membership one acts through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.notifications import kinds
from foundation.notifications.delivery import rows
from foundation.notifications.kinds import Way
from foundation.notifications.models import Preference
from foundation.notifications.permissions import NotificationsPermission
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal


class UnableToChoose(Refusal):
    """This kind cannot be told that way; the message is fit for the user."""


def chosen(actor: Actor) -> dict[str, Way]:
    """What the actor has chosen, by the name of the kind; one statement."""
    return {name: Way(way) for name, way in Preference.objects.visible_to(actor).values_list("kind", "way")}


def way_of(actor: Actor, kind: kinds.Kind, among: Mapping[str, Way] | None = None) -> Way:
    """How the actor is told of this kind; a choice that the kind no longer allows counts for nothing."""
    wish = (chosen(actor) if among is None else among).get(kind.name, kind.first)
    return wish if wish in kind.ways else kind.first


@action
def choose(*, by: Actor, at: datetime, ways: Mapping[str, Way]) -> None:
    """Set how the actor is told of these kinds; whatever has not gone out yet follows at once.

    Who may: everyone, for themselves. Raises Forbidden, UnableToChoose.
    """
    access.require(by, NotificationsPermission.READ)
    if not all(way in kinds.of(name).ways for name, way in ways.items()):
        raise UnableToChoose(_("One of these cannot be chosen: some messages are always sent."))
    wished = [Preference(membership_id=by.membership_id, kind=name, way=way) for name, way in ways.items()]
    Preference.objects.bulk_create(
        wished, update_conflicts=True, unique_fields=["membership", "kind"], update_fields=["way"]
    )
    rows.decide_again(by.membership_id, at=at)
    record.happened("notifications.preferences.changed", by=by, root=by.membership_id)
