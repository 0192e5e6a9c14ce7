"""What PostgreSQL says about our tables, policies and functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "TRUNCATE"})


@dataclass
class Table:
    """One table: its row security, its policies by role, and what the runtime role is granted on it."""

    name: str
    forced: bool
    policies: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)  # role -> command, using, check
    granted: set[str] = field(default_factory=set)

    @property
    def deletes(self) -> bool:
        """Does a policy let the runtime role delete rows?"""
        policies = self.policies.get(settings.WBCJ_RUNTIME_ROLE, [])
        return any(command in {"DELETE", "*"} for command, _using, _check in policies)

    @property
    def walled(self) -> bool:
        """The owner has a policy of its own; each thing granted to the runtime role has one too."""
        covered = {command for command, _using, _check in self.policies.get(settings.WBCJ_RUNTIME_ROLE, [])}
        uncovered = set() if "*" in covered else self.granted - covered - {"REFERENCES", "TRIGGER", "MAINTAIN"}
        return self.forced and settings.WBCJ_OWNER_ROLE in self.policies and not uncovered


def application_tables() -> list[str]:
    """The table of every model in our own apps, many-to-many tables included."""
    local = {config.label for config in apps.get_app_configs() if config.name in settings.LOCAL_APPS}
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models if m._meta.app_label in local and m._meta.managed})


def tables() -> dict[str, Table]:
    """Every table of the database by its name."""
    found = {
        name: Table(name, forced)
        for name, forced in rows(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
    }
    commands = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE", "*": "*"}
    for name, role, command, using, check in rows(
        "SELECT c.relname, r.rolname, p.polcmd, coalesce(pg_get_expr(p.polqual, p.polrelid), ''),"
        " coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')"
        " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_roles r ON r.oid = ANY (p.polroles)"
    ):
        found[name].policies.setdefault(role, []).append((commands[command], using, check))
    for name, privilege in rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee = %s",
        settings.WBCJ_RUNTIME_ROLE,
    ):
        if name in found:
            found[name].granted.add(privilege)
    return found


def rows(statement: str, *parameters: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
