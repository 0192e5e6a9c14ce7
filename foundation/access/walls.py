"""Wall two as migration operations: the row policies of every protected table.

Each table has policies for the runtime role, which owns nothing and cannot bypass, and one for its owner (migrations, triggers,
definer functions). A policy looks through the root, so an expired or revoked share closes every child row at once. OFFSET 0 keeps
the planner from hashing all visible roots for one row.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.db import migrations

_SEES_ROOT = "EXISTS (SELECT 1 FROM access_root r WHERE r.id = {table}.{root} OFFSET 0)"
_AUDIENCE = "({table}.audience_id IS NULL OR {table}.audience_id = ANY (access_principals()))"
_FORCED = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_owner ON {table} TO {owner} USING (true) WITH CHECK (true);
"""
_READ = "CREATE POLICY {table}_read ON {table} FOR SELECT TO {runtime} USING ({read});\n"
_WRITE = """
CREATE POLICY {table}_insert ON {table} FOR INSERT TO {runtime} WITH CHECK ({write});
CREATE POLICY {table}_update ON {table} FOR UPDATE TO {runtime} USING ({read} AND {write}) WITH CHECK ({write});
"""
_GRANTED = """
CREATE POLICY {table}_read ON {table} FOR SELECT TO {runtime} USING ({own});
CREATE POLICY {table}_insert ON {table} FOR INSERT TO {runtime} WITH CHECK ({own} AND {table}.granted_by_id = access_membership());
CREATE POLICY {table}_update ON {table} FOR UPDATE TO {runtime} USING ({own})
    WITH CHECK ({own} AND ({table}.revoked_by_id IS NULL OR {table}.revoked_by_id = access_membership()));
"""
_OVERSEEN = """
CREATE POLICY {table}_oversee ON {table} FOR SELECT TO {runtime} USING ({by});
CREATE POLICY {table}_recall ON {table} FOR UPDATE TO {runtime} USING ({by})
    WITH CHECK ({by} AND {table}.revoked_by_id = access_membership());
"""
_DELETE = "CREATE POLICY {table}_delete ON {table} FOR DELETE TO {runtime} USING ({read} AND {write});\n"
_KEEP = "REVOKE DELETE, TRUNCATE ON {table} FROM {runtime};\n"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def role_names() -> dict[str, str]:
    return {"owner": quoted(settings.WBCJ_OWNER_ROLE), "runtime": quoted(settings.WBCJ_RUNTIME_ROLE)}


def sees_root(table: str, root: str = "root_id") -> str:
    """The condition that the row's root is visible."""
    return _SEES_ROOT.format(table=table, root=root)


def sees_row(table: str) -> str:
    """The condition that the row's root is visible and the row meant for everyone or for this reader."""
    return f"{sees_root(table)} AND {_AUDIENCE.format(table=table)}"


def _wall(template: str, table: str, *, read: str, write: str = "") -> migrations.RunSQL:
    names = {"table": table, "read": read, "write": write, **role_names()}
    return migrations.RunSQL(template.format(**names), reverse_sql=migrations.RunSQL.noop)


def root_record_wall(table: str) -> migrations.RunSQL:
    """For the record behind a root: read by all who see the root, written by its contributors."""
    return shared_wall(table, audience=False)


def shared_wall(
    table: str, *, root: str = "root_id", audience: bool = True, deletes: bool = False
) -> migrations.RunSQL:
    """For the child rows of a root. They stay: only where an action deletes rows may the runtime role do so."""
    for_whom = f" AND {_AUDIENCE.format(table=table)}" if audience else ""
    return _wall(
        _FORCED + _READ + _WRITE + (_DELETE if deletes else _KEEP),
        table,
        read=_SEES_ROOT.format(table=table, root=root) + for_whom,
        write=f"access_reaches({table}.{root}, 2)" + for_whom,
    )


def personal_wall(table: str) -> migrations.RunSQL:
    """For the rows of one membership."""
    own = f"{table}.membership_id = access_membership()"
    return _wall(_FORCED + _READ + _WRITE + _DELETE, table, read=own, write=own)


def reader_wall(table: str) -> migrations.RunSQL:
    """For what one reader has of a root (a printout): the own membership's, as long as it sees the root. Whoever views may write."""
    own = f"{sees_root(table)} AND {table}.membership_id = access_membership()"
    return _wall(_FORCED + _READ + _WRITE + _KEEP, table, read=own, write=own)


