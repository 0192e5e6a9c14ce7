"""What can be done with a case and with an invitation, and the level of share that it takes."""

from __future__ import annotations

from foundation.access import Level, Permission


class CasePermission(Permission):
    """Who holds them stands in the project's page of roles."""

    LIST = "cases.list"
    CREATE = "cases.create"
    VIEW = "cases.view", Level.VIEW
    CONTRIBUTE = "cases.contribute", Level.CONTRIBUTE
    EDIT = "cases.edit", Level.MANAGE
    SUBMIT = "cases.submit", Level.MANAGE
    NOMINATE = "cases.nominate", Level.MANAGE
    RELEASE = "cases.release", Level.CONTRIBUTE
    SELECT = "cases.select", Level.CONTRIBUTE
    COORDINATE = "cases.coordinate", Level.MANAGE
    CLOSE = "cases.close", Level.MANAGE
    REOPEN = "cases.reopen", Level.MANAGE
    ARCHIVE = "cases.archive", Level.MANAGE
    INVITE = "cases.invite", Level.MANAGE


class InvitationPermission(Permission):
    """An invitation is answered by the invited partner's coordinator and withdrawn by the inviting side."""

    LIST = "cases.invitation.list"
    SEND = "cases.invitation.send"
    VIEW = "cases.invitation.view", Level.VIEW
    ANSWER = "cases.invitation.answer", Level.CONTRIBUTE
    WITHDRAW = "cases.invitation.withdraw", Level.CONTRIBUTE
