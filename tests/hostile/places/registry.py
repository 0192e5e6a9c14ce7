"""How places are registered, and which there are."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.stage import Place, Stage

Build = Callable[[Stage, str], Place]
PLACES: dict[str, Build] = {}


def place(*names: str) -> Callable[[Build], Build]:
    """Register how the forms of these names are reached."""

    def register(build: Build) -> Build:
        PLACES.update(dict.fromkeys(names, build))
        return build

    return register
