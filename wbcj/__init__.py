"""The project: settings, addresses, and what the apps are handed at start-up."""

from wbcj.celery import app as celery_app

__all__ = ["celery_app"]
