"""What holds of every appointment, whoever writes it: the second half of the rule, for memberships and holders of offices.

Which second person of which authority it must be is the partners' own matter (tests/partners/test_second_person.py), and
is asked of the run-time role alone; the machine therefore appoints as owner.
"""

from __future__ import annotations

from tests.reference.sight import CONFLICT, DONE, FORBIDDEN, Appointment, Key, Membership


def propose(proposer: Membership, subject: Key) -> str:
    """Nobody appoints themselves, through whichever membership."""
    return FORBIDDEN if proposer.account == subject else DONE


def confirm(by: Membership, appointment: Appointment) -> str:
    """A second person confirms: neither the one appointed nor the one who proposed."""
    return FORBIDDEN if by.account in (appointment.account, appointment.proposer) else DONE


def end(appointment: Appointment, at: int, now: int) -> str:
    """An end may come closer as long as it lies ahead; it never moves away and never back from the past."""
    ends = appointment.ends
    return CONFLICT if ends is not None and (at > ends or (ends <= now and at != ends)) else DONE
