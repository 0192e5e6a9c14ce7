"""Lines of progress with the seconds since `make` began."""

import os
import sys
import time

BEGAN = float(os.environ.get("WBCJ_BEGAN") or time.time())


def say(text: str) -> None:
    """Print one line of progress."""
    write(f"[{time.time() - BEGAN:6.1f} s] {text}")


def write(text: str) -> None:
    """Print a line as it is."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
