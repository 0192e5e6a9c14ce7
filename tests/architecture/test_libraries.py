"""Libraries that open files, connections or foreign bytes are used in one place each, where their bounds are set."""

from __future__ import annotations

import ast

import pytest

from tests.architecture import sources

SEALS = {"foundation/documents/seals/sealing.py", "foundation/documents/seals/inspecting.py"}
# The offline check of signed packages stands by itself: it is run where there is nothing of the product but its files.
PACKAGES = {"jits/package/signatures.py"}
ONLY_IN = {
    "pyhanko": SEALS | PACKAGES | {"jits/package/revision.py"},
    "pyhanko_certvalidator": SEALS | PACKAGES,
    "weasyprint": {"foundation/documents/rendering/fetcher.py", "foundation/documents/rendering/printer.py"},
}


def imported(path) -> set[str]:
    """The top-level packages that a module imports."""
    found = set()
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_where_it_belongs(library):
    where = {sources.name(path) for path in sources.modules() if library in imported(path)}

    assert where == ONLY_IN[library]
