"""Invented partners, authorities and people, which the examples of the document of the interface share."""

from __future__ import annotations

PARTNER = {"id": "0b0c1a6e-6f0d-4e6e-9a55-3d5f1b2f8c11", "code": "AL", "name": "Albania"}
OTHER_PARTNER = {"id": "7d0f4c3a-1b52-4a8e-8d7e-5c1a9f3e6b22", "code": "MK", "name": "North Macedonia"}
AUTHORITY = {"id": "9f6f6d1c-1f0e-4a55-8b43-0a7b0a2b7d10", "name": "Special Prosecution Office", "partner": PARTNER}
OTHER_AUTHORITY = {
    "id": "2c9b7e15-88a4-4f1d-9f36-b1c0d4e57a33",
    "name": "Basic Public Prosecution Office Skopje",
    "partner": OTHER_PARTNER,
}
PERSON = {"id": "3c0a0a54-02a4-4d39-9dc1-6e8cf2f3b0aa", "name": "Ana Hoxha"}
OTHER_PERSON = {"id": "8e41c0d7-5b7c-4b0a-a1f2-64d9e2b7c044", "name": "Marija Trajkovska"}
HANDLING = [{"code": "H0", "label": "H0: to prevent and combat crime, under the applicable law"}]
