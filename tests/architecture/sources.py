"""The project's own files, for the guards that read them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
NOT_THE_PRODUCT = {"tests", "bench", "faults", "fuzz", "var", "setup", "docs", "static", "locale", "node_modules"}


def packages() -> list[Path]:
    """The top-level packages of the product."""
    found = [path.parent for path in CHECKOUT.glob("*/__init__.py")]
    return sorted(path for path in found if path.name not in NOT_THE_PRODUCT)


def modules() -> list[Path]:
    """Every module of the product, migrations apart."""
    found = [path for package in packages() for path in package.rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def import_all() -> None:
    """Import every module of the product, so that whatever it declares is declared; programs and settings apart."""
    for path in modules():
        if path.stem not in ("__main__", "asgi", "wsgi") and "settings" not in path.parts:
            dotted = ".".join(path.with_suffix("").relative_to(CHECKOUT).parts)
            importlib.import_module(dotted.removesuffix(".__init__"))


def templates() -> list[Path]:
    return sorted(path for path in (CHECKOUT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last word of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""), node
