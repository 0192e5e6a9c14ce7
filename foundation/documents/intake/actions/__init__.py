"""Everything that is written about a file on its way."""

from foundation.documents.intake.actions.arriving import (
    TASK,
    OutOfOrder,
    UnableToUpload,
    arrived,
    begin,
    discard,
    keep_piece,
    objection,
    send_off,
    stored_name,
)
from foundation.documents.intake.actions.settling import settle, turn_away

__all__ = [
    "TASK",
    "OutOfOrder",
    "UnableToUpload",
    "arrived",
    "begin",
    "discard",
    "keep_piece",
    "objection",
    "send_off",
    "settle",
    "stored_name",
    "turn_away",
]
