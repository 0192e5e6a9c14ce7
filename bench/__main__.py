"""Start servers of the bench's own, tell the settings where they are, and measure."""

import importlib
import os
import sys

import django

from bench import CHECKOUT
from foundation.servers.embedded import Servers

SECTIONS = {
    "access": "bench.run",
    "api": "bench.api",
    "files": "bench.files",
    "papers": "bench.papers",
    "reminders": "bench.reminders",
}
"""Name of a section -> its module; each writes a report of its own."""


def main() -> None:
    """Measure; the servers stop with us when we started them."""
    if os.environ.get("DATABASE_URL"):
        measure()
        return
    servers = Servers.below(CHECKOUT / "var" / "bench", lasting=False)
    started = servers.start()
    os.environ.update(servers.addresses().environment())
    try:
        measure()
    finally:
        if "postgres" in started:
            servers.stop()


def measure() -> None:
    """Run the sections named on the command line, or all, below Django, whose settings can be read only now."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wbcj.settings.test"
    django.setup()
    for section in sys.argv[1:] or SECTIONS:
        importlib.import_module(SECTIONS[section]).main()


if __name__ == "__main__":
    main()
