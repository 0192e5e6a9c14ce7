"""The sample partner system as whoever has it runs it: a process of its own, on a register of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bed.databases import CHECKOUT

FOLDER = CHECKOUT / "examples" / "partner-system"
SCRIPT = FOLDER / "register.py"


@dataclass
class Program:
    """One partner's register: its file, and what the environment says to the program."""

    folder: Path
    address: str
    token: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def register(self) -> Path:
        return self.folder / "register.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the project's own."""
        said = {"WBCJ_URL": self.address, "WBCJ_TOKEN": self.token, "WBCJ_REGISTER": str(self.register)}
        return {"PATH": os.environ["PATH"], **said, **self.more}

    def start(self, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
        # Nothing that is installed here can be imported.
        command = [sys.executable, "-E", "-s", "-S", str(SCRIPT), *arguments]
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, **_SILENT | pipes)

    def run(self, *arguments: str, patience: float = 120, given: bytes = b"") -> tuple[int, str]:
        """The exit status, and all that it said."""
        process = self.start(
            "--patience", str(patience), *arguments,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            said, _nothing = process.communicate(given, timeout=300)
        finally:
            process.kill()
        return process.returncode, said.decode()

    def write(self, lines: list[dict[str, Any]]) -> Path:
        """A plan."""
        path = self.folder / "plan.jsonl"
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
        return path

    def rows(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        with self._opened() as register:
            return [dict(row) for row in register.execute(statement, values)]

    def states(self) -> dict[str, str]:
        return {row["name"]: row["state"] for row in self.rows("SELECT name, state FROM intention ORDER BY number")}

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.register, timeout=30)) as register:
            register.row_factory = sqlite3.Row
            yield register


_SILENT: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
