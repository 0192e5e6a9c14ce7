"""What a mail can be. Whoever sends one declares how it is composed: acting for its reader, at the moment in which it goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from foundation.components import kosovo
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail that is ready to go. Its address and words live for the time of one attempt, and no row and no log holds them."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Later:
    """Not yet: quiet hours, or a day on which the reader's partner does not work."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Not by itself: it stands in the inbox, and the next digest names it."""


@dataclass(frozen=True, kw_only=True)
class Unneeded:
    """Never: the reason is a code for the record, and names nobody."""

    reason: str


Composed = Letter | Later | Gathered | Unneeded


@dataclass(frozen=True, kw_only=True)
class Order:
    """Of which letter the words are asked for, and when; ``resent`` when somebody sends it again on purpose."""

    delivery_id: UUID
    subject: UUID
    at: datetime
    resent: bool


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of letter. ``compose`` acts for the reader; ``sent`` is called, acting for the reader again, when it has gone."""

    name: str
    compose: Callable[[Actor, Order], Composed]
    sent: Callable[[Actor], None] | None = None


_kinds: dict[str, Kind] = {}


def declare(
    name: str, compose: Callable[[Actor, Order], Composed], *, sent: Callable[[Actor], None] | None = None
) -> Kind:
    """A kind of letter, under the name that its rows carry."""
    kind = Kind(name=name, compose=compose, sent=sent)
    _kinds[name] = kind
    return kind


def of(name: str) -> Kind:
    """The kind of that name. Raises KeyError for one that was retired."""
    return _kinds[name]


def to(account: Account, *, subject: str, body: str) -> Letter:
    """A letter to this account, which carries the Kosovo* footnote where it names Kosovo."""
    return Letter(to=account.email, subject=subject, body=kosovo.mark_message(body, account.language))


def address(path: str) -> str:
    """The address of a page, for a mail."""
    return settings.WBCJ_ADDRESS + path
