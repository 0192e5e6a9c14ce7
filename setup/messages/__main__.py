"""`make messages`: extract what is marked, write the pseudo-locale, and bring the catalogues of translators up to date."""

from __future__ import annotations

import sys

from setup.messages import catalogs, extraction, pseudo
from setup.progress import say
from setup.sources import CHECKOUT, STATE


def main() -> None:
    """`python -m setup.messages [language ...]`: named languages get a catalogue if they have none."""
    source = extraction.ours()
    catalogs.write_template(source, STATE / "locale")
    say(f"var/locale/django.pot: {len(source)} texts")
    pseudo.write(pseudo.translated(extraction.libraries(), source), STATE / "locale")
    say("var/locale/en_XA: the pseudo-locale")
    for language in catalogs.wanted(CHECKOUT / "locale", sys.argv[1:]):
        missing = catalogs.update(source, language, CHECKOUT / "locale")
        say(f"locale/{language}: {len(source) - missing} of {len(source)} texts translated")


if __name__ == "__main__":
    main()
