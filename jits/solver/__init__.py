"""What a joint investigation team may rest on: pure functions over the treaty matrix, without Django and without words.

Reasons are typed values; ``jits.queries.law_words`` makes the sentences. Source of the rules: the provisions that the matrix
cites, and Regulation (EU) 2023/969 for the collaboration platform.
"""

from jits.solver.answers import (
    Answer,
    Basis,
    Doubt,
    Fallen,
    Opinion,
    Pair,
    Platform,
    Reason,
    Union,
    Verdict,
    Why,
)
from jits.solver.facts import Binding, Condition, Instrument, Kind, Matrix, Offence, Party, Scope
from jits.solver.solving import solve

__all__ = [
    "Answer",
    "Basis",
    "Binding",
    "Condition",
    "Doubt",
    "Fallen",
    "Instrument",
    "Kind",
    "Matrix",
    "Offence",
    "Opinion",
    "Pair",
    "Party",
    "Platform",
    "Reason",
    "Scope",
    "Union",
    "Verdict",
    "Why",
    "solve",
]
