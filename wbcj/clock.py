"""The clock of the background work, which keeps its schedule in a file."""

from __future__ import annotations

from pathlib import Path

from celery.beat import PersistentScheduler


class Clock(PersistentScheduler):
    """Makes the folder of its file: beat may well be the first that runs on a machine."""

    schedule_filename: str

    def setup_schedule(self) -> None:
        """Open the file, or a new one."""
        Path(self.schedule_filename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().setup_schedule()
