"""``python -m faults [interruption] [lab]``: start servers of its own, cut and kill, print and write what came of it."""

import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

from faults import STATE
from foundation.servers.embedded import Servers

SEED = 20261125


def main(arguments: list[str]) -> None:
    """Everything, or the part that is named; ``share`` is one process of the interruptions."""
    seed = int(os.environ.get("SEED", SEED))
    # Asked to end, everything that was started ends as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Started in the background, a shell has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if arguments[:1] == ["share"]:
        _set_up()
        importlib.import_module("faults.interruption.run").share(*map(int, arguments[1:]))
        return
    parts = arguments or ["interruption", "lab"]
    if "interruption" in parts:
        with servers():
            _set_up()
            claims = importlib.import_module("faults.interruption.run").main(seed)
            importlib.import_module("faults.report").told("interruption", claims, seed=seed)
    if "lab" in parts:
        with servers():
            _set_up()
            run = importlib.import_module("faults.lab.run")
            claims = run.main(seed, run.asked(), STATE / "lab")
            importlib.import_module("faults.report").told("lab", claims, seed=seed)


@contextmanager
def servers() -> Iterator[None]:
    """Servers below var/faults, unless the environment names others; they stop with us."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    own = Servers.below(STATE, lasting=False)
    own.start()
    os.environ.update(own.addresses().environment())
    try:
        yield
    finally:
        own.stop()
        for name in own.addresses().environment():
            del os.environ[name]


def _set_up() -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wbcj.settings.test"
    django.setup()


if __name__ == "__main__":
    main(sys.argv[1:])
