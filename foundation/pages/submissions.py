"""A repeated submit has one effect."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

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


def earlier(*, by: Actor, key: UUID) -> str | None:
    """Where the same form led before. Waits for the same form in flight, so a double click is answered twice and done once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.membership_id}:{key}"])
    return Submission.objects.visible_to(by).filter(key=key).values_list("location", flat=True).first()


@action
def remember(*, by: Actor, key: UUID, path: str, location: str, at: datetime) -> None:
    """Keep where the form led."""
    Submission.objects.create(membership_id=by.membership_id, key=key, path=path[:300], location=location[:300], at=at)
