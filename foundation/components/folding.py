"""One Latin key for a word, whatever its script and diacritics; the search compares keys only.

A key is for finding, never for showing, so two words that merely look alike may meet; equal words must. The rules:

- case, accents and surplus blanks do not count: `Shkodër`, `SHKODER`; `Petrović`, `Petrovic`; `ç` is `c`.
- Cyrillic is written in Latin letters, so `Љубљана` meets `Ljubljana` and `Џемаил` meets `Džemail`.
- the soft pairs meet in one key each, since Serbian, Macedonian and passports write them differently:
  `đ ђ ѓ dj gj` become `gj`; `ć č ћ ч ќ kj ch` become `c`; `š ш sh` become `s`; `ž ж zh` become `z`;
  `dž џ ѕ dzh` become `dz`.
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        **dict(zip("абвгдезијклмнопрстуфхц", "abvgdezijklmnoprstufhc", strict=True)),
        "ђ": "gj",
        "ѓ": "gj",
        "đ": "gj",
        "ǵ": "gj",
        "ð": "gj",
        "ћ": "c",
        "ќ": "c",
        "ч": "c",
        "ḱ": "c",
        "љ": "lj",
        "њ": "nj",
        "џ": "dz",
        "ѕ": "dz",
        "ш": "s",
        "ж": "z",
        # Letters of neighbours' names (Bulgarian, Russian, Ukrainian) and of other Latin alphabets.
        "й": "j",
        "щ": "st",
        "ъ": "a",
        "ь": "",
        "ы": "i",
        "э": "e",
        "ю": "ju",
        "я": "ja",
        "є": "e",
        "і": "i",
        "ї": "i",
        "ł": "l",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
    }
)
_PAIRS: Final = (
    (re.compile("dj"), "gj"),
    (re.compile("(?:kj|c)h*"), "c"),
    (re.compile("sh+"), "s"),
    (re.compile("zh+"), "z"),
)


def fold(text: str) -> str:
    """The search key of a text; folding a key again changes nothing."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    latin = unicodedata.normalize("NFC", composed).translate(_LETTERS)
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(mark))
    key = bare.casefold().translate(_LETTERS)
    for pattern, letters in _PAIRS:
        key = pattern.sub(letters, key)
    return " ".join(key.split())
