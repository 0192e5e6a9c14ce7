"""Numbers of clauses. They are computed from what is shown, so that an inserted clause shifts those after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jits.agreement.conditions import Facts
from jits.agreement.structure import Clause, Paragraph


def numbers(clauses: Iterable[Clause], facts: Facts) -> dict[str, str]:
    """The number of each clause and part that is shown; nothing for opening and closing ones, which have none.

    Clauses are numbered 1, 2, 3, their parts 17.1, 17.2; an appendix has the number that the structure gives it, its parts I.1, I.2.
    """
    found: dict[str, str] = {}
    count = 0
    for clause in (each for each in clauses if each.shown(facts)):
        count += clause.place == "body"
        own = {"body": str(count), "appendix": clause.number}.get(clause.place, "")
        if own:
            found[clause.id] = own
        for position, part in enumerate((each for each in clause.parts if each.shown(facts)), 1):
            found[part.id] = f"{own}.{position}"
    return found


def paragraph_numbers(number: str, paragraphs: Sequence[Paragraph]) -> Mapping[str, str]:
    """The numbers of the text paragraphs of a clause, 2.1 and so on; none where there is only one, or the clause has no number."""
    texts = [each.id for each in paragraphs if each.form == "text"]
    if not number or len(texts) == 1:
        return {}
    return {name: f"{number}.{position}" for position, name in enumerate(texts, 1)}
