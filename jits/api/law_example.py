"""An invented question and its answer, for the document of the interface."""

from __future__ import annotations

from typing import Any

_AL = {"code": "AL", "name": "Albania"}
_XK = {"code": "XK", "name": "Kosovo*"}
_MEMORANDUM: dict[str, Any] = {
    "code": "al_xk_prosecutors_2010",
    "name": "Memorandum of understanding between the prosecution services of Albania and Kosovo*",
    "provision": "Memorandum of 12 October 2010",
    "note": "Whether the memorandum carries a joint team has to be read in its text.",
    "source": "Memorandum of 12.10.2010",
    "to_be_confirmed": True,
    "remarks": [],
}
EXAMPLE: dict[str, Any] = {
    "parties": [_AL, _XK],
    "crimes": [{"code": "robbery", "name": "Robbery and aggravated theft"}],
    "on": "2026-11-30",
    "answer": (
        "No instrument binds all parties for these offences on that day: each pair needs a basis of its own, and a written legal"
        " opinion is needed."
    ),
    "common": [],
    "union": None,
    "pairs": [
        {
            "first": _AL,
            "second": _XK,
            "multilateral": [],
            "bilateral": [_MEMORANDUM],
            "reciprocity": [],
            "text": "There is an agreement between the two; whether it carries a joint team has to be read in its text.",
        }
    ],
    "fallen": [
        {
            "instrument": {
                "code": "ets_182",
                "name": "Second Additional Protocol to the European Convention on Mutual Assistance in Criminal Matters (ETS 182)",
                "provision": "Article 20",
                "note": "",
                "source": "ETS No. 182, Strasbourg, 8.11.2001",
                "to_be_confirmed": True,
                "remarks": [],
            },
            "reasons": [
                {
                    "code": "not_a_party",
                    "party": "XK",
                    "day": None,
                    "offences": [],
                    "text": "Kosovo* is not entered as a party.",
                }
            ],
        }
    ],
    "opinion": {
        "needed": True,
        "reasons": [
            {
                "code": "nothing_common",
                "parties": [],
                "text": "No instrument binds all parties for these offences on that day.",
            }
        ],
    },
    "platform": {
        "allowed": False,
        "code": "no_eu_member",
        "parties": [],
        "day": None,
        "text": (
            "No: the platform is for teams with a Union legal basis, and none of the parties is an EU Member State"
            " (Regulation (EU) 2023/969, Articles 1 and 3(3))."
        ),
    },
}
