"""`make bench`: what permission costs, measured side by side with the same work without it. Ratios, never times, are claimed."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
