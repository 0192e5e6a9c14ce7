"""Settings that are the same everywhere. Production values are the default; the other modules relax them."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from wbcj.settings import environment, languages, logs
from wbcj.settings.api import *  # noqa: F403
from wbcj.settings.library import *  # noqa: F403
from wbcj.settings.papers import *  # noqa: F403
from wbcj.settings.queues import *  # noqa: F403
from wbcj.settings.schedule import *  # noqa: F403
from wbcj.settings.webhooks import *  # noqa: F403

BASE_DIR = environment.CHECKOUT
STATE_DIR = environment.STATE
languages.add_missing()
logs.configure()

# The demo: fictional people on loopback. The deploy check refuses it on a public host.
WBCJ_DEMO = environment.flag("WBCJ_DEMO")

DEBUG = False
SECRET_KEY = environment.secret("secret-key")
ALLOWED_HOSTS = environment.listed("WBCJ_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not WBCJ_DEMO]

# --- Apps, lower ones last ---------------------------------------------------
LOCAL_APPS = [
    "wbcj",
    "jits",
    "contactgroup",
    "meetings",
    "cases",
    "partners",
    "foundation.reference",
    "foundation.sharing",
    "foundation.webhooks",
    "foundation.documents",
    "foundation.notifications",
    "foundation.pages",
    "foundation.systems",
    "foundation.jobs",
    "foundation.audit",
    "foundation.access",
    "foundation.tenancy",
    "foundation.components",
]
INSTALLED_APPS = [
    *LOCAL_APPS,
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton",
    "django_htmx",
    "csp",
    "drf_spectacular_sidecar",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "wbcj.static_files.OurStaticFiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "foundation.pages.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # From here on pages alone: static files were compressed beforehand (docs/adr/0012-compressed-pages.md) and are stored for long.
    "foundation.pages.middleware.Unstored",
    "foundation.pages.middleware.Compressed",
    "foundation.components.middleware.KosovoNames",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wbcj.sign_in.middleware.LastSeen",
]

ROOT_URLCONF = "wbcj.urls"
WSGI_APPLICATION = "wbcj.wsgi.application"
ASGI_APPLICATION = "wbcj.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wbcj.home.context.frame",
            ],
        },
        "APP_DIRS": True,
    }
]

# --- Database: one alias; whoever migrates says so and gets the owner's login -----
_addresses = environment.addresses()
WBCJ_RUNTIME_ROLE = environment.role(_addresses.database_url)
WBCJ_OWNER_ROLE = environment.owner_role()
_as_owner = os.environ.get("WBCJ_DATABASE_ROLE", "runtime") == "owner"
STATEMENT_TIMEOUT = os.environ.get("WBCJ_STATEMENT_TIMEOUT", "5s")
DATABASES = {
    "default": environment.database(environment.owner_url())
    if _as_owner
    else environment.database(_addresses.database_url, statement_timeout=STATEMENT_TIMEOUT),
}

# Several copies of the product may share one Redis when each has a name of its own; empty is a name too.
QUEUE = os.environ.get("WBCJ_QUEUE", "")
CACHES = {
    "default": {
        "BACKEND": "wbcj.caches.ForgivingRedis",
        "LOCATION": _addresses.redis_url,
        # A page waits no longer for what it can do without.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        "KEY_PREFIX": f"wbcj-{environment.CHECKOUT_MARK}-{QUEUE}",
    }
}

# --- Background work: the rows are the truth, Redis carries only hints ----------
CELERY_BROKER_URL = _addresses.redis_url
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": QUEUE}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "wbcj.clock.Clock"
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "run" / "beat")

# --- Sign-in -------------------------------------------------------------------
AUTH_USER_MODEL = "tenancy.Account"
AUTHENTICATION_BACKENDS = ["wbcj.sign_in.door.Door"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Before a change of rights one says again who one is, unless one has said so lately. In the demo a sign-in is good for a whole tour.
WBCJ_STEP_UP_AGE = (
    timedelta(hours=2) if WBCJ_DEMO else timedelta(minutes=environment.number("WBCJ_STEP_UP_MINUTES", 15))
)
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(WBCJ_STEP_UP_AGE.total_seconds())

ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False

# --- Sessions: twelve hours at most, kept in the database, read from the cache -----
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = f"wbcj_session_{environment.CHECKOUT_MARK}"
CSRF_COOKIE_NAME = f"wbcj_csrf_{environment.CHECKOUT_MARK}"
LANGUAGE_COOKIE_NAME = f"wbcj_language_{environment.CHECKOUT_MARK}"
# Says that somebody signed in with this browser before; opens nothing.
WBCJ_DEVICE_COOKIE = f"wbcj_device_{environment.CHECKOUT_MARK}"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not WBCJ_DEMO

# --- Transport and headers -----------------------------------------------------
SECURE_SSL_REDIRECT = not WBCJ_DEMO
# The probes of the machine that carries us come without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if WBCJ_DEMO else int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not WBCJ_DEMO
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
WBCJ_BEHIND_PROXY = environment.flag("WBCJ_BEHIND_PROXY")
if WBCJ_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies stand in front and add to X-Forwarded-For; none is trusted by default (foundation/pages/clients.py).
WBCJ_PROXIES = environment.number("WBCJ_PROXIES", 1 if WBCJ_BEHIND_PROXY else 0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# The largest file that may be filed, in bytes. A form with a larger one is answered before it is read.
WBCJ_UPLOAD_LIMIT = environment.number("WBCJ_UPLOAD_MEGABYTES", 2048) * 1024 * 1024
# How many files a web process takes at once. Each holds a thread as long as its line is slow, so more threads have to be there.
WBCJ_UPLOADS_AT_ONCE = environment.number("WBCJ_UPLOADS_AT_ONCE", 2)

# The malware scanner (clamd): tcp://host:port or unix:///path. Not set: files are not scanned, and every page with a file says so.
# Set: no file is handed out before it was scanned, also while the scanner is away.
WBCJ_CLAMD = environment.scanner("WBCJ_CLAMD")

# How long what was typed into a long form and never sent is kept after it was last touched.
WBCJ_DRAFT_DAYS = int(os.environ.get("WBCJ_DRAFT_DAYS", "14"))

CSRF_FAILURE_VIEW = "foundation.pages.errors.expired_form"
# Where links in mails lead.
WBCJ_ADDRESS = os.environ.get("WBCJ_ADDRESS", "http://localhost:8000")

# Who answers for this installation; the privacy and accessibility pages name them, and say so where nobody was named yet.
WBCJ_CONTROLLER = os.environ.get("WBCJ_CONTROLLER", "")
WBCJ_DATA_PROTECTION_OFFICER = os.environ.get("WBCJ_DATA_PROTECTION_OFFICER", "")
WBCJ_CONTACT = os.environ.get("WBCJ_CONTACT", "")

# --- Mail ----------------------------------------------------------------------
EMAIL_BACKEND = "foundation.notifications.delivery.smtp.SmtpBackend"
EMAIL_HOST = os.environ.get("WBCJ_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("WBCJ_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("WBCJ_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.value("WBCJ_MAIL_PASSWORD")
_mail_tls = environment.one_of("WBCJ_MAIL_TLS", ("", "starttls", "tls"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_tls == "starttls", _mail_tls == "tls"
# For each step of a conversation; all of it has an end of its own (foundation/notifications/delivery/smtp.py).
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("WBCJ_MAIL_FROM", "wbcj-coordination@localhost")
if WBCJ_DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(STATE_DIR / "mail")

# --- Documents: kept encrypted, as files; a backup takes them along ------------------
WBCJ_DOCUMENTS = Path(os.environ.get("WBCJ_DOCUMENTS") or STATE_DIR / "documents")
# The master key opens the keys of all files and stands in no backup. While it is rotated the former one is given too.
WBCJ_MASTER_KEY_GIVEN = bool(environment.value("WBCJ_MASTER_KEY"))
WBCJ_MASTER_KEY = environment.secret("master-key")
# Downloads at once in one web process; fewer than it has threads (8, in the image 16), so that pages are answered meanwhile.
WBCJ_DOWNLOADS_AT_ONCE = environment.number("WBCJ_DOWNLOADS_AT_ONCE", 5)
# Files of one export together.
WBCJ_EXPORT_LIMIT = environment.number("WBCJ_EXPORT_MEGABYTES", 4096) * 1024 * 1024
WBCJ_FORMER_MASTER_KEY = environment.value("WBCJ_FORMER_MASTER_KEY")

# --- Languages and time ----------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = languages.LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- Static files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
# Fetched at set-up by name, version and checksum; the product looks finished without them.
ASSETS_DIR = STATE_DIR / "assets"
STATICFILES_DIRS: list[str | Path] = [path for path in (BASE_DIR / "static", ASSETS_DIR) if path.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wbcj.static_files.OurStorage"},
    "documents": environment.documents(WBCJ_DOCUMENTS),
}

LOGGING = logs.LOGGING
SILENCED_SYSTEM_CHECKS = [
    # guardian's backend would answer has_perm() for any account; here only access.require() answers, for an actor.
    "guardian.W001",
]
