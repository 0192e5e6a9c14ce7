"""Share, revoke, leave, hand over: for a root of every kind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root, RootGrant, Share
from foundation.access.querysets import live
from foundation.audit import record
from foundation.components import formats
from foundation.sharing import notices, queries, rules
from foundation.sharing.permissions import SharingPermission
from foundation.tenancy import principals
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from foundation.tenancy.principals import PrincipalCard, PrincipalKind
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

workflow.declare("sharing.share", "sharing.revoke", "sharing.leave", "sharing.hand_over")


class UnableToGiveSight(Refusal):
    """This cannot be shared like that; the message is fit for the user."""


class UnableToRevoke(Refusal):
    """This share does not end by hand; the message is fit for the user."""


class UnableToLeave(Refusal):
    """There is nothing to leave; the message is fit for the user."""


class UnableToHandOver(Refusal):
    """This cannot be handed over like that; the message is fit for the user."""


@action
def share(
    *, root_id: UUID, principal: int, level: Level, purpose: str, until: datetime | None = None, by: Actor, at: datetime
) -> UUID:
    """Give a principal a level on a root, for a purpose and perhaps until an instant; the key of the new share.

    Who may: managers of the root. Raises Forbidden, Root.DoesNotExist, UnableToGiveSight, UnableToShare.
    """
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, SharingPermission.SHARE, root_id)
    card = _known(principal)
    _check_rules(root)
    _check_partner(root, card, by)
    _check_level(card, level)
    _check_end(by, root_id, until)
    if _has_already(by, root_id, principal, level, until):
        raise UnableToGiveSight(_("%(who)s has this level already, for at least as long.") % {"who": card})

    share_id = access.grant(
        by=by, root_id=root_id, principal=principal, level=level, reason=Reason.SHARE, purpose=purpose, until=until
    )
    access.touch(by=by, root_id=root_id)
    workflow.follow("sharing.share", root=root, principal=principal, level=level, by=by, at=at)

    record.changed("sharing.share.granted", by=by, root=root_id, purpose=purpose, changes=_words(card, level, until))
    notices.shared(root_id=root_id, principal=principal, by=by, at=at)
    return share_id


@action
def revoke(*, root_id: UUID, share_id: UUID, by: Actor, at: datetime) -> None:
    """End one share, at once. Who may: managers of the root; for one's own share see ``leave``.

    Raises Forbidden, Root.DoesNotExist, Share.DoesNotExist, UnableToRevoke, UnableToShare (ended already; the last manager).
    """
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, SharingPermission.SHARE, root_id)
    the_share = Share.objects.visible_to(by).get(pk=share_id, root=root_id)
    why_not = rules.why_not_revoke(root.kind, the_share.reason)
    if why_not:
        raise UnableToRevoke(why_not)

    card = _known(the_share.principal_id)
    if why_not := rules.why_not_with(root.kind, own=card.partner_id == by.partner_id):
        raise UnableToRevoke(why_not)
    # Recorded first: whoever ends the own share sees the root no more.
    access.touch(by=by, root_id=root_id)
    record.changed(
        "sharing.share.revoked", by=by, root=root_id, changes=_words(card, Level(the_share.level), the_share.until)
    )
    workflow.follow("sharing.revoke", root=root, principal=the_share.principal_id, by=by, at=at)
    access.revoke(by=by, share_id=share_id)


@action
def leave(*, root_id: UUID, groups: Collection[int], by: Actor, at: datetime) -> None:
    """End every share of these principals of one's own. Who may: everyone who sees the root; for an office its holder, for an
    authority the keeper of its case registry, for a partner its coordinator.

    Raises Forbidden, Root.DoesNotExist, UnableToLeave, UnableToShare (the last manager stays).
    """
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, SharingPermission.LEAVE, root_id)
    own = queries.own_shares(by, root_id)
    chosen = [row for row in own if row.principal_id in groups]
    if not chosen:
        raise UnableToLeave(_("There is no share here that you could end. Ask those who manage this to end it."))
    for row in chosen:
        if why_not := rules.why_not_leave(root.kind, row.reason):
            raise UnableToLeave(why_not)
    cards = principals.cards({row.principal_id for row in chosen})

    names = [str(card) for card in cards.values()]
    record.changed("sharing.share.left", by=by, root=root_id, changes={"principals": names})
    workflow.follow("sharing.leave", root=root, principals=tuple(cards), by=by, at=at)
    _end(chosen, by=by)


@action
def hand_over(*, root_id: UUID, membership_id: UUID, purpose: str, by: Actor, at: datetime) -> None:
    """Give management to another person of the own authority and end one's own shares; offices keep theirs.

    Who may: managers of the root by a share of their own. Raises Forbidden, Root.DoesNotExist, UnableToHandOver, UnableToShare.
    """
    root = Root.objects.visible_to(by).get(pk=root_id)
    access.require(by, SharingPermission.HAND_OVER, root_id)
    _check_rules(root)
    own = [row for row in queries.own_shares(by, root_id) if row.principal_id == by.membership_group]
    if not any(row.level == Level.MANAGE for row in own):
        raise UnableToHandOver(
            _("You manage this through an office, not in your own name: there is nothing to hand over.")
        )
    colleague = _colleague(by, membership_id, at)
    _check_end(by, root_id, None)

    access.grant(
        by=by,
        root_id=root_id,
        principal=colleague.group_id,
        level=Level.MANAGE,
        reason=Reason.HAND_OVER,
        purpose=purpose,
    )
    access.touch(by=by, root_id=root_id)
    card = principals.membership_card(colleague)
    record.changed("sharing.root.handed_over", by=by, root=root_id, purpose=purpose, changes={"principal": str(card)})
    notices.handed_over(root_id=root_id, principal=colleague.group_id, by=by, at=at)
    workflow.follow("sharing.hand_over", root=root, principal=colleague.group_id, by=by, at=at)
    _end(own, by=by)


def _end(shares: Collection[Share], *, by: Actor) -> None:
    """The lowest first: after the highest nobody may see the lower ones any more."""
    for row in sorted(shares, key=lambda row: row.level):
        access.revoke(by=by, share_id=row.pk)


def _known(principal: int) -> PrincipalCard:
    card = principals.cards([principal]).get(principal)
    if card is None:
        raise UnableToGiveSight(_("Choose a partner, an authority, an office or a person."))
    return card


def _check_rules(root: Root) -> None:
    why_not = rules.why_not_share(root.kind)
    if why_not:
        raise UnableToGiveSight(why_not)


def _check_partner(root: Root, card: PrincipalCard, by: Actor) -> None:
    why_not = rules.why_not_with(root.kind, own=card.partner_id == by.partner_id)
    if why_not:
        raise UnableToGiveSight(why_not)


def _check_level(card: PrincipalCard, level: Level) -> None:
    if level == Level.MANAGE and card.kind in (PrincipalKind.PARTNER, PrincipalKind.AUTHORITY):
        raise UnableToGiveSight(_("Management goes to a person or an office, so that somebody answers for it."))


def _check_end(by: Actor, root_id: UUID, until: datetime | None) -> None:
    """A manager for a time gives nothing that outlasts that time; the ledger holds it too, without saying when."""
    own = RootGrant.objects.filter(live(), content_object=root_id, group__in=by.principals, level=Level.MANAGE)
    ends = own.aggregate(last=Max("until"), undated=Max("pk", filter=Q(until__isnull=True)))
    if ends["undated"] is None and (until is None or until > ends["last"]):
        sentence = _("You manage this until %(end)s; what you give cannot last longer.")
        raise UnableToGiveSight(sentence % {"end": formats.instant(ends["last"])})


def _has_already(by: Actor, root_id: UUID, principal: int, level: Level, until: datetime | None) -> bool:
    standing = Share.objects.visible_to(by).live().filter(root=root_id, principal=principal, level__gte=level)
    longer = Q(until__isnull=True) if until is None else Q(until__isnull=True) | Q(until__gte=until)
    return standing.filter(longer).exists()


def _colleague(by: Actor, membership_id: UUID, at: datetime) -> Membership:
    same_house = Membership.objects.live(at).filter(authority=by.authority_id, account__is_active=True).with_names()
    colleague = same_house.exclude(account=by.account_id).filter(pk=membership_id).first()
    if colleague is None:
        raise UnableToHandOver(_("Choose another person who works in your authority now."))
    return colleague


def _words(card: PrincipalCard, level: Level, until: datetime | None) -> dict[str, object]:
    return {"principal": str(card), "level": level.name.lower(), "until": until}
