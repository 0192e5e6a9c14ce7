"""A title is one line that can be read and clicked: it stands in everybody's lists, and nobody else wrote it."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from foundation.workflow.refusals import Refusal

_UNSEEN = frozenset({"Cf", "Co", "Cn", "Cs"})
"""Marks without a shape of their own: they turn the direction of what follows, or leave a line that cannot be clicked."""
_BREAKS = frozenset({"Cc", "Zl", "Zp"})


class UnableToName(Refusal):
    """Nothing of the title can be read; the message is fit for the user."""


def one_line(title: str) -> str:
    """The title without unseen marks and with breaks as blanks. Raises UnableToName where no letter or figure is left."""
    kept = (
        " " if kind in _BREAKS else "" if kind in _UNSEEN else character
        for character in title
        for kind in (unicodedata.category(character),)
    )
    line = " ".join("".join(kept).split())
    if not any(character.isalnum() for character in line):
        raise UnableToName(_("A title needs a letter or a figure."))
    return line
