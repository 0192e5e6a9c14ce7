"""What changes how somebody signs in: put on record, told to the person by mail, with no content of any case."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import access
from foundation.audit import record
from foundation.notifications.delivery import letters, rows
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Account
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from wbcj.sign_in import happenings
from wbcj.sign_in.happenings import Happening

LETTER = "sign-in"
log = logging.getLogger("wbcj.sign_in")


class UnableToReset(Refusal):
    """The factors cannot be reset so; the message is fit for the user."""


def happened(happening: Happening, *, account: Account, at: datetime) -> None:
    """Note it as the person's own; whoever holds no office any more has nothing to protect, and the log says so."""
    try:
        with access.acting_as(account.pk) as actor:
            note(by=actor, at=at, happening=happening)
    except access.NotInOffice:
        log.log(logging.WARNING, "an account without a membership", extra={"verb": happening.verb})


@action
def note(*, by: Actor, at: datetime, happening: Happening) -> None:
    """Put it on record and tell the person by mail. Who may: everyone, about themselves."""
    record.happened(happening.verb, by=by, root=by.membership_id)
    wanted = rows.Wanted(
        key=f"happening:{uuid4()}",
        letter=LETTER,
        subject=happening.key,
        account_id=by.account_id,
        membership_id=by.membership_id,
        due_at=at,
    )
    rows.enqueue([wanted], at=at)


def letter(actor: Actor, order: letters.Order) -> letters.Composed:
    """The mail about one happening to whom it concerns, who acts, in the words of that person's language; at any hour."""
    happening, account = happenings.BY_KEY[order.subject], Account.objects.get(pk=actor.account_id)
    path = _path_to_new_password(account) if happening.new_password else reverse("my_account")
    with override(account.language):
        text = str(happening.letter) % {"sentence": str(happening.sentence), "link": letters.address(path)}
        return letters.to(account, subject=str(happening.subject), body=text)


def _path_to_new_password(account: Account) -> str:
    """Made when the mail is, so that no row and no log ever holds one."""
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return reverse("account_reset_password_from_key", kwargs=key)


@action
def end_sessions(*, by: Actor, at: datetime, sessions: Iterable[UserSession]) -> int:
    """Sign these devices out at once. Who may: everyone, of their own; others' are left alone. How many were ended."""
    ended = 0
    for session in sessions:
        if session.user_id == by.account_id:
            session.end()
            ended += 1
    if ended:
        note(by=by, at=at, happening=happenings.OTHERS_ENDED)
    return ended


@action
def reset_factors(*, by: Actor, second: Actor, at: datetime, account: Account) -> int:
    """Take all second factors from somebody who lost them, and end that person's sessions; how many were taken.

    Who may: a technical administrator, together with a partner administrator of a partner that the person works for; neither for
    himself. Raises UnableToReset. Called by the command of that name.
    """
    if by.role != Role.TECHNICAL_ADMINISTRATOR or second.role != Role.PARTNER_ADMINISTRATOR:
        raise UnableToReset(_("A technical administrator and a partner administrator do this together."))
    if account.pk in {by.account_id, second.account_id} or by.account_id == second.account_id:
        raise UnableToReset(_("Nobody resets their own factors, and two different people are needed."))
    if not account.memberships.live(at).filter(authority__partner_id=second.partner_id).exists():
        raise UnableToReset(_("The second person must administer a partner that the person works for."))
    taken, _rows = Authenticator.objects.filter(user_id=account.pk).delete()
    for session in UserSession.objects.filter(user_id=account.pk):
        session.end()
    for one in (by, second):
        with access.acting(one) as actor:
            record.happened("sign_in.factors.taken", by=actor, root=account.pk)
    happened(happenings.FACTORS_RESET, account=account, at=at)
    return taken
