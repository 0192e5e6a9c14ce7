"""What an inbox can say. Each app declares its kinds in its ``notices`` module, with how each leaves the house at first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How somebody is told by mail. The inbox holds every notice in any case."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the daily digest")
    OFF = "off", _("Not by mail")


@dataclass(frozen=True)
class Kind:
    """A kind of notice: its sentence names no case, no person and no title, so that it may stand in a mail.

    ``first`` is how it is told until somebody chooses; ``ways`` are what one may choose. ``urgent`` ones come at night too.
    ``page`` is the name of the page to open where there is no root.
    """

    name: str
    sentence: Promise | str
    first: Way = Way.AT_ONCE
    ways: frozenset[Way] = frozenset(Way)
    urgent: bool = False
    page: str = ""

    @property
    def area(self) -> str:
        """What the kind is about: the app that declares it."""
        return self.name.split(".", maxsplit=1)[0]


_kinds: dict[str, Kind] = {}
_areas: dict[str, Promise | str] = {}
WITHOUT_OFF = frozenset({Way.AT_ONCE, Way.DIGEST})
"""For what somebody has to answer: it may wait for the digest, and never goes untold."""


def declare(
    name: str,
    sentence: Promise | str,
    *,
    first: Way = Way.AT_ONCE,
    ways: frozenset[Way] = frozenset(Way),
    urgent: bool = False,
    page: str = "",
) -> Kind:
    """A new kind; the name is dotted and past tense, like an audit verb."""
    if first not in ways:
        raise ValueError(name)
    kind = Kind(name, sentence, first, ways, urgent, page)
    _kinds[name] = kind
    return kind


def area(name: str, label: Promise | str) -> None:
    """How the kinds whose names begin so are headed where one chooses among them."""
    _areas[name] = label


def page(name: str) -> str:
    """The address of the page of a kind that is about no root; the inbox where the kind names none."""
    return reverse(_kinds[name].page if name in _kinds and _kinds[name].page else "inbox")


def sentence(name: str) -> str:
    """The sentence of that kind in the active language; the bare name when the kind was retired."""
    return str(_kinds[name].sentence) if name in _kinds else name


def of(name: str) -> Kind:
    """The kind of that name; one without wishes of its own when it was retired."""
    return _kinds.get(name) or Kind(name, name)


def by_area() -> list[tuple[str, list[Kind]]]:
    """All kinds that an area is declared for, under the heading of their area, areas and kinds in the order of declaration."""
    return [(str(label), [kind for kind in _kinds.values() if kind.area == name]) for name, label in _areas.items()]
