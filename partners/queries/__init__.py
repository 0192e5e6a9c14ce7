"""Shaped reads of the directory. It is open inside the application: nothing here needs a share."""

from partners.queries.directory import AuthorityRow, PartnerRow, authorities_of, partners
from partners.queries.offices import OfficeRow, offices
from partners.queries.people import MembershipRow, State, in_state, memberships, state_of
from partners.queries.systems import SystemRow, systems_of
from partners.queries.waiting import Proposal, of_holder, of_membership, waiting_for, waiting_for_others, waiting_panel

__all__ = [
    "AuthorityRow",
    "MembershipRow",
    "OfficeRow",
    "PartnerRow",
    "Proposal",
    "State",
    "SystemRow",
    "authorities_of",
    "in_state",
    "memberships",
    "of_holder",
    "of_membership",
    "offices",
    "partners",
    "state_of",
    "systems_of",
    "waiting_for",
    "waiting_for_others",
    "waiting_panel",
]
