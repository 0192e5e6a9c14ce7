"""Every run-time write to an application table comes from an @action: the connection of the tests notes which does not."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from foundation.workflow.actions import running
from tests.architecture import sources

STATEMENT = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?:ONLY\s+)?"?(\w+)"?', re.IGNORECASE)
# Definer functions that write; the record alone is written by whoever looks, too.
FUNCTION = re.compile(
    r"^\s*SELECT\s+(?:\* FROM\s+)?(access_(?:open_root|grant|revoke|offer|withdraw_offer|accept_offer|decline_offer|touch)"
    r"|notifications_tell|contactgroup_unseal|pages_forget_drafts|pages_forget_receipts|systems_used"
    r"|webhooks_(?:claim|finish|release))\(",
    re.IGNORECASE,
)
NOT_THE_PRODUCT = ("tests", "var", "bench", "faults", "fuzz")
# They write for whoever calls them: the caller is the one to look at.
TOOLS = {
    "foundation/access/ledger.py": "the ledger's own functions",
    "foundation/tenancy/models.py": "a principal saves its group with itself",
    "foundation/tenancy/querysets.py": "a manager's method",
}
# Where nothing of ours wrote, but something stood around it; or where writing is no act of anybody.
NO_ACT = {
    "foundation/components/middleware.py": "stands around every request: sign-in by allauth writes inside",
    "foundation/pages/middleware.py": "stands around every request: sign-in by allauth writes inside",
    "wbcj/sign_in/middleware.py": "stands around every request: sign-in by allauth writes inside",
    "wbcj/sign_in/adapters.py": "hooks of allauth, which writes the moment of the last sign-in itself",
    "wbcj/sign_in/forms.py": "forms of allauth, which writes what they decide",
    "foundation/notifications/delivery/rows.py": "claims, leases and ends of deliveries, for nobody",
    "foundation/webhooks/rows.py": "claims, leases and ends of webhooks, for nobody",
    "foundation/jobs/queue.py": "claims, leases and ends of jobs, for nobody",
    "foundation/notifications/reminders/planning.py": "reminders follow from dates that actions set, for nobody",
    "foundation/notifications/reminders/sweeping.py": "notes of what was planned and how far, for nobody",
    "foundation/notifications/reminders/giving.py": "claims, leases and ends of reminders, for nobody",
}


def written(sql: str) -> str | None:
    """The application table or function that a statement writes by, none when it reads or concerns another table."""
    if found := FUNCTION.match(sql):
        return found.group(1)
    found = STATEMENT.match(sql)
    return found.group(1) if found and found.group(1) in _tables() else None


@cache
def _tables() -> frozenset[str]:
    labels = {config.label for config in apps.get_app_configs() if config.name in settings.LOCAL_APPS}
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if model._meta.app_label in labels)


def writer(frame: FrameType | None) -> str | None:
    """The innermost place in the product that asked for the statement, none when a test did."""
    root = f"{sources.CHECKOUT}/"
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(root) and name != __file__:
            name = name.removeprefix(root)
            if name.split("/")[0] == "tests":
                return None
            if name.split("/")[0] not in NOT_THE_PRODUCT and name not in TOOLS:
                return f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return None


@contextmanager
def noted() -> Iterator[list[str]]:
    """Note each write that no action made."""
    outside: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        target = None if running.get() else written(sql)
        place = writer(sys._getframe(1)) if target else None
        if place and place.rpartition(":")[0] not in NO_ACT:
            outside.append(f"{place} writes by {target}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield outside
