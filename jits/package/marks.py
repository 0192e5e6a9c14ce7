"""What each frozen file of an agreement says of itself, in its own metadata, so that files cannot be taken for one another.

The line stands in the keywords of the PDF. It names the whole: who else holds only one file of a package still learns from it which
languages and parties there are, and a package from which one was left out is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

_FORMAT: Final = "wbcj-jit/1"
_LINE: Final = re.compile(
    rf"{_FORMAT} agreement=(?P<agreement>[A-Za-z0-9._/-]+) content=sha256:(?P<content>[0-9a-f]{{64}})"
    r" template=(?P<template>[A-Za-z0-9._/-]+) languages=(?P<languages>[A-Za-z0-9+-]+) parties=(?P<parties>[a-z0-9+-]+)"
)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Reference of the agreement, SHA-256 of its canonical content, template version, language tags and parties, both sorted."""

    agreement: str
    content: str
    template: str
    languages: tuple[str, ...]
    parties: tuple[str, ...]

    @classmethod
    def of(
        cls, *, agreement: str, content: str, template: str, languages: Iterable[str], parties: Iterable[str]
    ) -> Self:
        """Raises ValueError for what cannot be written in the line."""
        made = cls(
            agreement=agreement,
            content=content,
            template=template,
            languages=tuple(sorted(languages)),
            parties=tuple(sorted(parties)),
        )
        if cls.read(made.line) != made:
            raise ValueError(f"these marks cannot be written: {made.line}")
        return made

    @property
    def line(self) -> str:
        """For ``<meta name="keywords">`` of the frozen file."""
        return (
            f"{_FORMAT} agreement={self.agreement} content=sha256:{self.content} template={self.template}"
            f" languages={'+'.join(self.languages)} parties={'+'.join(self.parties)}"
        )

    @classmethod
    def read(cls, line: str) -> Self | None:
        """The marks in that line; None when it is no such line."""
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        return cls(
            agreement=found["agreement"],
            content=found["content"],
            template=found["template"],
            languages=tuple(found["languages"].split("+")),
            parties=tuple(found["parties"].split("+")),
        )
