"""What cannot be done with a model agreement; the sentences are fit for the reader."""

from __future__ import annotations

from dataclasses import dataclass


class UnableToRead(Exception):
    """The files are no model agreement."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, and with what: the name of a parameter or option, ``instruments`` for the legal bases."""

    about: str
    sentence: str


class UnableToFill(Exception):
    """No document can be made of what was given; ``problems`` says why, in the order of the document."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems
