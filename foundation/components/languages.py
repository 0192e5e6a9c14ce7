"""The tags of our languages, as browsers, fonts and screen readers know them."""

from typing import Final

_TAGS: Final = {
    "bs": "bs-Latn",
    "cnr": "cnr-Latn",
    "sr": "sr-Cyrl",
    "sr-latn": "sr-Latn",
}


def bcp47(code: str) -> str:
    """The BCP 47 tag of one of our language codes, with its script where two are in use."""
    return _TAGS.get(code, code)
