"""What breaks, on purpose: use-cases cut off at every statement, and workers, clock and servers killed at work."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
STATE = CHECKOUT / "var" / "faults"
