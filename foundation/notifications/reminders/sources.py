"""Migration operations for a kind of reminders: where its dates stand, and what moves them.

``source`` makes a definer function that lists unfinished obligations as keys and instants, for the planner alone, and triggers that
note each change of them. The planner is nobody, so the function returns nothing that a case says.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import migrations
from django.db.migrations.operations.base import Operation

from foundation.access import walls

_SIGNATURE = "{name}(uuid[], uuid[], timestamptz, uuid, timestamptz, int)"
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}(
    some_keys uuid[], some_roots uuid[], after_at timestamptz, after_key uuid, until_at timestamptz, at_most int)
RETURNS TABLE (obligation uuid, root uuid, due_at timestamptz, principal int, membership uuid)
LANGUAGE plpgsql STABLE ROWS 100 AS $$
#variable_conflict use_column
BEGIN
    IF some_keys IS NOT NULL THEN
        RETURN QUERY SELECT t.{key}, {root}, t.{due}, w.principal, w.membership
          FROM {table} t CROSS JOIN LATERAL ({waits}) AS w (principal, membership)
         WHERE t.{key} = ANY (some_keys) AND ({unfinished}) AND t.{due} <= until_at;
    ELSIF some_roots IS NOT NULL THEN
        RETURN QUERY SELECT t.{key}, {root}, t.{due}, w.principal, w.membership
          FROM {table} t CROSS JOIN LATERAL ({waits}) AS w (principal, membership)
         WHERE {root} = ANY (some_roots) AND ({unfinished}) AND t.{due} <= until_at;
    ELSE
        RETURN QUERY SELECT t.{key}, {root}, t.{due}, w.principal, w.membership
          FROM (SELECT t.* FROM {table} t
                 WHERE (t.{due}, t.{key}) > (after_at, after_key) AND t.{due} <= until_at AND ({unfinished})
                 ORDER BY t.{due}, t.{key} LIMIT at_most) t
          LEFT JOIN LATERAL ({waits}) AS w (principal, membership) ON true
         ORDER BY t.{due}, t.{key};
    END IF;
END $$;
"""
_NOTED = """
CREATE OR REPLACE TRIGGER {trigger}_made AFTER INSERT ON {table}
    FOR EACH ROW {made}EXECUTE FUNCTION notifications_note_obligation('{kind}', '{key}');
CREATE OR REPLACE TRIGGER {trigger}_moved AFTER UPDATE OF {columns} ON {table}
    FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION notifications_note_obligation('{kind}', '{key}');
"""


def source(
    *,
    name: str,
    kind: str,
    table: str,
    due: str,
    waits: str,
    unfinished: str,
    changes: Iterable[str],
    key: str = "id",
    root: str = "t.root_id",
    made: str = "",
) -> list[Operation]:
    """Make the function ``name`` over the rows ``t`` of a table, and note their changes for that kind.

    ``unfinished`` is a condition on ``t``; ``waits`` a query for (principal, membership) of whom it waits for, one of both null;
    ``changes`` the columns that move, finish or hand over an obligation. ``root`` is an expression on ``t`` (``NULL::uuid``: none).
    ``made`` is a condition on ``NEW`` for rows that are worth a note when they are made.
    """
    parts = {
        "name": name,
        "table": table,
        "due": due,
        "waits": waits,
        "unfinished": unfinished,
        "key": key,
        "root": root,
    }
    return [
        migrations.RunSQL(_FUNCTION.format(**parts), f"DROP FUNCTION {_SIGNATURE.format(name=name)}"),
        walls.definer(_SIGNATURE.format(name=name)),
        watch(kind=kind, table=table, key=key, columns=(due, *changes), made=made),
    ]


def watch(*, kind: str, table: str, key: str, columns: Iterable[str], made: str = "") -> Operation:
    """Note changes of rows that name an obligation of that kind in the column ``key``."""
    listed = tuple(dict.fromkeys(columns))
    trigger = f"{table}_{kind.rpartition('.')[2]}_noted"[:50]
    return migrations.RunSQL(
        _NOTED.format(
            trigger=trigger,
            table=table,
            columns=", ".join(listed),
            differs=" OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in listed),
            kind=kind,
            key=key,
            made=f"WHEN ({made}) " if made else "",
        ),
        f"DROP TRIGGER {trigger}_made ON {table}; DROP TRIGGER {trigger}_moved ON {table};",
    )
