"""What can be asked of the program on the command line. Secrets cannot be said there: every process on the machine could read them."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from partner_system import outbox, pulling, serving, settings, store
from partner_system.acts import ACTS
from partner_system.asking import GivenUp, Line, TokenRefused
from partner_system.comparing import plain
from partner_system.outbox import CannotIntend, Wanted
from partner_system.settings import NotSet
from partner_system.webhooks import NotBelieved

DONE, ASKS, WRONG, NO_TOKEN, LATER = 0, 1, 2, 3, 75
"""Exit statuses: all is done; something waits for you; it was asked wrongly; the token opens nothing; run it again later."""
EPILOG = """
The environment says the rest: WBCJ_URL, WBCJ_TOKEN or WBCJ_TOKEN_FILE, WBCJ_REGISTER (a file, register.sqlite unless named),
WBCJ_WEBHOOK_SECRET or WBCJ_WEBHOOK_SECRET_FILE. README.md beside this program walks through all of it.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace, sqlite3.Connection], int] = asked.run
        with store.register(settings.register_file()) as register:
            return run(asked, register)
    except TokenRefused:
        return _said(
            NO_TOKEN,
            "The token opens nothing: it is unknown, ended, revoked or used from elsewhere. Ask your administrator.",
        )
    except GivenUp as error:
        return _said(LATER, f"{error}\nNothing is lost: run it again later.")
    except (NotSet, CannotIntend, NotBelieved) as error:
        return _said(WRONG, str(error))
    except sqlite3.Error as error:
        return _said(LATER, f"The register cannot be used now ({error}).")


def _said(status: int, text: str) -> int:
    print(text, file=sys.stderr)
    return status


def _line(asked: argparse.Namespace, register: sqlite3.Connection) -> Line:
    return _introduced(asked, register)[0]


def _introduced(asked: argparse.Namespace, register: sqlite3.Connection) -> tuple[Line, dict[str, Any]]:
    place = settings.place()
    line = Line(place, patience=asked.patience)
    return line, outbox.belongs(register, line, place.address)


def me(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Who the token acts as, what it is for, and who can be named where an invitation is accepted."""
    line, told = _introduced(asked, register)
    print(f"{told['name']}, {told['authority']['name']}, {told['partner']['name']}; {told['role']['label']}")
    print(f"scopes: {' '.join(told['scopes'])}")
    people = line.read(f"/api/v1/authorities/{told['authority']['id']}")
    for person in people.data.get("people", ()):
        print(f"  {person['id']}  {person['name']}")
    return DONE


def write(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Write one intention down."""
    wanted = Wanted(name=asked.name, act=asked.act, target=getattr(asked, "target", ""), body=_body(asked.said))
    with store.writing(register):
        new = outbox.write_down(register, wanted)
    print(f"{asked.name} is {'written down; `send` sends it' if new else 'written down already'}.")
    return DONE


def plan(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Write down all intentions of a file, or none. Those that stand there already stay as they are."""
    with store.writing(register):
        new = sum(outbox.write_down(register, one) for one in _planned(asked.file))
    print(f"{new} written down.")
    return DONE


def send(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Send what waits."""
    for one in outbox.send_all(register, _line(asked, register)):
        print(f"{one['name']}: {one['act']} {one['state']}{' ' + one['url'] if one['url'] else ''}", flush=True)
    return status(asked, register)


def pull(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Read what changed."""
    print(f"{pulling.pull(register, _line(asked, register))} changed or are gone.")
    return DONE


def work(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """Write down a plan if one is given, send, pull: for a clock that runs it every minute."""
    if asked.file:
        plan(asked, register)
    ended = send(asked, register)
    pull(asked, register)
    return ended


def status(_asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """What is not done, and why."""
    waiting = outbox.unfinished(register)
    for one in waiting:
        print(f"{one['name']}: {one['act']} {one['target']} {one['state']}".rstrip())
        if one["problem"]:
            print(one["problem"])
    asks = [one["name"] for one in waiting if one["state"] in {"refused", "stale"}]
    for name in asks:
        print(f"Decide: `again {name}` sends yours as things stand now, `drop {name}` gives it up.")
    return ASKS if asks else DONE


def settle(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """What you decided about something that was refused or stale."""
    with store.writing(register):
        if asked.command == "drop":
            outbox.drop(register, asked.name)
        else:
            outbox.again(register, asked.name, _body(asked.said) if asked.said else None)
    return DONE


def listed(asked: argparse.Namespace, register: sqlite3.Connection) -> int:
    """The register: what this system sees there, as it was read last."""
    for row in register.execute("SELECT * FROM record WHERE ? IN ('', kind) ORDER BY kind, url", [asked.kind]):
        read = json.loads(row["document"])
        what = read.get("title") or read.get("purpose") or ""
        bounds = " ".join(plain(read.get("handling", [])))
        print(
            f"{row['id']}  {row['kind']:<10} {read.get('reference', ''):<14} {plain(read.get('status', '')):<12} {bounds:<4} {what}"
        )
    return DONE


def _planned(path: Path) -> list[Wanted]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [
            Wanted(name=row["name"], act=row["act"], target=row.get("on", ""), body=row.get("body", {})) for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotIntend(
            f"{path} is no plan, which has one JSON object with name and act in each line: {error!r}."
        ) from None


def _body(said: Sequence[str]) -> dict[str, Any]:
    """``field=text``, ``field:=JSON``, ``@file.json``. Raises CannotIntend."""
    body: dict[str, Any] = {}
    for one in said:
        try:
            if one.startswith("@"):
                body |= json.loads(Path(one[1:]).read_text(encoding="utf-8"))
                continue
            name, equals, value = one.partition("=")
            if not equals:
                raise ValueError("no =")
            body |= {name[:-1]: json.loads(value)} if name.endswith(":") else {name: value}
        except (OSError, ValueError, TypeError) as error:
            raise CannotIntend(f"{one} is neither field=text nor field:=JSON nor @file.json: {error}.") from None
    return body


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="register.py", description=__doc__, epilog=EPILOG)
    parser.add_argument("--patience", type=float, default=120, help="seconds for which a request is sent again (120)")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in {"me": me, "send": send, "pull": pull, "status": status}.items():
        commands.add_parser(name, help=run.__doc__).set_defaults(run=run)
    for name, run in {"plan": plan, "work": work}.items():
        command = commands.add_parser(name, help=run.__doc__)
        command.add_argument("file", type=Path, nargs="?" if name == "work" else None)
        command.set_defaults(run=run)
    command = commands.add_parser("list", help=listed.__doc__)
    command.add_argument("kind", nargs="?", default="")
    command.set_defaults(run=listed)
    for name in ("again", "drop"):
        command = commands.add_parser(name, help=settle.__doc__)
        command.add_argument("name")
        if name == "again":
            command.add_argument("said", nargs="*", metavar="field=value", help="the whole body, mended")
        command.set_defaults(run=settle)
    _acts(commands)
    serving.offer(commands)
    return parser


def _acts(commands: Any) -> None:
    for name, act in ACTS.items():
        command = commands.add_parser(name, help=f"write down: {act.says}")
        command.add_argument("name", help="your own name for this intention: the same name again is the same intention")
        if act.at:
            command.add_argument("target", help="the intention that made the record, or the record's key")
        command.add_argument("said", nargs="*", metavar="field=value", help="field=text, field:=JSON, @file.json")
        command.set_defaults(run=write, act=name)
