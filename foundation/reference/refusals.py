"""Why reference data are not changed so; every message is fit for the user."""

from __future__ import annotations

from foundation.workflow.refusals import Refusal


class UnableToChange(Refusal):
    """The row cannot be set so."""


class UnableToImport(Refusal):
    """The file cannot be brought in."""


class DataMoved(UnableToImport):
    """What stands has changed since the difference was shown."""
