"""The seven languages of the project; two of them are not in Django's own list."""

from typing import Any

from django.conf.locale import LANG_INFO

LANGUAGES = [
    ("en", "English"),
    ("sq", "shqip"),
    ("bs", "bosanski"),
    ("mk", "македонски"),
    ("cnr", "crnogorski"),
    ("sr", "српски"),
    ("sr-latn", "srpski (latinica)"),
]

# For tests and development alone: English that shows what is translated, and takes more room (`make messages`).
PSEUDO = ("en-xa", "⟦Pseudo-English⟧")

MONTENEGRIN: dict[str, Any] = {
    "bidi": False,
    "code": "cnr",
    "name": "Montenegrin",
    "name_local": "crnogorski",
}


def add_missing() -> None:
    """Tell Django of Montenegrin, which its own list lacks."""
    LANG_INFO.setdefault("cnr", MONTENEGRIN)
