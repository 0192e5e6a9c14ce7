"""Invented answers for the document of the interface."""

from __future__ import annotations

from typing import Any

from foundation.pages.api.invented import AUTHORITY, HANDLING, OTHER_PARTNER, OTHER_PERSON, PARTNER, PERSON

_PARTIES: list[dict[str, Any]] = [
    {"partner": PARTNER, "authority": AUTHORITY, "agreed_at": "2026-11-20T09:00:00Z", "agreed_by": PERSON},
    {"partner": OTHER_PARTNER, "authority": AUTHORITY, "agreed_at": None, "agreed_by": None},
]
_ITEM: dict[str, Any] = {
    "id": "4b1d7a3e-6c58-4f0d-8a4e-2f9c5d7e1b60",
    "url": "/api/v1/teams/4b1d7a3e-6c58-4f0d-8a4e-2f9c5d7e1b60",
    "reference": "JIT-2026-7KD2M",
    "title": "Vehicles over three borders",
    "status": {"code": "assessment", "label": "Suitability is assessed"},
    "handling": HANDLING,
    "handling_text": "",
    "proposing_authority": AUTHORITY,
    "proposed_at": "2026-11-16T10:00:00Z",
    "months": 12,
    "parties": _PARTIES,
    "active_at": "2026-11-20T09:00:00Z",
    "version": 3,
}
TEAMS = {"items": [_ITEM], "next": None}
TEAM = {
    **_ITEM,
    "trigger": {"code": "concerted", "label": "Several parties investigate, and their measures must go together"},
    "purpose": "Find the workshop and its owners.",
    "facts": "Theft and handling; forty vehicles since March.",
    "composition": "Prosecutors and police of each party.",
    "opened_by": PERSON,
    "suspended_from": None,
    "suspended_because": "",
    "obstacle": None,
    "obstacle_text": "",
    "parallel": False,
    "ended_at": None,
    "participants": [],
    "case": None,
}
CHECKLIST = {
    "items": [
        {
            "id": "0d5c1f77-93ab-4e1c-9e57-6a1b2c3d4e50",
            "code": "victims",
            "question": "Are needs of victims and protection of witnesses known and provided for?",
            "part": {"code": "before", "label": "Before the drafting"},
            "answer": {"code": "yes", "label": "Yes"},
            "comment": "Two were heard.",
            "responsible": PERSON,
            "answered_at": "2026-11-18T11:20:00Z",
            "answered_by": OTHER_PERSON,
            "version": 2,
        }
    ],
    "next": None,
}
