"""The product as it really runs, for journeys: its own web process, on a clone of the demo world."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.servers.processes import wait_until
from foundation.servers.state import is_free
from tests.bed import databases

CHECKOUT = Path(__file__).resolve().parents[2]
LOGS = CHECKOUT / "var" / "test" / "logs"
PORTS = range(31_000, 32_000)


@dataclass(frozen=True)
class Site:
    """A running product: where it answers, and the environment of any command that works on its database."""

    address: str
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """Run a management command on this site's database, as the runtime role."""
        result = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return result.stdout


@contextmanager
def running(
    template: databases.Template, *, settings: str = "production", documents: Path = databases.DOCUMENTS
) -> Iterator[Site]:
    """Start web server and worker on a clone of the template, with the settings of the demo."""
    with databases.clone(template) as name:
        site = _site(name, settings=settings, documents=documents)
        site.run("collectstatic", "--no-input", "--verbosity", "0")
        with _answering(site), _process(site, "celery", *_worker(name)):
            yield site


@contextmanager
def serving(name: str, **more: str) -> Iterator[Site]:
    """The web server alone, on a database that stands: enough for the API. ``more`` is what the environment says besides."""
    site = _site(name, settings="production", documents=databases.DOCUMENTS)
    site.environment.update(more)
    with _answering(site):
        yield site


def _site(name: str, *, settings: str, documents: Path) -> Site:
    environment = {
        **os.environ,
        **databases.environment(name),
        "DJANGO_SETTINGS_MODULE": f"wbcj.settings.{settings}",
        "WBCJ_DATABASE_ROLE": "runtime",
        "WBCJ_DEMO": "1",
        "WBCJ_DOCUMENTS": str(documents),
        # The worker hears of work through a queue of its own, whoever else uses the same Redis.
        "WBCJ_QUEUE": name,
        # Receivers of webhooks are on this machine.
        "WBCJ_WEBHOOK_NETWORKS": "127.0.0.0/8",
    }
    return Site(f"http://localhost:{free_port()}", environment)


@contextmanager
def _answering(site: Site) -> Iterator[None]:
    with _process(site, "granian", *_web(int(site.address.rpartition(":")[2]))):
        if not wait_until(lambda: _answers(f"{site.address}/health/ready/"), seconds=120):
            raise TimeoutError(f"The site did not answer; see {LOGS / 'granian.log'}.")
        yield


def _web(port: int) -> tuple[str, ...]:
    serve = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "8")
    return (*serve, "wbcj.wsgi:application")


def _worker(name: str) -> tuple[str, ...]:
    # Beat rides along: without it nothing would sweep.
    schedule = str(LOGS / f"{name}.beat")
    return ("-A", "wbcj.celery", "worker", "--pool", "solo", "--beat", "--schedule", schedule, "--hostname", name)


@contextmanager
def _process(site: Site, module: str, *arguments: str) -> Iterator[None]:
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{module}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=CHECKOUT, env=site.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    start = os.getpid() % len(PORTS)
    candidates: list[int] = [*PORTS[start:], *PORTS[:start]]
    return next(filter(is_free, candidates))


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True
