"""What can be printed. Each app freezes its data in ``pdf.py``; which papers there are stands in ``wbcj/composition.py``."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise

from foundation import access
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The frozen data of one paper, in the reader's language and as this reader sees it: plain values, no record.

    ``template`` prints it. Equal values give the equal paper, so nothing stands here that changes by itself: no clock, no printer.
    """

    template: ClassVar[str]

    root_id: UUID
    title: str
    reference: str
    handling: tuple[str, ...] = ()
    handling_text: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the values."""
        values = json.dumps(dataclasses.asdict(self), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(f"{self.template}\n{values}".encode(errors="replace")).hexdigest()


class Freeze(Protocol):
    """Reads a subject as the actor sees it. Raises DoesNotExist (of any model) where it is not visible."""

    def __call__(self, *, subject: UUID, actor: Actor) -> Paper: ...


class Languages(Protocol):
    """The languages in which a subject can be printed, as codes of the site. Raises DoesNotExist where it is not visible."""

    def __call__(self, *, subject: UUID, actor: Actor) -> Sequence[str]: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of paper: its name in addresses and rows, its words, who may print it, and how its data are frozen.

    ``languages`` is for what is not printed in every language of the site; asked for in another, it is frozen in the first of its own.
    """

    name: str
    label: Promise | str
    permission: access.Permission
    freeze: Freeze
    address: Callable[[UUID], str]
    languages: Languages | None = None

    def languages_of(self, subject: UUID, *, actor: Actor) -> Sequence[str]:
        """The languages in which that subject can be printed. Raises DoesNotExist."""
        if self.languages is None:
            return [code for code, _name in settings.LANGUAGES]
        return self.languages(subject=subject, actor=actor)


class UnknownKind(LookupError):
    """No paper has that name, or it was retired."""


_kinds: dict[str, Kind] = {}


def install(kinds: Sequence[Kind]) -> None:
    """Take over the table of papers."""
    _kinds.clear()
    _kinds.update({kind.name: kind for kind in kinds})


def every() -> tuple[Kind, ...]:
    """All kinds, in the order of the table."""
    return tuple(_kinds.values())


def named(name: str) -> Kind:
    """The kind of that name. Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None
