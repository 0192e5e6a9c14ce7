"""What the clock (Celery's beat) wakes, and when. Hours are UTC; the rows are the truth, so a tick that is missed costs time alone."""

from datetime import timedelta

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "foundation.jobs.tasks.sweep",
        "schedule": timedelta(seconds=5),
        # A hint that no worker took in time is worth nothing: the next one comes.
        "options": {"expires": 5},
    },
    "deliver": {
        "task": "foundation.notifications.tasks.deliver",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "remind": {
        "task": "foundation.notifications.tasks.sweep_reminders",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "webhooks": {
        "task": "foundation.webhooks.tasks.deliver",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "check files": {
        "task": "foundation.documents.tasks.check_files",
        # The partners' night, in UTC.
        "schedule": crontab(hour="20-23,0-3", minute="*/2"),
        "options": {"expires": 110},
    },
    "sweep orphans": {
        "task": "foundation.documents.tasks.sweep_orphans",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "forget changes": {
        "task": "foundation.access.tasks.forget_changes",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget drafts": {
        "task": "foundation.pages.tasks.forget_drafts",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget mails": {
        "task": "foundation.notifications.tasks.forget_deliveries",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget webhooks": {
        "task": "foundation.webhooks.tasks.forget_deliveries",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget receipts": {
        "task": "foundation.pages.tasks.forget_receipts",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
}
