"""Who is recused, as actions and pages need it: who counts in a round, who may take what back, who is left to vote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from contactgroup.choices import Ground, RecusalScope
from contactgroup.counting import Electorate
from contactgroup.models import Elector, Nomination, Recusal, RecusalReason
from contactgroup.querysets import RecusalQuerySet
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, OfficeHolder


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why, for a reader who may know."""

    ground: str
    words: str

    @property
    def label(self) -> str:
        """The ground in words."""
        return str(Ground(self.ground).label)


@dataclass(frozen=True, kw_only=True)
class RecusalLine:
    """One recusal as its reader sees it. ``reason`` is there for the own partner and the case desk."""

    recusal: Recusal
    reason: Reason | None

    @property
    def is_personal(self) -> bool:
        """Is it one person that takes no part?"""
        return self.recusal.scope == RecusalScope.PERSON

    @property
    def stands(self) -> bool:
        """Was it not taken back?"""
        return self.recusal.taken_back_at is None


def recusals(nomination: Nomination, *, actor: Actor) -> list[Recusal]:
    """All of a nomination, taken back or not, in the order in which they were declared; one statement."""
    return list(_declared(nomination, actor))


def recusal_lines(nomination: Nomination, *, actor: Actor) -> list[RecusalLine]:
    """The same with the reasons that the reader may read; one statement."""
    reasons = RecusalReason.objects.visible_to(actor).filter(recusal=OuterRef("pk")).order_by("pk")
    declared = _declared(nomination, actor)
    found = declared.annotate(
        ground=Subquery(reasons.values("ground")[:1]), words=Subquery(reasons.values("words")[:1])
    )
    return [RecusalLine(recusal=one, reason=_reason(one)) for one in found]


def _declared(nomination: Nomination, actor: Actor) -> RecusalQuerySet:
    return Recusal.objects.visible_to(actor).of(nomination.pk).with_people().order_by("recused_at", "pk")


def _reason(annotated: Recusal) -> Reason | None:
    ground: str | None = getattr(annotated, "ground", None)
    return None if ground is None else Reason(ground=ground, words=getattr(annotated, "words", ""))


def bars(found: Iterable[Recusal], *, actor: Actor) -> Recusal | None:
    """The recusal that keeps this actor from voting: the person's own first, then that of the partner."""
    standing = [one for one in found if one.taken_back_at is None]
    own = [one for one in standing if one.scope == RecusalScope.PERSON and is_of(one, actor)]
    partner = [one for one in standing if one.scope == RecusalScope.PARTNER and one.partner_id == actor.partner_id]
    return next(iter([*own, *partner]), None)


def is_of(recusal: Recusal, actor: Actor) -> bool:
    """Did this person declare it, whatever the membership?"""
    return recusal.recused_by.account_id == actor.account_id


def may_take_back(recusal: Recusal, found: Iterable[Recusal], *, actor: Actor) -> bool:
    """A person takes back what it declared for itself; what holds for a partner, whoever there is not recused in person."""
    if recusal.taken_back_at is not None or recusal.partner_id != actor.partner_id:
        return False
    if recusal.scope == RecusalScope.PERSON:
        return is_of(recusal, actor)
    barred = bars(found, actor=actor)
    return barred is not None and barred.scope == RecusalScope.PARTNER


def electorate(
    nomination: Nomination, electors: Iterable[Elector], found: Iterable[Recusal], *, number: int
) -> Electorate:
    """Whose voices count in the round of that number."""
    counting = [one for one in found if one.counts_in(number)]
    return Electorate(
        partners=frozenset(elector.partner_id for elector in electors),
        nominating=nomination.nominating_authority.partner_id,
        recused=frozenset(one.partner_id for one in counting if one.scope == RecusalScope.PARTNER),
        recused_people=frozenset(one.recused_by.account_id for one in counting if one.scope == RecusalScope.PERSON),
    )


def others_in_seat(elector: Elector, found: Iterable[Recusal], *, actor: Actor, at: datetime) -> list[OfficeHolder]:
    """Who besides the actor can cast the partner's voice: members and deputies at work who are not recused."""
    people = {
        one.recused_by.account_id for one in found if one.scope == RecusalScope.PERSON and one.taken_back_at is None
    }
    holders = OfficeHolder.objects.live(at).filter(office=elector.seat_id, membership__in=Membership.objects.live(at))
    others = holders.exclude(membership__account__in={*people, actor.account_id})
    return list(others.select_related("membership__account").order_by("membership__account__full_name"))
