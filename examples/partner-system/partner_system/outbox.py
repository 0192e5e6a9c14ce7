"""What we want to happen there: written down first, then sent, then the receipt is written down.

Killed before it was written down, an intention never was. Killed after that, it is found again with its key, its body and the
version on which it stands, and is sent again as it was: where it had its effect already, the same key brings the same receipt, and the
same version is refused as stale because our own change has moved it.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from partner_system import comparing, store
from partner_system.acts import ACTS, Act
from partner_system.asking import Answer, GivenUp, Line
from partner_system.settings import NotSet

KEY_KEPT = timedelta(days=29)
"""The installation keeps a key for 30 days. An intention that was sent longer ago is not sent again by itself."""
STALE = 412
KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
# Within a thread, which is all that concerns one case or one invitation, nothing overtakes.
NEXT = """
    SELECT * FROM intention AS one WHERE state IN ('waiting', 'sealed') AND NOT EXISTS (
        SELECT 1 FROM intention AS earlier
        WHERE earlier.thread = one.thread AND earlier.number < one.number AND earlier.state NOT IN ('done', 'dropped')
    ) ORDER BY number LIMIT 1
"""


class CannotIntend(Exception):
    """It cannot be written down like that; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An intention as whoever has it says it. ``name`` is its own name for it: the same name again is the same intention."""

    name: str
    act: str
    target: str = ""
    body: Mapping[str, Any]


def write_down(register: sqlite3.Connection, wanted: Wanted) -> bool:
    """Keep it, with a key of its own, for ever. Runs inside ``writing``; false when it stands there already. Raises CannotIntend."""
    act = ACTS.get(wanted.act)
    if act is None:
        raise CannotIntend(f"{wanted.act} is no act. There are: {', '.join(ACTS)}.")
    if not wanted.name or bool(act.at) != bool(wanted.target):
        raise CannotIntend(
            f"{wanted.act} needs a name{' and what it is done to' if act.at else ' and nothing it is done to'}."
        )
    body = json.dumps(wanted.body, ensure_ascii=False)
    there = _named(register, wanted.name)
    if there is not None:
        same = there["mended"] or json.loads(there["body"]) == json.loads(body)
        if not same or (there["act"], there["target"]) != (wanted.act, wanted.target):
            raise CannotIntend(f"{wanted.name} is the name of another intention.")
        return False
    if wanted.target and _named(register, wanted.target) is None and not KEY.fullmatch(wanted.target):
        raise CannotIntend(f"{wanted.target} is neither the name of an intention nor the key of a record.")
    held = register.execute("SELECT version FROM record WHERE id = ?", [_record_of(register, wanted.target)]).fetchone()
    register.execute(
        "INSERT INTO intention (name, act, target, thread, body, key, read_version, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            wanted.name, wanted.act, wanted.target, _thread_of(register, wanted), body, str(uuid.uuid4()),
            held["version"] if held else None, store.now(),
        ],
    )  # fmt: skip
    return True


def send_all(register: sqlite3.Connection, line: Line) -> Iterator[sqlite3.Row]:
    """Send what waits, one after the other, and tell how each ended. Raises GivenUp, TokenRefused; what waits then waits on."""
    while (one := register.execute(NEXT).fetchone()) is not None:
        yield _send(register, line, one)


def _send(register: sqlite3.Connection, line: Line, one: sqlite3.Row) -> sqlite3.Row:
    sealed = one if one["state"] == "sealed" else _seal(register, line, one)
    if sealed["state"] == "sealed":
        if datetime.fromisoformat(sealed["sealed_at"]) < datetime.now(UTC) - KEY_KEPT:
            _refused(
                register,
                sealed,
                "Sent too long ago without an answer: look there whether it was done, then `again` or `drop`.",
            )
        else:
            headers = {"Idempotency-Key": sealed["key"]}
            if sealed["if_match"] is not None:
                headers["If-Match"] = sealed["if_match"]
            method = ACTS[sealed["act"]].method
            _note(register, line, sealed, line.ask(method, sealed["address"], body=sealed["body"], headers=headers))
    after = _named(register, one["name"])
    assert after is not None
    return after


def _seal(register: sqlite3.Connection, line: Line, one: sqlite3.Row) -> sqlite3.Row:
    """Where it goes and on which version it stands, written down before it is sent: sent again it says just the same."""
    act = ACTS[one["act"]]
    record = _record_of(register, one["target"])
    version = _version(register, line, one, act, record) if act.stands_on_version and record else None
    with store.writing(register):
        if (act.at and not record) or (act.stands_on_version and version is None):
            _refused(register, one, "What it is done to is not there, or not for this system.")
        else:
            register.execute(
                "UPDATE intention SET state = 'sealed', address = ?, if_match = ?, sealed_at = ? "
                "WHERE number = ? AND state = 'waiting'",
                [act.address(record), None if version is None else f'"{version}"', store.now(), one["number"]],
            )
    after = _named(register, one["name"])
    assert after is not None
    return after


def _version(register: sqlite3.Connection, line: Line, one: sqlite3.Row, act: Act, record: str) -> int | None:
    """The version that was read when it was decided, or that our own last act on the record has left."""
    (left,) = register.execute(
        "SELECT max(version) FROM intention WHERE record = ? AND number < ?", [record, one["number"]]
    ).fetchone()
    known = [version for version in (one["read_version"], left) if version is not None]
    if known:
        return int(max(known))
    answer = line.read(f"{act.at}/{record}")
    return int(answer.data["version"]) if answer.fine else None


def _note(register: sqlite3.Connection, line: Line, one: sqlite3.Row, answer: Answer) -> None:
    """The receipt, or why there is none."""
    if answer.fine:
        _done(register, one, answer.data)
    elif answer.status == STALE:
        _stale(register, line, one, answer)
    else:
        _refused(register, one, answer.told)


def _done(register: sqlite3.Connection, one: sqlite3.Row, receipt: Mapping[str, Any]) -> None:
    register.execute(
        "UPDATE intention SET state = 'done', record = ?, url = ?, version = ?, done_at = ?, problem = NULL "
        "WHERE number = ? AND state = 'sealed'",
        [receipt["id"], receipt["url"], receipt["version"], store.now(), one["number"]],
    )


def _stale(register: sqlite3.Connection, line: Line, one: sqlite3.Row, answer: Answer) -> None:
    """Read again. Where all that we wanted stands there, it was our own change whose answer was lost; else a person decides."""
    act = ACTS[one["act"]]
    record = one["address"].removeprefix(act.at).removesuffix(act.beneath).strip("/")
    read = line.read(f"{act.at}/{record}")
    if read.fine and act.method == "PATCH" and comparing.stands(json.loads(one["body"]), read.data):
        _done(register, one, {"id": record, "url": f"{act.at}/{record}", "version": read.data["version"]})
        return
    if not read.fine:
        _refused(register, one, read.told)
        return
    both = comparing.both(json.loads(one["body"]), read.data)
    # The version of what is shown here is the one on which a person decides.
    register.execute(
        "UPDATE intention SET state = 'stale', problem = ?, read_version = ? WHERE number = ? AND state = 'sealed'",
        [f"{answer.told}\n{both}", read.data["version"], one["number"]],
    )


def _refused(register: sqlite3.Connection, one: sqlite3.Row, why: str) -> None:
    register.execute(
        "UPDATE intention SET state = 'refused', problem = ? WHERE number = ? AND state IN ('waiting', 'sealed')",
        [why, one["number"]],
    )


def again(register: sqlite3.Connection, name: str, body: Mapping[str, Any] | None = None) -> None:
    """Send once more what was refused, perhaps mended, or on the version that was shown. The key stays: a refusal spends none.

    Raises CannotIntend.
    """
    _settle(register, name, "waiting", None if body is None else json.dumps(body, ensure_ascii=False))


def drop(register: sqlite3.Connection, name: str) -> None:
    """Give it up; what comes after it goes on. Raises CannotIntend."""
    _settle(register, name, "dropped", None)


def _settle(register: sqlite3.Connection, name: str, state: str, body: str | None) -> None:
    changed = register.execute(
        "UPDATE intention SET state = ?, body = coalesce(?, body), mended = mended OR ?, "
        "address = NULL, if_match = NULL, sealed_at = NULL, problem = NULL WHERE name = ? AND state IN ('refused', 'stale')",
        [state, body, body is not None, name],
    ).rowcount
    if not changed:
        raise CannotIntend(f"{name} is nothing that was refused or is stale.")


def unfinished(register: sqlite3.Connection) -> list[sqlite3.Row]:
    """What waits, and what waits for you."""
    return register.execute("SELECT * FROM intention WHERE state NOT IN ('done', 'dropped') ORDER BY number").fetchall()


def belongs(register: sqlite3.Connection, line: Line, address: str) -> dict[str, Any]:
    """Who the token acts as. Raises NotSet where the register is another system's: there, no key would be known."""
    me = line.read("/api/v1/me")
    if not me.fine:
        raise GivenUp(me.told)
    register.execute("INSERT OR IGNORE INTO owner VALUES (1, ?, ?)", [address, me.data["id"]])
    owner = register.execute("SELECT * FROM owner").fetchone()
    if (owner["address"], owner["id"]) != (address, me.data["id"]):
        raise NotSet(
            "This register belongs to another system or another installation: name another file in WBCJ_REGISTER."
        )
    return me.data


def _named(register: sqlite3.Connection, name: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = register.execute("SELECT * FROM intention WHERE name = ?", [name]).fetchone()
    return found


def _record_of(register: sqlite3.Connection, target: str) -> str:
    """The record's key: what an intention of that name made, or the key itself."""
    named = _named(register, target)
    return target if named is None else str(named["record"] or "")


def _thread_of(register: sqlite3.Connection, wanted: Wanted) -> str:
    """The thread of what made or first touched the record; a new one where nothing did."""
    if not wanted.target:
        return wanted.name
    found = register.execute(
        "SELECT thread FROM intention WHERE name = ? OR record = ? ORDER BY number LIMIT 1",
        [wanted.target, wanted.target],
    ).fetchone()
    return str(found["thread"]) if found else wanted.target
