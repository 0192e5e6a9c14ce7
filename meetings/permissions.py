from foundation.access import Level, Permission


class MeetingPermission(Permission):
    """What may be done with a meeting. TAKE_OFF and DECIDE are asked on the root under which the item lives."""

    VIEW = "meetings.view", Level.VIEW
    CALL = "meetings.call"
    EDIT = "meetings.edit", Level.MANAGE
    RUN = "meetings.run", Level.MANAGE
    ARRANGE = "meetings.arrange", Level.CONTRIBUTE
    TAKE_OFF = "meetings.take_off", Level.MANAGE
    DECIDE = "meetings.decide", Level.CONTRIBUTE
