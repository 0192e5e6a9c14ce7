"""Everything that is done to a nomination, in the order in which it happens, and to the rules of voting."""

from contactgroup.actions.deciding import ask_for_more, decide
from contactgroup.actions.nominating import nominate
from contactgroup.actions.recusing import recuse, take_back
from contactgroup.actions.revising import revise
from contactgroup.actions.ruling import set_rule, withdraw_rule
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
    "recuse",
    "revise",
    "set_rule",
    "take_back",
    "withdraw",
    "withdraw_rule",
]
