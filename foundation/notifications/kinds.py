"""What an inbox can say. Each app declares its kinds in its ``notices`` module."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A kind of notice: its sentence names no case, no person and no title, so that it may stand in a mail.

    The mail of an urgent one does not wait for working hours.
    """

    name: str
    sentence: Promise | str
    urgent: bool = False


_kinds: dict[str, Kind] = {}


def declare(name: str, sentence: Promise | str, *, urgent: bool = False) -> Kind:
    """A new kind; the name is dotted and past tense, like an audit verb."""
    kind = Kind(name, sentence, urgent)
    _kinds[name] = kind
    return kind


def sentence(name: str) -> str:
    """The sentence of that kind in the active language; the bare name when the kind was retired."""
    return str(_kinds[name].sentence) if name in _kinds else name
