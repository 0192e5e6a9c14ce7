"""`make fuzz`: every operation of the API asked at random, as its document allows and as it forbids, by six systems."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
STATE = CHECKOUT / "var" / "fuzz"
SEED = 20261130
