"""Bring the stored search keys of roots up to the rules of ``foundation.components.folding``.

A migration calls this after each change of those rules. It runs as the owner role: no actor sees every root.
"""

from __future__ import annotations

from typing import Any, Final

from foundation.components.folding import fold

_BATCH: Final = 2000


def fold_again(apps: Any, schema_editor: Any = None) -> None:
    """Fold every root again and write those keys that differ; a second run changes nothing."""
    roots = apps.get_model("access", "Root")._default_manager.order_by("pk")
    last = None
    while batch := list((roots if last is None else roots.filter(pk__gt=last))[:_BATCH]):
        last, stale = batch[-1].pk, []
        for root in batch:
            key = fold(f"{root.reference} {root.title}")
            if root.folded != key:
                root.folded = key
                stale.append(root)
        roots.bulk_update(stale, ["folded"])
