"""Panels: what upper apps put on the page of a lower one, and on the home page. Which stands where is in ``wbcj/composition.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from foundation.tenancy.actors import Actor


class Panel(Protocol):
    """Finished data with the template that shows it; the template finds it as ``panel``."""

    @property
    def template(self) -> str:
        """Path of the template."""
        ...


Builder = Callable[..., Panel | None]
"""Called with ``record`` (none on the home page), ``actor`` and ``at``; answers nothing where there is nothing to show."""

_panels: dict[str, tuple[Builder, ...]] = {}


def install(panels: Mapping[str, Sequence[Builder]]) -> None:
    """Take over the table of panels."""
    _panels.clear()
    _panels.update({page: tuple(builders) for page, builders in panels.items()})


def on(page: str, *, actor: Actor, at: datetime, record: object = None) -> list[Panel]:
    """The panels of a page, in the order of the table. The template shows each with ``{% include panel.template %}``."""
    made = (builder(record=record, actor=actor, at=at) for builder in _panels.get(page, ()))
    return [panel for panel in made if panel is not None]


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """One thing that waits: what it is, where it is done, by when."""

    label: str
    url: str
    detail: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A panel of the home page: things of one kind that wait for the actor. ``id`` names the panel in the page."""

    id: str
    title: str
    lines: tuple[WaitingLine, ...]
    at: datetime
    more_url: str = ""
    template: str = "pages/waiting.html"
