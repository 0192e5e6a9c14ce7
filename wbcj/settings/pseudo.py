"""As in production, with the pseudo-locale among the languages: for journeys through the product in it."""

from wbcj.settings import languages
from wbcj.settings.production import *  # noqa: F403
from wbcj.settings.production import LANGUAGES, LOCALE_PATHS, STATE_DIR

LANGUAGES = [*LANGUAGES, languages.PSEUDO]
LOCALE_PATHS = [*LOCALE_PATHS, STATE_DIR / "locale"]
