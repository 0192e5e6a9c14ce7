"""What a paper is made with besides its data: one short name for template, frame, stylesheet, typefaces and words."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import to_locale

from foundation.components import fonts
from foundation.documents.rendering import table

FRAME = "documents/pdf/paper.html"


@cache
def edition(template: str, language: str) -> str:
    """Changes when the paper would look or read differently with equal data; read once in the life of a process."""
    digest = hashlib.sha256(repr(sorted(fonts.fetched(Path(settings.FONTS_DIR)))).encode())
    for path in (*_templates(template), Path(table.__file__).with_name("paper.css"), *_catalog(language)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _templates(template: str) -> list[Path]:
    """Whatever stands in the folder of the paper's template, for it may be made of parts, and the frame of all papers."""
    own = _path(template)
    return [*sorted(own.parent.glob("*.html")), _path(FRAME)]


def _path(template: str) -> Path:
    origin = get_template(template).template.origin  # type: ignore[attr-defined]  # Django's own engine has one
    return Path(str(origin.name))


def _catalog(language: str) -> list[Path]:
    found = (Path(folder) / to_locale(language) / "LC_MESSAGES" / "django.mo" for folder in settings.LOCALE_PATHS)
    return [path for path in found if path.is_file()]
