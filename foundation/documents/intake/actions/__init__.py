"""Everything that is written about a file on its way."""

from foundation.documents.intake.actions.arriving import (
    TASK,
    Due,
    OutOfOrder,
    UnableToUpload,
    arrived,
    begin,
    being_looked_into,
    discard,
    due,
    inspection_of,
    keep_piece,
    objection,
    send_off,
    stored_name,
)
from foundation.documents.intake.actions.settling import settle, turn_away

__all__ = [
    "TASK",
    "Due",
    "OutOfOrder",
    "UnableToUpload",
    "arrived",
    "begin",
    "being_looked_into",
    "discard",
    "due",
    "inspection_of",
    "keep_piece",
    "objection",
    "send_off",
    "settle",
    "stored_name",
    "turn_away",
]
