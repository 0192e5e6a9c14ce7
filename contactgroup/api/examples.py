"""Invented answers for the document of the interface."""

from __future__ import annotations

from typing import Any

from foundation.pages.api.invented import AUTHORITY, HANDLING, OTHER_PARTNER, OTHER_PERSON, PARTNER, PERSON
from meetings.api.examples import DECIDED_BY, MEETING

_ITEM: dict[str, Any] = {
    "id": "e7a2f0c4-31d8-4b7b-9c55-0d6f8a1b2c77",
    "url": "/api/v1/nominations/e7a2f0c4-31d8-4b7b-9c55-0d6f8a1b2c77",
    "reference": "N-2026-9TW3K",
    "title": "Tobacco over the lake",
    "status": {"code": "decided", "label": "Decided"},
    "outcome": {"code": "take_up_parallel", "label": "Taken up as parallel investigations"},
    "handling": HANDLING,
    "handling_text": "",
    "nominating_authority": AUTHORITY,
    "nominated_at": "2026-11-09T10:00:00Z",
    "active_at": "2026-11-24T15:30:00Z",
    "version": 6,
}
_CAST = {
    "voice": {"code": "for", "label": "For"},
    "comment": "",
    "cast_at": "2026-11-24T14:10:00Z",
    "cast_by": OTHER_PERSON,
    "counts": True,
    "may_count": True,
}
_RULE_ID = 1
NOMINATIONS = {"items": [_ITEM], "next": None}
NOMINATION = {
    **_ITEM,
    "tool": {"code": "parallel", "label": "Parallel investigations"},
    "why": "Both sides of the lake hold proceedings on the same group.",
    "support": "",
    "nominated_by": PERSON,
    "criteria": [
        {
            "criterion": "cross_border",
            "name": "Cross-border dimension",
            "score": {"code": 3, "label": "3: fully met"},
            "comment": "Two partners, one group.",
        }
    ],
    "invitations": [
        {
            "partner": OTHER_PARTNER,
            "purpose": "Parallel proceedings on the lorries",
            "text": "Lorries cross at night; proceedings may be held on their drivers.",
        }
    ],
    "audience": {"code": "concerned", "label": "The partners concerned"},
    "electorate": [PARTNER, OTHER_PARTNER],
    "case": None,
}
BALLOTS = {
    "items": [
        {
            "id": "b6c7d8e9-0f1a-4b2c-9d3e-4f5a6b7c8d99",
            "number": 1,
            "opened_at": "2026-11-24T14:00:00Z",
            "closes_at": None,
            "closed_at": "2026-11-24T15:00:00Z",
            "rule_id": _RULE_ID,
            "asked": 2,
            "voted": 1,
            "recused": 0,
            "broken_off": False,
            "result": {
                "carried": False,
                "quorate": False,
                "majority": True,
                "votes_for": 1,
                "votes_against": 0,
                "abstained": 0,
                "withheld": 0,
                "silent": 1,
                "recused": 0,
                "present": 1,
                "quorum_of": 2,
            },
            "voices": [
                {
                    "partner": PARTNER,
                    "has_voice": True,
                    "recused": False,
                    "has_voted": False,
                    "voice": None,
                    "casts": [],
                },
                {
                    "partner": OTHER_PARTNER,
                    "has_voice": True,
                    "recused": False,
                    "has_voted": True,
                    "voice": {"code": "for", "label": "For"},
                    "casts": [_CAST],
                },
            ],
        }
    ],
    "next": None,
}
RECUSALS = {
    "items": [
        {
            "id": "15f0a9b8-c7d6-4e5f-8a9b-0c1d2e3f4a10",
            "partner": OTHER_PARTNER,
            "personal": True,
            "recused_at": "2026-11-23T08:30:00Z",
            "recused_by": OTHER_PERSON,
            "stands": True,
            "taken_back_at": None,
            "taken_back_by": None,
            "reason": None,
        }
    ],
    "next": None,
}
DECISIONS = {
    "items": [
        {
            "meeting": {name: MEETING[name] for name in ("id", "url", "reference", "title", "starts_at")},
            "decision": {
                "outcome": {"code": "take_up_parallel", "label": "Taken up as parallel investigations"},
                "text": "Both prosecutors meet within a month.",
                "decided_at": "2026-11-24T15:30:00Z",
                "decided_by": DECIDED_BY,
            },
        }
    ],
    "next": None,
}
CRITERIA = {
    "items": [
        {
            "code": "affected",
            "name": "Partners affected",
            "valid_from": "2026-01-01",
            "valid_until": None,
            "question": "Are two or more partners, or a partner and an EU Member State, affected?",
            "must_be_scored": True,
        }
    ],
    "next": None,
}
RULES = {
    "items": [
        {
            "id": _RULE_ID,
            "valid_from": "2026-01-01",
            "valid_until": None,
            "in_force": True,
            "to_come": False,
            "withdrawn": False,
            "quorum": {"code": "1/2", "label": "more than half"},
            "majority": {"code": "1/2", "label": "more than half"},
            "least_present": 1,
            "withheld_is_present": False,
            "recused_leaves_quorum": True,
            "recused_leaves_majority": True,
            "nominator_votes": True,
            "set_at": None,
            "set_by": None,
        }
    ],
    "next": None,
}
