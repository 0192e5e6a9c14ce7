"""Who sees what and may do what. Use it through this module: ``access.acting``, ``access.require``, ``access.grant`` ..."""

from foundation.access.context import NoActor, NotInOffice, acting, acting_as, current, current_actor
from foundation.access.cursors import BadCursor, Count, Cursor, Order, Page
from foundation.access.decisions import allowed, checker, install, level, levels, require, role_allows, scope
from foundation.access.ledger import (
    Forbidden,
    NotThere,
    UnableToShare,
    accept_offer,
    decline_offer,
    grant,
    new_reference,
    offer,
    open_root,
    revoke,
    touch,
    withdraw_offer,
)
from foundation.access.levels import Level, Permission, Reason
from foundation.access.locking import StaleVersion, alone, locked, one_at_a_time
from foundation.access.newcomers import Standing, newcomer, undone
from foundation.access.places import SEARCH_LENGTH, SEARCH_WORDS
from foundation.access.titles import UnableToName

__all__ = [
    "SEARCH_LENGTH",
    "SEARCH_WORDS",
    "BadCursor",
    "Count",
    "Cursor",
    "Forbidden",
    "Level",
    "NoActor",
    "NotInOffice",
    "NotThere",
    "Order",
    "Page",
    "Permission",
    "Reason",
    "StaleVersion",
    "Standing",
    "UnableToName",
    "UnableToShare",
    "accept_offer",
    "acting",
    "acting_as",
    "allowed",
    "alone",
    "checker",
    "current",
    "current_actor",
    "decline_offer",
    "grant",
    "install",
    "level",
    "levels",
    "locked",
    "new_reference",
    "newcomer",
    "offer",
    "one_at_a_time",
    "open_root",
    "require",
    "revoke",
    "role_allows",
    "scope",
    "touch",
    "undone",
    "withdraw_offer",
]
