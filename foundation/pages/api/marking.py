"""The Kosovo* rule in answers of the API: marked where named, with the footnote once."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from foundation.components import kosovo

FOOTNOTE = "footnote"


def marked(data: dict[str, Any]) -> dict[str, Any]:
    """The same with asterisks and the footnote. For a document that names Kosovo*."""
    made: dict[str, Any] = _asterisked(data)
    return made | {FOOTNOTE: kosovo.footnote(translation.get_language() or "en")}


def _asterisked(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _asterisked(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_asterisked(value) for value in data]
    return kosovo.mark_text(data) if isinstance(data, str) else data
