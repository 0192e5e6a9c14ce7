"""Everything that is done to a team, in the order in which it happens."""

from jits.actions.checking import check
from jits.actions.deciding import agree, assess, draft, not_set_up, refuse, resume, suspend
from jits.actions.drafting import fill, set_terms, take
from jits.actions.inviting import end_part, invite
from jits.actions.manning import end_member, enter_member
from jits.actions.own import ask_approval, edit_approval, edit_own_note, write_own_note
from jits.actions.planning import add_phase, add_task, change_task, drop_task, finish_task, rename_phase, reopen_task
from jits.actions.proposing import propose, revise, think_up

__all__ = [
    "add_phase",
    "add_task",
    "agree",
    "ask_approval",
    "assess",
    "change_task",
    "check",
    "draft",
    "drop_task",
    "edit_approval",
    "edit_own_note",
    "end_member",
    "end_part",
    "enter_member",
    "fill",
    "finish_task",
    "invite",
    "not_set_up",
    "propose",
    "refuse",
    "rename_phase",
    "reopen_task",
    "resume",
    "revise",
    "set_terms",
    "suspend",
    "take",
    "think_up",
    "write_own_note",
]
