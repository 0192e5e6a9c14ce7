"""The stories of the demo. Each is told in one transaction, once; its title is the sign that it was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wbcj.demo.plots import Plot, plots
from wbcj.demo.stage import Stage


@dataclass(frozen=True)
class Story:
    """``witness`` sees a root of this ``title`` once the story was told."""

    title: str
    witness: str
    tell: Callable[[Stage], None]


def about(key: str, tell: Callable[[Stage, Plot], None]) -> Story:
    """The story of one case, witnessed by whoever opens it."""
    plot = plots()[key]
    return Story(plot.title, plot.by, lambda stage: tell(stage, plot))
