"""The background worker and the clock that wakes it: `celery -A wbcj.celery worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbcj.settings.production")
app = Celery("wbcj")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
