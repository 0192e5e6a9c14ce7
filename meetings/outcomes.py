"""What a decision can say. Each app that puts items on an agenda declares the words of its own outcomes."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise

from meetings.choices import GeneralOutcome

_labels: dict[str, Promise | str] = {}


def declare(outcomes: type[TextChoices]) -> None:
    """Take over the words of these outcomes."""
    _labels.update(outcomes.choices)


def label(code: str) -> str:
    """The words of that outcome in the active language; the bare code when it was retired."""
    return str(_labels.get(code, code))


declare(GeneralOutcome)
