"""Everything that is done to a nomination, in the order in which it happens."""

from contactgroup.actions.deciding import ask_for_more, decide
from contactgroup.actions.nominating import nominate
from contactgroup.actions.revising import revise
from contactgroup.actions.voting import cast, close_voting, open_voting, put_on_agenda
from contactgroup.actions.withdrawing import withdraw

__all__ = [
    "ask_for_more",
    "cast",
    "close_voting",
    "decide",
    "nominate",
    "open_voting",
    "put_on_agenda",
    "revise",
    "withdraw",
]
