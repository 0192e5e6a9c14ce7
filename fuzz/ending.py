"""Asked to end, a run finishes the request that it makes just now and reports what it has; asked once more, it ends at once."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

ENDED = 128 + signal.SIGTERM
"""With this a process ends that was asked twice."""


@dataclass
class Ending:
    """Whether this process was asked to end, by SIGTERM or from the keyboard; it asks those that it started as well."""

    asked: bool = False
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def listen(self) -> Ending:
        """From now on."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self.end)
        return self

    def started(self, process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        """One more that has to end with us."""
        self.processes.append(process)
        if self.asked:
            process.terminate()
        return process

    def end(self, *_signal: Any) -> None:
        """Asked now; who asks twice does not want to wait."""
        again, self.asked = self.asked, True
        for process in self.processes:
            process.terminate()
        if again:
            sys.exit(ENDED)
