"""The states of a meeting."""

from django.utils.translation import gettext_lazy as _

from foundation.workflow.states import Transition
from meetings.choices import Status
from meetings.permissions import MeetingPermission

START = Transition(
    name="start",
    label=_("Start the meeting"),
    sources=frozenset({Status.PLANNED}),
    target=Status.RUNNING,
    permission=MeetingPermission.RUN,
    url="meeting_start",
)
CLOSE = Transition(
    name="close",
    label=_("Close the meeting"),
    sources=frozenset({Status.RUNNING}),
    target=Status.HELD,
    permission=MeetingPermission.RUN,
    url="meeting_close",
)
CANCEL = Transition(
    name="cancel",
    label=_("Cancel the meeting"),
    sources=frozenset({Status.PLANNED, Status.RUNNING}),
    target=Status.CANCELLED,
    permission=MeetingPermission.RUN,
    url="meeting_cancel",
    needs_reason=True,
)
TRANSITIONS = (START, CLOSE, CANCEL)

COMING = (Status.PLANNED, Status.RUNNING)
"""The agenda of such a meeting can still be arranged."""
