"""`make reset`: stop this checkout's servers and forget its state; the Python environment and fetched files stay."""

import shutil

from foundation.servers.embedded import Servers
from setup.demo import CannotStart, only_one
from setup.parts import demo_parts
from setup.progress import say, write
from setup.sources import STATE

KEPT = {"venv", "uv", "assets", "environment.lock"}


def main() -> None:
    """Stop, then delete all but what can only be fetched."""
    try:
        with only_one():
            for part in demo_parts(port=0, environment={}, python=""):
                part.kill_leftovers()
            Servers.below(STATE).stop()
            Servers.below(STATE / "test", lasting=False).stop()
            forget()
    except CannotStart as error:
        raise SystemExit(f"Stop the demo first: {error}") from None
    say("forgotten; the next `make demo` begins anew")


def forget() -> None:
    """Delete the state."""
    for path in sorted(STATE.iterdir()):
        if path.name in KEPT:
            continue
        write(f"  deletes {path.name}")
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


if __name__ == "__main__":
    main()
