"""Words of reference data in the active language: as staff wrote them, else as the catalogues of the product have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.db.models import CharField, F, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language, gettext

SOURCE: Final = "en"


def languages() -> list[tuple[str, str]]:
    """The languages into which words are translated, with their own names."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if not code.startswith(SOURCE)]


def said(text: str, translations: Mapping[str, str]) -> str:
    """A text of a row in the active language."""
    return translations.get(get_language() or SOURCE) or (gettext(text) if text else "")


def spoken(path: str, field: str) -> Combinable:
    """The same in a statement, for the rows at that path: what it gives has to go through ``gettext`` afterwards."""
    told = KeyTextTransform(get_language() or SOURCE, KeyTextTransform(field, f"{path}translations"))
    plain = Cast(F(f"{path}{field}"), CharField())
    return Coalesce(NullIf(told, Value("")), plain, output_field=CharField())
