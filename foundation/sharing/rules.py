"""What an app says about sharing roots of its kind, in its ``sharing`` module: nothing said, and managers share freely."""

from __future__ import annotations

from django.utils.functional import Promise

from foundation.access import Reason

_closed: dict[str, Promise | str] = {}
_kept: dict[tuple[str, str], Promise | str] = {}
_within: dict[str, Promise | str] = {}


def only_through_own_acts(kind: str, sentence: Promise | str) -> None:
    """Roots of this kind are opened and closed to people by acts of their own app alone; the sentence tells the user which."""
    _closed[kind] = sentence


def within_own_partner(kind: str, sentence: Promise | str) -> None:
    """By hand, roots of this kind are opened and closed to the own partner alone; the sentence says how others come."""
    _within[kind] = sentence


def keep(kind: str, reason: Reason, sentence: Promise | str) -> None:
    """Shares with this reason end by an act of the app alone, since something else hangs on them; the sentence says which act."""
    _kept[kind, reason] = sentence


def why_not_share(kind: str) -> str:
    """Why a root of this kind is not shared by hand; empty when it may be."""
    return str(_closed.get(kind, ""))


def why_not_with(kind: str, *, own: bool) -> str:
    """Why a root is not opened or closed to a principal by hand, ``own`` when of the actor's partner; empty when it may be."""
    return "" if own else str(_within.get(kind, ""))


def why_not_leave(kind: str, reason: str) -> str:
    """Why one does not end one's own share of that reason by hand; empty when one may."""
    return str(_kept.get((kind, reason), ""))


def why_not_revoke(kind: str, reason: str) -> str:
    """Why a share of that reason is not revoked by hand; empty when it may be."""
    return str(_kept.get((kind, reason), "") or _closed.get(kind, ""))
