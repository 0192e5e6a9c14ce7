"""How many bodies a web process reads at once. Each takes a thread for as long as its line is slow; the others are for pages."""

from __future__ import annotations

import threading

from django.conf import settings

_free = threading.BoundedSemaphore(settings.WBCJ_UPLOADS_AT_ONCE)


def take() -> bool:
    """Take a place, if one is free; whoever took it gives it back."""
    return _free.acquire(blocking=False)


def give_back() -> None:
    """The body has been read."""
    _free.release()
