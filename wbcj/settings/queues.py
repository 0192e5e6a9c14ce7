"""Which queue a task waits in. What people wait for (mails, reminders, papers, hints) is never behind what may take minutes.

A worker that is given no queue takes both; one for each is what keeps them apart (setup/parts.py, docker-compose.yml).
"""

from kombu import Queue

CELERY_TASK_DEFAULT_QUEUE = "celery"
SLOW_QUEUE = "slow"
# The routing key is named, for Celery gives the default one to a queue without, and both would get every message.
CELERY_TASK_QUEUES = tuple(Queue(name, routing_key=name) for name in (CELERY_TASK_DEFAULT_QUEUE, SLOW_QUEUE))
# Whatever reads or scans whole files, walks the storage, or waits for somebody else's machine.
CELERY_TASK_ROUTES = {
    "foundation.documents.tasks.inspect_upload": {"queue": SLOW_QUEUE},
    "foundation.documents.tasks.copy_document": {"queue": SLOW_QUEUE},
    "foundation.documents.tasks.check_files": {"queue": SLOW_QUEUE},
    "foundation.documents.tasks.sweep_orphans": {"queue": SLOW_QUEUE},
    # A receiver may take its time.
    "foundation.webhooks.tasks.deliver": {"queue": SLOW_QUEUE},
}
