from foundation.access import Level, Permission


class JitPermission(Permission):
    """What may be done with a joint investigation team. PROPOSE is asked on the case."""

    VIEW = "jits.view", Level.VIEW
    PROPOSE = "jits.propose", Level.CONTRIBUTE
    REQUEST = "jits.request", Level.MANAGE
    DECIDE = "jits.decide", Level.MANAGE
    INVITE = "jits.invite", Level.MANAGE
    WORK = "jits.work", Level.CONTRIBUTE


class LawPermission(Permission):
    """What may be done with the legal basis of teams, which says nothing of any record."""

    VIEW = "jits.view_law"
