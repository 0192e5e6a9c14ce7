"""Why something cannot be done, in words that the user can act on."""

from __future__ import annotations

from collections.abc import Iterable

Complaint = tuple[str, str]
"""Name of the field, and what is wrong with it."""


class Refusal(Exception):
    """Base of every ``UnableTo...``: the message is fit for the user, nothing was changed, and the answer is a 409."""


def demand(complaints: Iterable[Complaint], refusal: type[Refusal]) -> None:
    """Refuse with all that is wrong, each sentence once; where nothing is, go on."""
    said = dict.fromkeys(said for _name, said in complaints)
    if said:
        raise refusal(" ".join(said))
