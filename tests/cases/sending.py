"""What a browser sends to the pages of cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from cases.models import Case
from tests.people import Person

Browser = Callable[[Person], Client]


def address(name: str, case: Any = None, **more: Any) -> str:
    return reverse(name, kwargs={} if case is None else {"pk": case.pk, **more})


def filled(**values: Any) -> dict[str, Any]:
    return {"submission_key": str(uuid4()), **values}


def case_form(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": "Cigarettes over the lake",
        "summary": "Lorries cross at night.",
        "stage": "investigation",
        "urgency": "high",
        "handling": ["H0"],
        "crime_types": [crime_type()],
    }
    return filled(**values | changes)


def crime_type() -> str:
    from_reference = Case._meta.apps.get_model("cases", "CrimeType")
    return str(from_reference.objects.get(code="drug_trafficking").pk)
