"""Bring the invented people to their posts, as real ones come: founded, invited, confirmed by a second person."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from foundation import access
from foundation.tenancy.choices import OfficeKind, Role
from foundation.tenancy.models import Account, Authority, Membership, Office
from foundation.workflow.actions import action
from partners import actions as partner_actions
from partners.reference.loading import key_of
from wbcj.demo.people import EVERYBODY, PASSWORD, Person, Post

_STANDING = timedelta(days=400)
_SECONDED = timedelta(days=120)


def bring_everybody(now: datetime) -> int:
    """Bring whoever is missing; how many came. Each person in one transaction."""
    there = set(
        Account.objects.filter(email__in=[person.email for person in EVERYBODY]).values_list("email", flat=True)
    )
    missing = [person for person in EVERYBODY if person.email not in there]
    for person in missing:
        with transaction.atomic():
            bring(person, now)
    return len(missing)


def bring(person: Person, now: datetime) -> None:
    """Give one person an account and its posts, the first the longest standing."""
    account = make_account(person=person)
    for number, post in enumerate(person.posts):
        at = now - (_SECONDED if number else _STANDING)
        membership = _member(person, account, post, at)
        if post.office is not None:
            _appoint(membership, post, at)


@action
def make_account(*, person: Person) -> Account:
    """An account with the password of the demo; made before the invitation, so that nobody is sent a welcome."""
    zone = Authority.objects.select_related("partner").get(pk=_authority_key(person.posts[0])).partner.time_zone
    return Account.objects.create(
        email=person.email, full_name=person.name, password=_hashed(PASSWORD), language="en", time_zone=zone
    )


@cache
def _hashed(password: str) -> str:
    """Hashed once for all: a third of a second each would be the longest part of the demo's first start."""
    return make_password(password)


def _authority_key(post: Post) -> UUID:
    return key_of("authority", post.partner, post.authority)


def _member(person: Person, account: Account, post: Post, at: datetime) -> Membership:
    email, full_name = person.email, person.name
    if post.role == Role.TECHNICAL_ADMINISTRATOR:
        return partner_actions.found_technical_administrator(at=at, email=email, full_name=full_name, password=None)
    authority_id = _authority_key(post)
    if post.role == Role.PARTNER_ADMINISTRATOR:
        founder = _in_office(Q(role=Role.TECHNICAL_ADMINISTRATOR))
        with access.acting_as(founder.account_id, founder.pk) as by:
            return partner_actions.found_administrator(
                by=by, at=at, authority_id=authority_id, email=email, full_name=full_name, function=post.function
            )
    administrator = _administrator(post)
    with access.acting_as(administrator.account_id, administrator.pk) as by:
        membership = partner_actions.invite(
            by=by,
            at=at,
            authority_id=authority_id,
            email=email,
            full_name=full_name,
            role=post.role,
            function=post.function,
        )
    if membership.confirmed_at is None:
        second = _second_person(post, authority_id, {account.pk, administrator.account_id})
        with access.acting_as(second.account_id, second.pk) as by:
            partner_actions.confirm_membership(by=by, at=at, membership_id=membership.pk)
    return membership


def _appoint(membership: Membership, post: Post, at: datetime) -> None:
    authority_id = membership.authority_id if post.office == OfficeKind.CASE_REGISTRY else None
    office = Office.objects.get(partner__code=post.partner, authority=authority_id, kind=post.office)
    administrator = _administrator(post)
    with access.acting_as(administrator.account_id, administrator.pk) as by:
        holder = partner_actions.appoint(
            by=by, at=at, office_id=office.pk, membership_id=membership.pk, capacity=post.capacity
        )
    if holder.confirmed_at is None:
        second = _second_person(post, authority_id, {membership.account_id, administrator.account_id})
        with access.acting_as(second.account_id, second.pk) as by:
            partner_actions.confirm_holder(by=by, at=at, holder_id=holder.pk)


def _administrator(post: Post) -> Membership:
    return _in_office(Q(role=Role.PARTNER_ADMINISTRATOR, authority__partner__code=post.partner))


def _in_office(which: Q) -> Membership:
    return Membership.objects.filter(which, confirmed_at__isnull=False).order_by("starts_at", "pk")[0]


def _second_person(post: Post, authority_id: UUID | None, involved: set[UUID]) -> Membership:
    """Of the authority where it has such a person, else of the partner: the rule of the partners app."""
    colleagues = Membership.objects.filter(authority__partner__code=post.partner, confirmed_at__isnull=False)
    others = colleagues.exclude(account__in=involved).order_by("starts_at", "pk")
    return others.filter(authority=authority_id).first() or others[0]
