"""The model agreement that comes with the product."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from jits.agreement import reading
from jits.agreement.structure import Template
from jits.agreement.transliteration import latin

LANGUAGES: Final = ("en", "sq", "bs", "mk", "cnr", "sr", "sr-latn")
_TEXTS: Final = resources.files(__package__) / "texts"


def versions() -> tuple[str, ...]:
    """The versions, oldest first."""
    return reading.versions(_file("structure"))


@cache
def template(version: str) -> Template:
    """That version, read once. Raises UnableToRead where there is none, or a file has been damaged."""
    return reading.template(
        structure=_file("structure"), texts={language: _text(language) for language in LANGUAGES}, version=version
    )


def _text(language: str) -> str:
    return latin(_file("sr")) if language == "sr-latn" else _file(language)


def _file(name: str) -> str:
    return (_TEXTS / f"{name}.toml").read_text(encoding="utf-8")
