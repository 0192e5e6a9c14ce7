"""For the tests: the addresses come from the test bed, the session works as the runtime role."""

import os

from wbcj.settings import environment
from wbcj.settings.base import *  # noqa: F403
from wbcj.settings.base import STATE_DIR, WBCJ_RUNTIME_ROLE

# The owner signs in, so that a test may change sides on its one connection; it begins as the runtime role.
DATABASES = {"default": environment.database(environment.addresses().database_owner_url, role=WBCJ_RUNTIME_ROLE)}
DATABASES["default"]["CONN_MAX_AGE"] = 0

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Several test processes share one broker; each has queues of its own.
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"test-{os.getpid()}-"}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# The receivers of the tests listen on loopback.
WBCJ_WEBHOOK_NETWORKS = ["127.0.0.0/8", "::1/128"]
WBCJ_DOCUMENTS = STATE_DIR / "test" / "documents"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "documents": {
        "BACKEND": "foundation.documents.storage.DurableFiles",
        "OPTIONS": {"location": str(WBCJ_DOCUMENTS)},
    },
}
