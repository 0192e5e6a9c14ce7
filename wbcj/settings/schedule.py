"""What the clock (Celery's beat) wakes, and when. Hours are UTC; the rows are the truth, so a tick that is missed costs time alone."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab


def _every(task: str, period: timedelta) -> dict[str, Any]:
    # A hint that no worker took in time is worth nothing: the next one comes.
    return {"task": task, "schedule": period, "options": {"expires": period.total_seconds()}}


_TICK, _HOUR = timedelta(seconds=5), timedelta(hours=1)
CELERY_BEAT_SCHEDULE = {
    "sweep": _every("foundation.jobs.tasks.sweep", _TICK),
    "deliver": _every("foundation.notifications.tasks.deliver", _TICK),
    "remind": _every("foundation.notifications.tasks.sweep_reminders", _TICK),
    "webhooks": _every("foundation.webhooks.tasks.deliver", _TICK),
    "check files": {
        "task": "foundation.documents.tasks.check_files",
        # The partners' night, in UTC.
        "schedule": crontab(hour="20-23,0-3", minute="*/2"),
        "options": {"expires": 110},
    },
    "sweep orphans": _every("foundation.documents.tasks.sweep_orphans", 6 * _HOUR),
    "forget changes": _every("foundation.access.tasks.forget_changes", _HOUR),
    "forget drafts": _every("foundation.pages.tasks.forget_drafts", _HOUR),
    "forget mails": _every("foundation.notifications.tasks.forget_deliveries", _HOUR),
    "forget webhooks": _every("foundation.webhooks.tasks.forget_deliveries", _HOUR),
    "forget receipts": _every("foundation.pages.tasks.forget_receipts", _HOUR),
}
