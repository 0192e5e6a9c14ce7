"""What the set-up depends on, as one name: while it is the same, a step done once need not be done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
STATE = CHECKOUT / "var"
NOT_OURS = {"var", "tests", "bench", "faults", "fuzz", "examples", "docs", ".git"}
PASSING = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def fingerprint(*extra: str) -> str:
    """Name the content of every file that the product is made of."""
    digest = hashlib.sha256(repr(extra).encode())
    for path in _files():
        digest.update(f"{path.relative_to(CHECKOUT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files() -> Iterable[Path]:
    folders = [path for path in CHECKOUT.iterdir() if path.is_dir() and path.name not in NOT_OURS]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sorted(path for path in paths if not PASSING & set(path.parts))
