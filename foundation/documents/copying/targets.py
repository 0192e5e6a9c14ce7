"""Under which records a copy may be filed: those of one kind. ``wbcj/composition.py`` says which kind, and which are at work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from foundation.access import Cursor, Page
from foundation.access.models import Root
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Kind of a root, and the roots of it at work to which the actor contributes, but one, narrowed by words: newest first."""

    kind: str
    page: Callable[..., Page[Root]]


_installed: list[Targets] = []


def install(targets: Targets) -> None:
    """Take over what composition says."""
    _installed[:] = [targets]


def page(actor: Actor, *, text: str, without: UUID, after: Cursor | None) -> Page[Root]:
    """Fifty records for a copy from the root ``without``. One statement, two where the page is not full. Raises BadCursor."""
    found: Page[Root] = _installed[0].page(actor, text=text, without=without, after=after)
    return found


def target(actor: Actor, root_id: UUID, *, without: UUID) -> Root:
    """One of them, whatever its state. Raises Root.DoesNotExist where it is of another kind, not visible, or the same record."""
    found: models.QuerySet[Root] = Root.objects.visible_to(actor).filter(kind=_installed[0].kind).exclude(pk=without)
    return found.get(pk=root_id)
