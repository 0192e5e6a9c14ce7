"""What must be done before the product can start, each step once for each state of the files it depends on."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from setup.progress import say
from setup.sources import CHECKOUT, STATE

PEOPLE = STATE / "demo-people.txt"


class StepFailed(Exception):
    """A step of the set-up did not succeed; the message is what it said."""


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """The steps for one state of the files (`inputs`) with one set of addresses (`environment`)."""

    inputs: str
    environment: dict[str, str]

    def run(self) -> None:
        """Two chains side by side: the front-end files need no database."""
        with ThreadPoolExecutor() as pool:
            chains = [pool.submit(self._database), pool.submit(self._static_files)]
            for chain in chains:
                chain.result()

    def _database(self) -> None:
        self.once("migrate", lambda: self.manage("migrate", "--no-input", role="owner"), "tables")
        self.once("reference", lambda: self.manage("load_reference_data"), "reference data")
        self.once("world", lambda: self.manage("load_demo_world"), "demo world")
        self.once("people", lambda: PEOPLE.write_text(self.manage("demo_people")), "demo people")

    def _static_files(self) -> None:
        self.once("assets", self._fetch_assets, "front-end files")
        self.once("static", lambda: self.manage("collectstatic", "--no-input"), "static files")

    def people(self) -> str:
        """The table of the people who may sign in."""
        return PEOPLE.read_text().rstrip()

    def _fetch_assets(self) -> None:
        try:
            self.manage("fetch_assets")
        except StepFailed as error:
            # The pages look finished and work with the project's own style alone.
            say(f"front-end files could not be fetched; going on without them ({str(error).splitlines()[-1]})")

    def once(self, step: str, work: Callable[[], object], label: str) -> None:
        """Do a step unless it was done for the same inputs."""
        stamp = STATE / "stamps" / step
        if stamp.exists() and stamp.read_text() == self.inputs:
            return
        work()
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(self.inputs)
        say(label)

    def manage(self, *command: str, role: str = "runtime") -> str:
        """Run a management command without a limit of time, for no page waits behind it; return what it says."""
        result = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT,
            env={**os.environ, **self.environment, "WBCJ_DATABASE_ROLE": role, "WBCJ_STATEMENT_TIMEOUT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise StepFailed(f"manage.py {' '.join(command)} failed:\n{(result.stderr or result.stdout).strip()}")
        return result.stdout
