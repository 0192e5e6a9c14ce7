"""A repeated submit has one effect."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from foundation import access
from foundation.pages.models import Submission
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action

FIELD = "submission_key"


def new_key() -> str:
    """For the hidden field of a fresh form."""
    return str(uuid4())


def key_of(text: str) -> UUID | None:
    """The key that came with the form, none when it is missing or mangled."""
    try:
        return UUID(text)
    except ValueError:
        return None


class KeyUsedElsewhere(Exception):
    """The key came with another form before: to take this one for its repetition would lose it in silence."""


def earlier(*, by: Actor, key: UUID, path: str) -> str | None:
    """Where the same form led before. Waits for the same form in flight, so a double click is answered twice and done once.

    Raises KeyUsedElsewhere.
    """
    access.one_at_a_time(f"{by.membership_id}:{key}")
    found = Submission.objects.visible_to(by).filter(key=key).first()
    if found is not None and found.path != path[:300]:
        raise KeyUsedElsewhere
    return None if found is None else found.location


def taken(*, by: Actor, key: UUID) -> bool:
    """Whether the form with this key had its effect, for this membership."""
    return Submission.objects.visible_to(by).filter(key=key).exists()


@action
def remember(*, by: Actor, key: UUID, path: str, location: str, at: datetime) -> None:
    """Keep where the form led."""
    Submission.objects.create(membership_id=by.membership_id, key=key, path=path[:300], location=location[:300], at=at)
