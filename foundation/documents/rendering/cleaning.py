"""What is taken out of a text before it is printed: signs that show nothing and change what the reader believes to read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Controls (tab and line ends stay), those that turn or hide the order of letters, and halves of pairs: on paper nobody can see
# that they are there.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_MARKS_IN_A_ROW: Final = 4
_MARK: Final = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS: Final = re.compile(f"{_MARK}{{{_MARKS_IN_A_ROW},}}")
_PIECE: Final = 40
_ENDLESS: Final = re.compile(rf"[^\s\u200b]{{{2 * _PIECE},}}")


def cleaned(text: str) -> str:
    """The text in composed form, without unseen controls, and with no more marks above one letter than any language writes."""
    seen = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", _MARKS.sub(lambda marks: marks[0][:_MARKS_IN_A_ROW], seen))


def breakable(text: str) -> str:
    """The text with places at which a line may end inside words that no language has: such a word would take minutes to lay out."""
    return _ENDLESS.sub(lambda word: "\u200b".join(_pieces(word[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[start : start + _PIECE] for start in range(0, len(word), _PIECE)]
