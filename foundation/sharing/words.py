"""What people will see of a root, in words: each app declares its kinds in its ``sharing`` module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Rows:
    """One kind of child row: its label in the plural, and its model (with the reading verbs of a shared row)."""

    label: Promise | str
    model: type[models.Model]

    @property
    def has_audience(self) -> bool:
        """May such a row be meant for one audience alone?"""
        return any(field.name == "audience" for field in self.model._meta.get_fields())


@dataclass(frozen=True, kw_only=True)
class Words:
    """A kind of root: its name ("case"), what everybody on it reads, what is never shown to another partner."""

    name: Promise | str
    shown: Sequence[Promise | str] = ()
    hidden: Sequence[Promise | str] = ()
    rows: Sequence[Rows] = ()


_UNNAMED = Words(name=_("record"), shown=(_("Reference and title"),))
_words: dict[str, Words] = {}


def declare(
    kind: str,
    *,
    name: Promise | str,
    shown: Sequence[Promise | str] = (),
    hidden: Sequence[Promise | str] = (),
    rows: Sequence[Rows] = (),
) -> None:
    """Say in words what a share of that kind opens."""
    _words[kind] = Words(name=name, shown=shown, hidden=hidden, rows=rows)


def of(kind: str) -> Words:
    """The words of a kind; the barest ones for a kind that declared none."""
    return _words.get(kind, _UNNAMED)
