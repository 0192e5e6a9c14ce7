"""What is done with reminders, and with the dated rows that they follow."""

from foundation.notifications.reminders.actions.giving import Lost, UnableToRunAgain, UnknownKind, give, run_again
from foundation.notifications.reminders.actions.ruling import (
    RULED,
    UnableToSet,
    add_holiday,
    end_offset,
    set_hours,
    set_offset,
    strike_holiday,
)

__all__ = [
    "RULED",
    "Lost",
    "UnableToRunAgain",
    "UnableToSet",
    "UnknownKind",
    "add_holiday",
    "end_offset",
    "give",
    "run_again",
    "set_hours",
    "set_offset",
    "strike_holiday",
]
