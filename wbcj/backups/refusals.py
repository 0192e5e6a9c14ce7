"""What stops a backup or a restore."""


class UnableToBackUp(Exception):
    """No backup was made and nothing was left behind; the message says why."""


class UnableToRestore(Exception):
    """The database is as empty as before; the message says why."""


class Differs(Exception):
    """What was restored is not what was backed up; the message names each difference."""
