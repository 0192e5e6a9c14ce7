"""Who can see a root and why, now or on a day past, and who would see it after a share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from foundation.access import Level, Reason
from foundation.access.models import Root, Share
from foundation.sharing import rules, words
from foundation.tenancy import principals
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Membership, Office
from foundation.tenancy.principals import PrincipalCard


@dataclass(frozen=True, kw_only=True)
class Why:
    """One share in words: level, reason, by whom, since, until, purpose."""

    share: Share
    kept: str

    @property
    def level(self) -> Level:
        return Level(self.share.level)

    @property
    def reason(self) -> str:
        """The reason in words."""
        return str(Reason(self.share.reason).label)


@dataclass(frozen=True, kw_only=True)
class Seer:
    """A principal that can see the root, with its highest level and every reason."""

    card: PrincipalCard
    level: Level
    reasons: tuple[Why, ...]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Who could see a root in a time: principals with reasons, and the people who lived in them."""

    seers: tuple[Seer, ...]
    people: tuple[Membership, ...]

    @property
    def accounts(self) -> int:
        """How many people that is; somebody with two memberships is one."""
        return len({membership.account_id for membership in self.people})


def sight(actor: Actor, root: Root, *, since: datetime, until: datetime) -> Sight:
    """Who could see the root at some moment of that time; give one moment twice for now. At most six statements."""
    standing = Q(granted_at__lte=until) & (Q(revoked_at__isnull=True) | Q(revoked_at__gt=since))
    unexpired = Q(until__isnull=True) | Q(until__gt=since)
    shares = list(_with_names(actor, root.pk).filter(standing, unexpired))
    cards = principals.cards({share.principal_id for share in shares})
    people = principals.residents(cards, since=since, until=until)
    return Sight(seers=_seers(root, shares, cards), people=tuple(people))


def ended(actor: Actor, root_id: UUID, *, at: datetime, limit: int = 100) -> list[tuple[PrincipalCard, Share]]:
    """Shares that stand no more, the last given first."""
    over = Q(revoked_at__isnull=False) | Q(until__lte=at)
    shares = list(_with_names(actor, root_id).filter(over).order_by("-granted_at")[:limit])
    cards = principals.cards({share.principal_id for share in shares})
    return [(cards[share.principal_id], share) for share in shares if share.principal_id in cards]


def own_shares(actor: Actor, root_id: UUID) -> list[Share]:
    """The live shares that the actor may end as its own: of its membership, of offices that it holds, of the authority whose
    registry it keeps, of the partner that it coordinates.
    """
    held = Office.objects.filter(group__in=actor.principals).select_related("authority", "partner")
    groups = {actor.membership_group}
    for office in held:
        groups.add(office.group_id)
        if office.kind == OfficeKind.CASE_REGISTRY and office.authority is not None:
            groups.add(office.authority.group_id)
        if office.kind == OfficeKind.COORDINATOR:
            groups.add(office.partner.group_id)
    return list(
        Share.objects.visible_to(actor).live().filter(root=root_id, principal__in=groups).order_by("granted_at")
    )


def last_manager_among(actor: Actor, root_id: UUID, groups: Iterable[int]) -> bool:
    """Would nobody manage the root without an end, were the shares of these principals gone?"""
    managers = Share.objects.visible_to(actor).filter(
        root=root_id, level=Level.MANAGE, until__isnull=True, revoked_at__isnull=True
    )
    remaining = set(managers.values_list("principal_id", flat=True))
    return bool(remaining) and remaining <= set(groups)


def colleagues(actor: Actor, at: datetime) -> list[Membership]:
    """Who may take something over: other people of the same authority."""
    here = Membership.objects.live(at).filter(authority=actor.authority_id, account__is_active=True)
    return list(here.exclude(account=actor.account_id).with_names().order_by("account__full_name"))


@dataclass(frozen=True, kw_only=True)
class RowsSeen:
    """One kind of child row in the preview: how many they will see, and how many of the sharer's they will not."""

    label: str
    seen: int
    hidden: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a share would do, before it is done."""

    card: PrincipalCard
    words: words.Words
    rows: tuple[RowsSeen, ...]
    newcomers: tuple[Membership, ...]
    already: int


def preview(actor: Actor, root: Root, card: PrincipalCard, *, at: datetime) -> Preview:
    """What the principal's people will see of the root, and who of them does not see it yet."""
    kind = words.of(root.kind)
    living = principals.residents([card.group], since=at, until=at)
    now = Share.objects.visible_to(actor).live().filter(root=root.pk).values_list("principal_id", flat=True)
    seeing = {m.pk for m in principals.residents(set(now), since=at, until=at)}
    newcomers = tuple(m for m in living if m.pk not in seeing)
    return Preview(
        card=card,
        words=kind,
        rows=tuple(_rows(actor, root.pk, rows, card) for rows in kind.rows),
        newcomers=newcomers,
        already=len(living) - len(newcomers),
    )


def _rows(actor: Actor, root_id: UUID, rows: words.Rows, card: PrincipalCard) -> RowsSeen:
    visible: Any = rows.model._default_manager
    of_root = visible.visible_to(actor).of(root_id)
    if not rows.has_audience:
        return RowsSeen(label=str(rows.label), seen=of_root.count(), hidden=0)
    for_them = Q(audience__isnull=True) | Q(audience__in=card.within)
    counts = of_root.aggregate(seen=Count("pk", filter=for_them), all=Count("pk"))
    return RowsSeen(label=str(rows.label), seen=counts["seen"], hidden=counts["all"] - counts["seen"])


def _with_names(actor: Actor, root_id: UUID) -> Any:
    names = (
        "granted_by__account",
        "granted_by__authority__partner",
        "revoked_by__account",
        "revoked_by__authority__partner",
    )
    return Share.objects.visible_to(actor).filter(root=root_id).select_related(*names).order_by("granted_at")


def _seers(root: Root, shares: Sequence[Share], cards: dict[int, PrincipalCard]) -> tuple[Seer, ...]:
    by_principal: dict[int, list[Why]] = {}
    for share in shares:
        why = Why(share=share, kept=rules.why_not_revoke(root.kind, share.reason))
        by_principal.setdefault(share.principal_id, []).append(why)
    seers = [
        Seer(card=cards[group], level=max(why.level for why in reasons), reasons=tuple(reasons))
        for group, reasons in by_principal.items()
        if group in cards
    ]
    return tuple(sorted(seers, key=lambda seer: (-seer.level, seer.card.of, seer.card.name)))
