"""Start, stop or describe the built-in servers: `python -m foundation.servers start`."""

import argparse
import shlex
import sys
from pathlib import Path

from foundation.servers.embedded import Servers

CHECKOUT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m foundation.servers", description=__doc__)
    parser.add_argument("command", choices=("start", "stop", "status", "environment"))
    parser.add_argument("--test", action="store_true", help="the servers of the tests")
    chosen = parser.parse_args()
    servers = (
        Servers.below(CHECKOUT / "var" / "test", lasting=False) if chosen.test else Servers.below(CHECKOUT / "var")
    )
    if chosen.command == "start":
        started = servers.start()
        sys.stdout.write(f"started: {', '.join(started) or 'nothing, both run already'}\n")
    elif chosen.command == "stop":
        servers.stop()
    elif chosen.command == "environment":
        for name, value in servers.addresses().environment().items():
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    else:
        for name, process in (("postgres", servers.postgres.process()), ("valkey", servers.valkey.process())):
            sys.stdout.write(f"{name}: {f'runs, pid {process.pid}' if process else 'does not run'}\n")


if __name__ == "__main__":
    main()
