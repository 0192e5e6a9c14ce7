"""A partner's system that follows the feed: it deals with each page, keeps the place and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.api.cast import Caller

CHANGES = "/api/v1/changes"


@dataclass
class Follower:
    """What the system holds, by key, and how far it has read."""

    caller: Caller
    place: str = ""
    limit: int = 50
    held: dict[str, dict[str, Any]] = field(default_factory=dict)

    def pages(self, address: str = "") -> Iterator[dict[str, Any]]:
        """Each page from the place on, dealt with before the place is kept."""
        following: str | None = address or f"{CHANGES}?limit={self.limit}" + (
            f"&after={self.place}" if self.place else ""
        )
        for _page in range(1000):
            answer = self.caller.get(following)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            for item in page["items"]:
                self.deal_with(item)
            self.place = page["place"]
            yield page
            following = page["next"]
            if following is None:
                return
        raise AssertionError("the feed has no end")

    def deal_with(self, item: dict[str, Any]) -> None:
        if item["gone"]:
            self.held.pop(item["id"], None)
        else:
            self.held[item["id"]] = item

    def follow(self, address: str = "") -> list[dict[str, Any]]:
        """All that is told from the place on."""
        return [item for page in self.pages(address) for item in page["items"]]

    def told(self) -> list[tuple[str, bool]]:
        """Keys, and whether they are gone."""
        return [(item["id"], item["gone"]) for item in self.follow()]
