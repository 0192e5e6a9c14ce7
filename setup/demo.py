"""`make demo`: prepare, start web, worker and clock, say where and as whom to sign in, and watch until Ctrl-C."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import psycopg
from celery import Celery

from foundation.servers import provision
from foundation.servers.embedded import Addresses, Servers
from foundation.servers.postgres import ServerFailed
from foundation.servers.privilege import CannotDropRoot
from foundation.servers.processes import wait_until
from foundation.servers.state import State, is_free
from setup.environment import SAID
from setup.parts import Part, PartKeepsEnding, demo_parts
from setup.preparation import Preparation, StepFailed
from setup.progress import say, write
from setup.sources import STATE, fingerprint

WEB_PORTS = range(8000, 9000)
GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


class CannotStart(Exception):
    """The demo cannot start; the message says what to do."""


def main() -> None:
    """Run the demo until it is told to stop."""
    # Ctrl-C too: a shell that starts us in the background would have it ignored.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _interrupt)
    try:
        with only_one(), servers() as addresses:
            run(addresses)
    except KeyboardInterrupt:
        say("stopped")
    except (CannotStart, CannotDropRoot, ServerFailed, StepFailed, PartKeepsEnding) as error:
        sys.exit(f"\nThe demo stopped: {error}")
    except OSError as error:
        if error.errno not in SAID:
            raise
        sys.exit(f"\nThe demo stopped: {SAID[error.errno].format(path=error.filename or STATE)}")


def run(addresses: Addresses) -> None:
    """Prepare, start the parts, print where they are, and watch them."""
    built_in = Servers.below(STATE)
    end_leftovers()
    port = free_port(built_in.state)
    environment = environment_of(addresses, port=port)
    preparation = Preparation(inputs=inputs(), environment=environment)
    preparation.run()
    parts = demo_parts(port=port, environment=environment, python=sys.executable)
    try:
        start(parts)
        wait_for_answers(parts, port=port, redis_url=addresses.redis_url)
        introduce(port, preparation.people())
        watch(parts)
    finally:
        stop(parts)


def end_leftovers() -> None:
    """End what a killed demo of this checkout left behind; its web server would hold the port."""
    for part in demo_parts(port=0, environment={}, python=sys.executable):
        left = part.kill_leftovers()
        if left:
            say(f"ended {left} {part.name} processes of an earlier demo that was killed")


def free_port(state: State) -> int:
    """The port of the last time, or another one when a stranger holds it now."""
    port = state.port("web", WEB_PORTS)
    if is_free(port):
        return port
    other = state.choose_port("web", WEB_PORTS)
    say(f"port {port} is taken by another program; the demo takes {other}")
    return other


def environment_of(addresses: Addresses, *, port: int) -> dict[str, str]:
    """What every process of the demo is told; links in its mails lead to its own port."""
    return {
        **addresses.environment(),
        "WBCJ_DEMO": "1",
        "WBCJ_ADDRESS": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "wbcj.settings.production",
    }


@contextmanager
def only_one() -> Iterator[None]:
    """Refuse to run beside another demo of the same checkout; a killed one holds no lock."""
    lock_file = Servers.below(STATE).state.private("run") / "demo.lock"
    with lock_file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            port = Servers.below(STATE).state.port("web", WEB_PORTS)
            raise CannotStart(f"it runs already in this checkout: http://localhost:{port}") from None
        yield


@contextmanager
def servers() -> Iterator[Addresses]:
    """Lend the database and Redis: the given ones, else the built-in ones, stopped afterwards if started here."""
    if any(os.environ.get(name) for name in GIVEN):
        yield given_addresses()
        return
    built_in = Servers.below(STATE)
    kept = STATE / "run" / "servers-of-the-demo"
    started = built_in.start()
    if started:
        # Remembered across a kill -9: the next demo stops what this one started.
        kept.touch()
        say("PostgreSQL and Valkey")
    try:
        yield built_in.addresses()
    finally:
        if kept.exists():
            built_in.stop()
            kept.unlink()


def given_addresses() -> Addresses:
    """The servers of the environment; where one database login is given, both roles are made with it."""
    database, owner, redis = (os.environ.get(name, "") for name in GIVEN)
    if database and redis and owner:
        return Addresses(database, owner, redis)
    if not database or not redis:
        raise CannotStart(
            "set DATABASE_URL and REDIS_URL, or none of them for the built-in servers. DATABASE_OWNER_URL may be left out "
            "when DATABASE_URL is the login of an administrator: both roles are then made with it."
        )
    logins = provision.Logins.made_for(database, Servers.below(STATE).state)
    try:
        provision.provide(database, logins, correct_passwords=False)
    except (provision.MayNotMakeRoles, provision.RoleIsTaken) as error:
        raise CannotStart(str(error)) from None
    except psycopg.Error as error:
        raise CannotStart(f"the database of DATABASE_URL does not answer ({type(error).__name__}).") from None
    say("both roles and the database, made with the login of DATABASE_URL")
    return Addresses(logins.runtime_url, logins.owner_url, redis)


def inputs() -> str:
    """What the steps depend on: the files, the database and, outside the built-in servers, always this very run."""
    cluster = STATE / "postgres" / "PG_VERSION"
    if os.environ.get("DATABASE_URL") or not cluster.exists():
        return fingerprint(str(time.time()))
    return fingerprint(str(cluster.stat().st_mtime_ns))


def start(parts: list[Part]) -> None:
    """Start every part with a new log."""
    for part in parts:
        Path(part.log).parent.mkdir(exist_ok=True)
        Path(part.log).unlink(missing_ok=True)
        part.start()


def wait_for_answers(parts: list[Part], *, port: int, redis_url: str) -> None:
    """Wait until the web server is ready for work and both workers answer."""
    broker = Celery(broker=redis_url)
    questions: dict[str, Callable[[], bool]] = {
        "web": lambda: is_ready(f"http://127.0.0.1:{port}/health/ready/"),
        **{name: partial(is_alive, broker, name) for name in ("worker", "slow")},
    }
    for part in parts:
        wait_for(part, questions.get(part.name, lambda: True))
        say(f"{part.name} {'answers' if part.name in questions else 'runs'}")


def wait_for(part: Part, answers: Callable[[], bool]) -> None:
    """Wait until a part answers; give up at once when it ends."""
    in_time = wait_until(lambda: part.ended() is not None or answers(), seconds=60)
    if part.ended() is not None:
        raise CannotStart(f"the {part.name} process ended at once; see {part.log}.")
    if not in_time:
        raise CannotStart(f"the {part.name} process does not answer; see {part.log}.")


def is_alive(broker: Celery, name: str) -> bool:
    """Ask one worker by its name."""
    return bool(broker.control.ping(destination=[f"{name}@{socket.gethostname()}"], timeout=1.0))


def is_ready(address: str) -> bool:
    """Ask the readiness endpoint, which answers with an error while something is away."""
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server on loopback
    except OSError:
        return False
    return True


def introduce(port: int, people: str) -> None:
    """Print the address and the people."""
    say("ready")
    write(f"\n{people}\n\nWBCJ Coordination runs at http://localhost:{port} (Ctrl-C stops it)\n")


def watch(parts: list[Part]) -> None:
    """Start again whatever ends, servers included, until the demo is told to stop."""
    built_in = None if os.environ.get("DATABASE_URL") else Servers.below(STATE)
    while True:
        time.sleep(1)
        if built_in is not None and not (built_in.postgres.process() and built_in.valkey.process()):
            say(f"started again: {', '.join(built_in.start())}")
        for part in parts:
            code = part.ended()
            if code is not None:
                part.start_again()
                say(f"the {part.name} process ended with {code} and was started again")


def stop(parts: list[Part]) -> None:
    """Stop every part; a second Ctrl-C does not disturb it, for it takes no longer than some seconds."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    for part in reversed(parts):
        part.ask_to_stop()
    for part in reversed(parts):
        part.stop(patience=10)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
