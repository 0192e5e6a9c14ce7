"""Every write on a case. Use it through this module: ``actions.close(case=..., by=..., at=...)``."""

from cases.actions.authorities import UnableToOpen
from cases.actions.cases import UnableToEdit, edit, open_case
from cases.actions.marks import mark_nominated, mark_released, mark_selected
from cases.actions.moves import (
    MOVES,
    UnableToArchive,
    UnableToClose,
    UnableToCoordinate,
    archive,
    close,
    coordinate,
    reopen,
    submit,
)
from cases.actions.notes import UnableToEditNote, edit_note, write_note
from cases.actions.proceedings import (
    UnableToAddFileNumber,
    UnableToRecordProceeding,
    add_file_number,
    edit_proceeding,
    record_proceeding,
    remove_file_number,
)
from cases.actions.tasks import (
    UnableToGiveTask,
    UnableToMoveTask,
    acknowledge_task,
    finish_task,
    give_task,
    withdraw_task,
)

__all__ = [
    "MOVES",
    "UnableToAddFileNumber",
    "UnableToArchive",
    "UnableToClose",
    "UnableToCoordinate",
    "UnableToEdit",
    "UnableToEditNote",
    "UnableToGiveTask",
    "UnableToMoveTask",
    "UnableToOpen",
    "UnableToRecordProceeding",
    "acknowledge_task",
    "add_file_number",
    "archive",
    "close",
    "coordinate",
    "edit",
    "edit_note",
    "edit_proceeding",
    "finish_task",
    "give_task",
    "mark_nominated",
    "mark_released",
    "mark_selected",
    "open_case",
    "record_proceeding",
    "remove_file_number",
    "reopen",
    "submit",
    "withdraw_task",
    "write_note",
]
