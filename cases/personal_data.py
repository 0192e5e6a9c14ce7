"""A soft check for personal data in a text that should hold none. It warns; a person decides."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PATTERNS: tuple[tuple[re.Pattern[str], Promise | str], ...] = (
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"), _("a bank account number (IBAN)")),
    (re.compile(r"\b[A-Z]\d{8}[A-Z]\b"), _("a personal number")),
    (re.compile(r"(?<![\d/-])\d{10}(?:\d{3})?(?![\d/-])"), _("a personal number")),
    (re.compile(r"(?<!\w)(?:\+|00)\d(?:[ ./-]?\d){7,13}(?!\d)"), _("a telephone number")),
    (re.compile(r"(?<!\w)0\d{1,2}[ /-]\d{3}[ -]?\d{3,4}(?!\d)"), _("a telephone number")),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), _("an e-mail address")),
)


def found_in(text: str) -> list[str]:
    """What looks like personal data, in words, each kind once."""
    return list(dict.fromkeys(str(words) for pattern, words in _PATTERNS if pattern.search(text)))
