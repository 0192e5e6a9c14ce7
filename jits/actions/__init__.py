"""Everything that is done to a team, in the order in which it happens."""

from jits.actions.checking import check
from jits.actions.deciding import agree, assess, draft, not_set_up, refuse, resume, suspend
from jits.actions.drafting import fill, set_terms, take
from jits.actions.inviting import end_part, invite
from jits.actions.manning import end_member, enter_member
from jits.actions.negotiating import accept_text, comment_clause, confirm_translation, propose_text, withdraw_text
from jits.actions.own import ask_approval, edit_approval, edit_own_note, write_own_note
from jits.actions.planning import add_phase, add_task, change_task, drop_task, finish_task, rename_phase, reopen_task
from jits.actions.proposing import propose, revise, think_up

__all__ = [
    "accept_text",
    "add_phase",
    "add_task",
    "agree",
    "ask_approval",
    "assess",
    "change_task",
    "check",
    "comment_clause",
    "confirm_translation",
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
    "propose_text",
    "refuse",
    "rename_phase",
    "reopen_task",
    "resume",
    "revise",
    "set_terms",
    "suspend",
    "take",
    "think_up",
    "withdraw_text",
    "write_own_note",
]
