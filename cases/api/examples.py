"""Invented answers for the document of the interface."""

from __future__ import annotations

from typing import Any

from foundation.pages.api.invented import AUTHORITY, HANDLING, PERSON

_WRITER = {**PERSON, "authority": AUTHORITY["name"]}
PRINCIPAL = {
    "id": 118,
    "kind": "authority",
    "name": "Special Prosecution Office",
    "authority": "Special Prosecution Office",
    "partner": "Albania",
}
_STAGE = {"code": "investigation", "label": "Investigation"}
_ITEM: dict[str, Any] = {
    "id": "5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
    "url": "/api/v1/cases/5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01",
    "reference": "C-2026-7KQ2M",
    "title": "Cigarettes over the lake",
    "status": {"code": "open", "label": "Open"},
    "stage": _STAGE,
    "urgency": {"code": "normal", "label": "Normal"},
    "handling": HANDLING,
    "handling_text": "",
    "owner": AUTHORITY,
    "concerned": [{"code": "MK", "label": "North Macedonia"}],
    "written_at": "2026-11-02T08:15:00Z",
    "active_at": "2026-11-30T09:41:00Z",
    "version": 3,
}
CASES = {"items": [_ITEM], "next": "/api/v1/cases?limit=1&after=YWN0aXZpdHl8MjAyNi0xMS0zMA"}
CASE = {
    **_ITEM,
    "summary": "Lorries cross at night.",
    "crime_types": [{"code": "smuggling", "label": "Illicit trafficking in tobacco"}],
    "priorities": [],
    "opened_at": "2026-11-03T10:00:00Z",
    "closed_at": None,
    "file_numbers": [
        {
            "id": "7a1f8a0c-5b0a-4f0e-a5a3-0e6d0c9b2b55",
            "number": "SPAK 118/2026",
            "authority": "Special Prosecution Office",
        }
    ],
}
NOTE = {
    "id": "d0b8c9d2-6b0b-4a52-9d3b-4d3c4a1a9c77",
    "text": "The second lorry is registered in Ohrid.",
    "audience": {"code": "everyone", "label": "Everyone on the case"},
    "written_at": "2026-11-05T14:20:00Z",
    "written_by": _WRITER,
    "edited_at": None,
    "version": 1,
}
NOTES = {"items": [NOTE], "next": None}
TASK = {
    "id": "f4b2b7a8-2a6b-4c0e-8a27-0d1c7e0a3e21",
    "title": "Ask for the registration papers",
    "text": "",
    "assignee": PRINCIPAL,
    "due_at": "2026-12-04T16:00:00Z",
    "overdue": False,
    "given_at": "2026-11-05T14:25:00Z",
    "given_by": _WRITER,
    "acknowledged_at": None,
    "done_at": None,
    "withdrawn_at": None,
}
TASKS = {"items": [TASK], "next": None}
PROCEEDING = {
    "id": "a3b1c6b6-7a31-4f5a-9a4c-0a0a9d4d8b10",
    "authority": AUTHORITY,
    "stage": _STAGE,
    "opened_date": "2026-10-12",
    "state_of_play": "Two searches are planned.",
    "recorded_at": "2026-11-03T10:05:00Z",
    "version": 1,
}
PROCEEDINGS = {"items": [PROCEEDING], "next": None}
PARTICIPANTS = {
    "items": [
        {
            "principal": PRINCIPAL,
            "level": {"code": 3, "label": "Manage"},
            "reasons": ["Opened it"],
            "since": "2026-11-02T08:15:00Z",
            "until": None,
        }
    ],
    "next": None,
}

CRIME_TYPES = {
    "items": [
        {
            "code": "drug_trafficking",
            "name": "Drug trafficking",
            "valid_from": "2018-12-12",
            "valid_until": None,
        }
    ],
    "next": None,
}
PRIORITIES = {
    "items": [
        {
            "code": "2026_migrant_smuggling",
            "name": "Migrant smuggling",
            "valid_from": "2026-01-01",
            "valid_until": "2029-12-31",
        }
    ],
    "next": None,
}
