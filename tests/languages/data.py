"""The data of a database, which no translation touches."""

from __future__ import annotations

from typing import Any

COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying') AND table_name NOT LIKE 'django%'
"""


def texts(cursor: Any) -> set[str]:
    """Every text in it, read as its owner."""
    cursor.execute(COLUMNS)
    found: set[str] = set()
    for table, column in cursor.fetchall():
        cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" > \'\'')
        found |= {row[0] for row in cursor.fetchall()}
    return found
