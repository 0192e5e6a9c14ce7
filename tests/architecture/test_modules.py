"""Modules have telling names and sizes, and import at their top."""

import ast
from pathlib import Path

import pytest

from tests.architecture import sources

REFUSED = {"utils", "util", "helpers", "helper", "common", "services", "service", "managers", "manager", "misc"}
IMPORTS_LATER = {"wbcj/apps.py": "roles and composition import every app, which only stand once all are loaded"}
LONGER = {"cases/invitations/actions.py send": "its invitation has fourteen fields, and they are set in one place"}
STORIES = "wbcj/demo/stories/"  # told from top to bottom, one act a line
FILE, FUNCTION = 300, 40


def imports_inside_functions(path: Path) -> list[int]:
    functions = [n for n in ast.walk(sources.tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = (node for function in functions for node in ast.walk(function))
    return sorted({node.lineno for node in inner if isinstance(node, ast.Import | ast.ImportFrom)})


def test_nothing_is_imported_inside_a_function():
    found = {sources.name(path): lines for path in sources.modules() if (lines := imports_inside_functions(path))}
    assert found.keys() - IMPORTS_LATER.keys() == set(), found
    assert IMPORTS_LATER.keys() - found.keys() == set(), "stale exceptions"


def test_no_module_is_named_after_nothing():
    named = {sources.name(p) for p in sources.modules() if p.stem in REFUSED or p.parent.name in REFUSED}
    assert named == set()


@pytest.mark.parametrize("path", sources.modules(), ids=sources.name)
def test_files_and_functions_are_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.FunctionDef):
            name = f"{sources.name(path)} {node.name}"
            longer = name in LONGER or sources.name(path).startswith(STORIES)
            assert body_lines(node) <= FUNCTION or longer, name


def test_no_stale_exceptions():
    functions = {
        f"{sources.name(path)} {node.name}": body_lines(node)
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name for name in LONGER if functions.get(name, 0) <= FUNCTION} == set()


def body_lines(function: ast.FunctionDef) -> int:
    """Lines of what it does: keyword-only signatures and docstrings may be as long as they need."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_no_app_imports_the_project():
    """`wbcj` hands roles and composition over at start-up; no app reaches for them."""
    wrong = [
        sources.name(path)
        for path in sources.modules()
        if path.relative_to(sources.CHECKOUT).parts[0] != "wbcj"
        for node in ast.walk(sources.tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "wbcj")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "wbcj" for alias in node.names))
    ]
    assert wrong == []


def test_no_model_signals():
    used = [
        sources.name(path)
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals")
    ]
    assert used == []
