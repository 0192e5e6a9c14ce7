"""``python -m fuzz``: servers of its own unless the environment names others; REQUESTS and SEED choose another size and chance."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from foundation.servers.embedded import Servers
from fuzz import SEED, STATE
from fuzz.ending import Ending


def main(arguments: list[str]) -> None:
    """All of it; ``share`` is one of its processes."""
    ending = Ending().listen()
    with servers():
        STATE.mkdir(parents=True, exist_ok=True)
        os.environ["DJANGO_SETTINGS_MODULE"] = "wbcj.settings.test"
        django.setup()
        run = importlib.import_module("fuzz.run")
        if arguments[:1] == ["share"]:
            run.share(Path(arguments[1]), *map(int, arguments[2:]), ending=ending)
        else:
            requests = int(os.environ.get("REQUESTS", run.FULL))
            run.whole(seed=int(os.environ.get("SEED", SEED)), requests=requests, ending=ending)


@contextmanager
def servers() -> Iterator[None]:
    """Servers below var/fuzz, unless the environment names others; they stop with us when we started them."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    own = Servers.below(STATE, lasting=False)
    started = own.start()
    os.environ.update(own.addresses().environment())
    try:
        yield
    finally:
        if "postgres" in started:
            own.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
