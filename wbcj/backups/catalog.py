"""The shape of a database as lines of text: tables, policies, functions, grants. Two equal databases have equal lines."""
# ruff: noqa: S608 - the questions are made of the constants of this page alone

from __future__ import annotations

import re

import psycopg

_OURS = "relnamespace = 'public'::regnamespace"
_NOT_OF_AN_EXTENSION = (
    "NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = {table}.oid AND d.classid = '{catalog}'::regclass"
    " AND d.deptype = 'e')"
)
_WHO = "CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END"
_RELATION = _NOT_OF_AN_EXTENSION.format(table="c", catalog="pg_class")
_FUNCTION = _NOT_OF_AN_EXTENSION.format(table="p", catalog="pg_proc")

QUESTIONS = {
    "tables": (
        "SELECT concat_ws(' ', relkind, relname, pg_get_userbyid(relowner), 'rls', relrowsecurity, 'forced', relforcerowsecurity)"
        f" FROM pg_class c WHERE {_OURS} AND relkind IN ('r', 'p', 'v', 'm', 'S') AND {_RELATION}"
    ),
    "columns": (
        "SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,"
        " a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
        f" WHERE c.{_OURS} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND {_RELATION}"
    ),
    "policies": (
        "SELECT concat_ws(' ', tablename, policyname, permissive, roles::text, cmd, 'using', qual, 'check', with_check)"
        " FROM pg_policies WHERE schemaname = 'public'"
    ),
    "functions": (
        "SELECT concat_ws(' ', p.oid::regprocedure, pg_get_userbyid(proowner), 'definer', prosecdef, proconfig::text,"
        " encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex')) FROM pg_proc p"
        f" WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p') AND {_FUNCTION}"
    ),
    "triggers": (
        "SELECT concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        f" WHERE c.{_OURS} AND NOT t.tgisinternal"
    ),
    # From PostgreSQL 18 on NOT NULL is a constraint too; it stands with the columns.
    "constraints": (
        "SELECT concat_ws(' ', c.relname, k.conname, pg_get_constraintdef(k.oid)) FROM pg_constraint k"
        f" JOIN pg_class c ON c.oid = k.conrelid WHERE c.{_OURS} AND k.contype <> 'n'"
    ),
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "extensions": "SELECT extname FROM pg_extension",
    # What an owner may do with its own belongs to the version of the server.
    "grants": (
        f"SELECT concat_ws(' ', c.relname, {_WHO}, a.privilege_type, a.is_grantable) FROM pg_class c,"
        " aclexplode(coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::\"char\" ELSE 'r' END, c.relowner))) a"
        f" WHERE c.{_OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND a.grantee <> c.relowner AND {_RELATION}"
        f" UNION ALL SELECT concat_ws(' ', p.oid::regprocedure, {_WHO}, a.privilege_type, a.is_grantable) FROM pg_proc p,"
        " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        f" WHERE p.pronamespace = 'public'::regnamespace AND a.grantee <> p.proowner AND {_FUNCTION}"
        f" UNION ALL SELECT concat_ws(' ', 'column', c.relname, t.attname, {_WHO}, a.privilege_type)"
        " FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a"
        f" WHERE c.{_OURS} AND a.grantee <> c.relowner"
        f" UNION ALL SELECT concat_ws(' ', 'schema', n.nspname, {_WHO}, a.privilege_type) FROM pg_namespace n,"
        " aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a WHERE n.nspname = 'public' AND a.grantee <> n.nspowner"
        f" UNION ALL SELECT concat_ws(' ', 'default', f.defaclobjtype, pg_get_userbyid(f.defaclrole), {_WHO}, a.privilege_type)"
        " FROM pg_default_acl f, aclexplode(f.defaclacl) a WHERE a.grantee <> f.defaclrole"
    ),
}

# PostgreSQL writes a list of texts in another way once it has been dumped and read again; both mean the same.
REWRITTEN = frozenset({"constraints", "indexes"})
_CASTS = re.compile(r"::character varying(\[\])?|::text(\[\])?|[()]")


def read(connection: psycopg.Connection) -> dict[str, list[str]]:
    """The lines of each question, in the order of their bytes."""
    # Without a search path of ours every name is written in full, whatever the role has set.
    connection.execute("SET search_path TO pg_catalog")
    found = {
        name: sorted(
            _CASTS.sub("", line) if name in REWRITTEN else line for (line,) in connection.execute(question.encode())
        )
        for name, question in QUESTIONS.items()
    }
    connection.execute("RESET search_path")
    return found


def differences(expected: dict[str, list[str]], found: dict[str, list[str]]) -> list[str]:
    """Lines that stand on one side only."""
    said = []
    for name in QUESTIONS:
        before, now = set(expected.get(name, ())), set(found.get(name, ()))
        said += [f"{name}: missing: {line[:200]}" for line in sorted(before - now)]
        said += [f"{name}: too much: {line[:200]}" for line in sorted(now - before)]
    return said


def is_empty(connection: psycopg.Connection) -> bool:
    """Say whether nothing of anybody's stands in the database: no table, view, sequence or function."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND {_RELATION})"
        " OR EXISTS (SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND {_FUNCTION})".encode()
    ).fetchone()
    return row is not None and not row[0]