def granted_wall(table: str, *, own: str) -> migrations.RunSQL:
    """For what somebody grants and takes back in the own name (``granted_by``, ``revoked_by``), read and kept by all who may."""
    names = {"table": table, "own": own, **role_names()}
    return migrations.RunSQL((_FORCED + _GRANTED + _KEEP).format(**names), reverse_sql=migrations.RunSQL.noop)


def overseen_too(table: str, *, by: str) -> migrations.RunSQL:
    """For what is granted: whoever watches over all of it reads it as well, and takes it back in the own name."""
    names = {"table": table, "by": by, **role_names()}
    return migrations.RunSQL(_OVERSEEN.format(**names), reverse_sql=migrations.RunSQL.noop)


def kept_wall(table: str, *, own: str) -> migrations.RunSQL:
    """For what is read and kept by whom the condition names, in nobody's name."""
    return _wall(_FORCED + _READ + _WRITE + _KEEP, table, read=own, write=own)


def rows_stay(*tables: str) -> migrations.RunSQL:
    """For tables whose wall once let the runtime role delete rows that no action deletes."""
    names = [{"table": table, **role_names()} for table in tables]
    statement = "DROP POLICY IF EXISTS {table}_delete ON {table};\n" + _KEEP
    return migrations.RunSQL("".join(statement.format(**name) for name in names), reverse_sql=migrations.RunSQL.noop)


def written_once(*tables: str) -> migrations.RunSQL:
    """For tables whose rows are written and never changed."""
    statement = "REVOKE UPDATE ON {table} FROM {runtime};\n"
    names = [{"table": table, **role_names()} for table in tables]
    return migrations.RunSQL("".join(statement.format(**name) for name in names), reverse_sql=migrations.RunSQL.noop)


def only_added_to(*tables: str) -> migrations.RunSQL:
    """For open tables of the past: the runtime role adds rows and takes none away."""
    names = [{"table": table, **role_names()} for table in tables]
    return migrations.RunSQL("".join(_KEEP.format(**name) for name in names), reverse_sql=migrations.RunSQL.noop)


def read_only_wall(table: str, *, read: str) -> migrations.RunSQL:
    """For tables that the runtime role reads and only definer functions write."""
    shut = "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {runtime};\n"
    return _wall(_FORCED + _READ + shut, table, read=read)


def closed_wall(table: str) -> migrations.RunSQL:
    """For tables that the runtime role neither reads nor writes but through definer functions."""
    return _wall(_FORCED + "REVOKE ALL ON {table} FROM {runtime};\n", table, read="false")


def sql_file(path: Path) -> migrations.RunSQL:
    """A file of functions and triggers, run as it stands."""
    return migrations.RunSQL([(path.read_text(encoding="utf-8"), None)], reverse_sql=migrations.RunSQL.noop)


def functions_again(path: Path, *names: str) -> migrations.RunSQL:
    """For databases that have the file already: these functions of it as they stand there now. ``definer`` and the like must follow,
    for to replace a function is to lose what it was declared to be.
    """
    text = path.read_text(encoding="utf-8")
    return migrations.RunSQL([(_function(text, name), None) for name in names], reverse_sql=migrations.RunSQL.noop)


def _function(text: str, name: str) -> str:
    found = re.search(rf"^CREATE FUNCTION ({name}\(.*?^(?:END )?\$\$;)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise LookupError(name)
    return f"CREATE OR REPLACE FUNCTION {found[1]}"


def definer(*signatures: str) -> migrations.RunSQL:
    """Let the runtime role call these functions, which run as their owner with a fixed search path."""
    statements = [
        f"ALTER FUNCTION {signature} SECURITY DEFINER; ALTER FUNCTION {signature} SET search_path = pg_catalog, public, pg_temp;"
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO {role_names()['runtime']};"
        for signature in signatures
    ]
    return migrations.RunSQL("\n".join(statements), reverse_sql=migrations.RunSQL.noop)


def callable_by_runtime(*signatures: str) -> migrations.RunSQL:
    """Let the runtime role call these functions with its own rights."""
    statements = [f"GRANT EXECUTE ON FUNCTION {signature} TO {role_names()['runtime']};" for signature in signatures]
    return migrations.RunSQL("\n".join(statements), reverse_sql=migrations.RunSQL.noop)
