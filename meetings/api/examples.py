"""Invented answers for the document of the interface."""

from __future__ import annotations

from typing import Any

DECIDED_BY = {"id": "f3e2d1c0-b9a8-4776-8554-433221100f11", "name": "Dora Lindqvist", "authority": "Case desk"}
MEETING: dict[str, Any] = {
    "id": "a9b8c7d6-e5f4-4312-90ab-cdef01234512",
    "url": "/api/v1/meetings/a9b8c7d6-e5f4-4312-90ab-cdef01234512",
    "reference": "M-2026-2QD8R",
    "title": "17th Contact Group meeting",
    "series": {"code": "contact_group", "label": "Contact Group"},
    "status": {"code": "held", "label": "Held"},
    "starts_at": "2026-11-24T09:00:00Z",
    "ends_at": "2026-11-24T16:00:00Z",
    "mode": {"code": "hybrid", "label": "In person and online"},
    "place": "Tirana",
    "nominations_until": "2026-11-17T16:00:00Z",
    "active_at": "2026-11-24T16:05:00Z",
    "version": 3,
}
MEETINGS = {"items": [MEETING], "next": None}
AGENDA = {
    "items": [
        {
            "id": "6d5c4b3a-2918-4706-b5c4-d3e2f1a0b913",
            "number": 1,
            "title": "Report of the secretariat",
            "general": True,
            "about_id": MEETING["id"],
            "about_reference": "",
            "decision": {
                "outcome": {"code": "noted", "label": "Noted"},
                "text": "",
                "decided_at": "2026-11-24T09:40:00Z",
                "decided_by": DECIDED_BY,
            },
        },
        {
            "id": "7e6d5c4b-3a29-4817-86d5-e4f3a2b1ca14",
            "number": 2,
            "title": "Tobacco over the lake",
            "general": False,
            "about_id": "e7a2f0c4-31d8-4b7b-9c55-0d6f8a1b2c77",
            "about_reference": "N-2026-9TW3K",
            "decision": None,
        },
    ],
    "next": None,
}
