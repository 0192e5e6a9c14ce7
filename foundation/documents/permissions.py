"""What can be done with documents, and the level of share that it takes on the root under which they stand."""

from __future__ import annotations

from foundation.access import Level, Permission


class DocumentPermission(Permission):
    """Who holds them stands in the project's page of roles."""

    VIEW = "documents.view", Level.VIEW
    DOWNLOAD = "documents.download", Level.VIEW
    ADD = "documents.add", Level.CONTRIBUTE
    WITHDRAW = "documents.withdraw", Level.CONTRIBUTE
    # On the record of the original. Whether it may be passed on, ``copying.rules`` says.
    COPY = "documents.copy", Level.VIEW
