"""For whoever works on the code: errors in the browser, plain HTTP on loopback, mail into a folder."""

from wbcj.settings import languages
from wbcj.settings.base import *  # noqa: F403
from wbcj.settings.base import LANGUAGES, LOCALE_PATHS, STATE_DIR

DEBUG = True
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(STATE_DIR / "mail")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if (STATE_DIR / "locale" / "en_XA").is_dir():  # made by `make messages`
    LANGUAGES = [*LANGUAGES, languages.PSEUDO]
    LOCALE_PATHS = [*LOCALE_PATHS, STATE_DIR / "locale"]
