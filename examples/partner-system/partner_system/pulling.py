"""What changed there, came into sight or is gone: a page is dealt with and its place kept in one transaction.

Killed before that commit, the page is asked for again; killed after it, the next one is. Dealt with twice it does no harm, since a
page says how things stand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from partner_system import store
from partner_system.asking import NOT_CHANGED, Answer, GivenUp, Line

CHANGES = "/api/v1/changes"
LIMIT = 50
NOT_FOUND, GONE = 404, 410


@dataclass(frozen=True, kw_only=True)
class Read:
    """A record as it stands, or that it is gone (``document`` is none)."""

    item: Mapping[str, Any]
    document: Mapping[str, Any] | None = None
    etag: str = ""
    as_held: bool = False


def pull(register: sqlite3.Connection, line: Line) -> int:
    """Read on from the last place until nothing is new; how many records changed. Raises GivenUp, TokenRefused."""
    dealt_with, anew = 0, False
    (told_until,) = register.execute("SELECT max(rowid) FROM delivery").fetchone()
    while True:
        before = _reading(register)
        page = line.read(
            f"{CHANGES}?{urlencode({'limit': LIMIT} | ({'after': before['place']} if before['place'] else {}))}"
        )
        if page.status == GONE and not anew:
            _begin_anew(register, before)
            anew = True
            continue
        if not page.fine:
            raise GivenUp(page.told)
        found = [_read(register, line, item) for item in page.data["items"]]
        dealt_with += _kept(register, before, page, found, told_until)
        if page.data["next"] is None:
            return dealt_with


def _reading(register: sqlite3.Connection) -> sqlite3.Row:
    register.execute("INSERT OR IGNORE INTO reading VALUES (1, '', 0, 1)")
    found: sqlite3.Row = register.execute("SELECT * FROM reading").fetchone()
    return found


def _read(register: sqlite3.Connection, line: Line, item: Mapping[str, Any]) -> Read:
    if item["gone"]:
        return Read(item=item)
    held = register.execute("SELECT etag FROM record WHERE id = ?", [item["id"]]).fetchone()
    answer = line.read(item["url"], etag=held["etag"] if held else "")
    if answer.status == NOT_CHANGED:
        return Read(item=item, as_held=True)
    if answer.fine:
        return Read(item=item, document=answer.data, etag=answer.headers.get("etag", ""))
    if answer.status == NOT_FOUND:
        # Sight of it ended since the page was made.
        return Read(item=item)
    raise GivenUp(f"{item['url']}: {answer.told}")


def _kept(
    register: sqlite3.Connection, before: sqlite3.Row, page: Answer, found: list[Read], told_until: int | None
) -> int:
    """Rows and place together, unless another process read on meanwhile: then its rows are as new as ours."""
    with store.writing(register):
        moved = register.execute(
            "UPDATE reading SET place = ? WHERE place = ? AND round = ?",
            [page.data["place"], before["place"], before["round"]],
        )
        if not moved.rowcount:
            return 0
        for one in found:
            _deal_with(register, one, before["round"])
        if page.data["next"] is None:
            _finish(register, before, told_until)
    return len(found)


def _deal_with(register: sqlite3.Connection, one: Read, round_: int) -> None:
    key = one.item["id"]
    if one.as_held:
        register.execute("UPDATE record SET round = ? WHERE id = ?", [round_, key])
    elif one.document is None:
        register.execute("DELETE FROM record WHERE id = ?", [key])
    else:
        register.execute(
            "INSERT OR REPLACE INTO record (id, kind, url, version, etag, document, round) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                key, one.item["kind"], one.item["url"], one.document.get("version"), one.etag,
                json.dumps(one.document, ensure_ascii=False), round_,
            ],
        )  # fmt: skip


def _finish(register: sqlite3.Connection, before: sqlite3.Row, told_until: int | None) -> None:
    """At the end: what a beginning anew did not tell of is seen no more, and what webhooks told of before is pulled."""
    if before["anew"]:
        register.execute("DELETE FROM record WHERE round < ?", [before["round"]])
        register.execute("UPDATE reading SET anew = 0")
    register.execute(
        "UPDATE delivery SET pulled_at = ? WHERE pulled_at IS NULL AND rowid <= ?", [store.now(), told_until or 0]
    )


def _begin_anew(register: sqlite3.Connection, before: sqlite3.Row) -> None:
    """The place is kept there no more: read everything, and drop in the end what we are not told of."""
    register.execute(
        "UPDATE reading SET place = '', round = round + 1, anew = 1 WHERE place = ? AND round = ?",
        [before["place"], before["round"]],
    )
