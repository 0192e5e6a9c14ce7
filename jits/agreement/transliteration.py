"""Serbian from Cyrillic to Latin script. The two texts are the same letter by letter, so that only the Cyrillic one is written."""

from __future__ import annotations

import re
from typing import Final

_CYRILLIC: Final = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
_LATIN: Final = (*"ABVGDĐEŽZIJKL", "Lj", "M", "N", "Nj", *"OPRSTĆUFHCČ", "Dž", "Š")
_LETTERS: Final = dict(zip(_CYRILLIC, _LATIN, strict=True)) | {
    upper.lower(): latin.lower() for upper, latin in zip(_CYRILLIC, _LATIN, strict=True)
}
_DOUBLE: Final = re.compile("[ЉЊЏ](?=[А-ЯЂЈЉЊЋЏ])|(?<=[А-ЯЂЈЉЊЋЏ])[ЉЊЏ](?![а-яђјљњћџ])")


def latin(text: str) -> str:
    """The text in Latin script. Among capitals a double letter is capital whole (ЉУБАВ, LJUBAV); other letters stay as they are."""
    whole = _DOUBLE.sub(lambda found: _LETTERS[found[0]].upper(), text)
    return "".join(_LETTERS.get(letter, letter) for letter in whole)
