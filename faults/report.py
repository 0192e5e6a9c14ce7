"""What the fault targets claim, printed and written: each part keeps its own file, and the report holds the newest of each."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from bench.report import Claim, show
from faults import STATE

PARTS = ("interruption", "lab")
REPORT = STATE / "report.json"


def told(part: str, claims: Sequence[Claim], *, seed: int) -> None:
    """Print the table of one part, keep its claims, and write the report anew."""
    at = datetime.now(UTC)
    sys.stdout.write(f"\n{part}: seed {seed}, {at:%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}\n")
    show(claims, lambda text: sys.stdout.write(text + "\n"))
    rows = [{**asdict(claim), "part": part, "seed": seed, "date": at.isoformat()} for claim in claims]
    (STATE / f"{part}.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    kept = [STATE / f"{one}.json" for one in PARTS]
    everything = [row for path in kept if path.exists() for row in json.loads(path.read_text(encoding="utf-8"))]
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)}
    REPORT.write_text(json.dumps({"machine": machine, "claims": everything}, indent=1) + "\n", encoding="utf-8")
