"""Every write of this app. Use it through this module: ``actions.invite``, ``actions.appoint`` ..."""

from partners.actions.accounts import UnableToInvite, change_preferences
from partners.actions.authorities import (
    UnableToCloseAuthority,
    UnableToFoundAuthority,
    UnableToNameAuthority,
    close_authority,
    found_authority,
    name_authority,
)
from partners.actions.founding import UnableToFound, found_administrator, found_technical_administrator
from partners.actions.memberships import (
    confirm_membership,
    end_membership,
    invite,
    move,
    refuse_membership,
)
from partners.actions.offices import UnableToAppoint, appoint, confirm_holder, end_holder, refuse_holder
from partners.actions.periods import UnableToEnd
from partners.actions.systems import UnableToRegister, register_system
from partners.second_person import UnableToConfirm

__all__ = [
    "UnableToAppoint",
    "UnableToCloseAuthority",
    "UnableToConfirm",
    "UnableToEnd",
    "UnableToFound",
    "UnableToFoundAuthority",
    "UnableToInvite",
    "UnableToNameAuthority",
    "UnableToRegister",
    "appoint",
    "change_preferences",
    "close_authority",
    "confirm_holder",
    "confirm_membership",
    "end_holder",
    "end_membership",
    "found_administrator",
    "found_authority",
    "found_technical_administrator",
    "invite",
    "move",
    "name_authority",
    "refuse_holder",
    "refuse_membership",
    "register_system",
]
