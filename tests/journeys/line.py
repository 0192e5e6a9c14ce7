"""A slow line, as the browser itself makes one, and what travelled over it.

The browser delays the answer to each request by the latency, once, on a new connection as on an old one. So a page costs its chain of
requests here, and not the round trips that set up a connection: on a real line the first visit has three more (name, TCP,
TLS), and a page after a pause two.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.bed.site import CHECKOUT

BITS_A_SECOND, LATENCY_MS = 400_000, 400
REPORT = CHECKOUT / "var" / "line"
USABLE = """() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    parsed: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
})"""


@dataclass
class Visit:
    """One page over the line: what was asked for, how much came, and when a person could work with it."""

    what: str
    requests: int
    bytes: int
    seconds: float


@dataclass
class Line:
    """Counts what comes over the line of one window, headers included, as the browser received it."""

    page: Page
    came: list[int] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def __post_init__(self) -> None:
        speed = BITS_A_SECOND / 8
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.send("Network.enable")
        conditions: dict[str, Any] = {"offline": False, "latency": LATENCY_MS}
        self.session.send(
            "Network.emulateNetworkConditions", {**conditions, "downloadThroughput": speed, "uploadThroughput": speed}
        )

    def _finished(self, event: dict[str, Any]) -> None:
        # What the cache gave has travelled nowhere.
        if event["encodedDataLength"] > 0:
            self.came.append(int(event["encodedDataLength"]))

    def arrived(self, what: str) -> Visit:
        """The page is there: put down what it took since the last one."""
        self.page.wait_for_load_state("networkidle")
        times = self.page.evaluate(USABLE)
        visit = Visit(what, len(self.came), sum(self.came), round(max(times.values()) / 1000, 2))
        self.came.clear()
        self.visits.append(visit)
        return visit


def report(visits: list[Visit]) -> str:
    """The table of all visits, also as a file."""
    REPORT.mkdir(parents=True, exist_ok=True)
    (REPORT / "report.json").write_text(json.dumps([asdict(visit) for visit in visits], indent=1))
    lines = [f"{'page':40} {'requests':>8} {'bytes':>8} {'seconds':>8}"]
    lines += [f"{v.what:40} {v.requests:8} {v.bytes:8} {v.seconds:8.2f}" for v in visits]
    (REPORT / "report.txt").write_text("\n".join(lines) + "\n")
    return "\n".join(lines)
