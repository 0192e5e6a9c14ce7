"""`make performance`: put the report of the last run into docs/performance.json, and write docs/performance.md from it.

Of each choice of sizes the newest run is kept, so that growth to a million stands beside growth to a hundred thousand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bench import CHECKOUT
from bench.report import WORDS

API_REPORT, API_FIGURES = CHECKOUT / "var" / "bench" / "api.json", CHECKOUT / "docs" / "performance-api.json"

REPORT = CHECKOUT / "var" / "bench" / "report.json"
FIGURES, PAGE = CHECKOUT / "docs" / "performance.json", CHECKOUT / "docs" / "performance.md"
INTRODUCTION = """\
# Performance

What permission costs, beside the same work without it. Made by `make performance` from the figures in
[performance.json](performance.json), the newest run of `make bench` for each choice of sizes; not edited by hand.

Both sides work in one run on the same rows, in turns and in random order; after some rounds that only warm up, medians are compared.
*Without permission* is the same transaction (begin, the look on record, the select, commit) on tables without row security, with the
indexes that such an application would have. Of seven actors, whose sight reaches from 0.1 % to 90 % of all cases, the worst counts.
One run on one machine: trust the ratios more than the times.
"""
API_INTRODUCTION = """\
## Lists and strangers by the API

Through the real web server on loopback with two workers and two callers; all ways for all seven actors in turns and in random order.
*Without permission* is the same operation up to who acts (token, count of requests, scope, parameters and form) and the same writing
of the same fifty rows, whose keys are known, on tables without row security: nobody acts, nothing is looked for, nothing is on record.
*Serializers* is the same with each row written by the serializer's own objects instead of the plain function made of it; *raw* is JSON
as PostgreSQL writes it, codes without labels; *changes* is the first page of the feed. A record of others and one that does not exist
are asked for in turns on one connection, medians of 200 answers each, by the narrowest and the widest actor, in six operations.
[ADR 0025](adr/0025-what-permission-costs-a-list-of-the-api.md) says what stands behind the figures.
"""
METHODS = ("raw", "both walls", "plain", "product")


def main() -> None:
    """Take the figures over and write the page."""
    if not (REPORT.exists() or API_REPORT.exists()):
        sys.exit("There is no report yet: run `make bench` first.")
    runs = json.loads(FIGURES.read_text(encoding="utf-8"))
    if REPORT.exists():
        runs = with_run(runs, chosen(json.loads(REPORT.read_text(encoding="utf-8"))))
        FIGURES.write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")
    if API_REPORT.exists():
        api = chosen_of_api(json.loads(API_REPORT.read_text(encoding="utf-8")))
        API_FIGURES.write_text(json.dumps(api, indent=1) + "\n", encoding="utf-8")
    kept = json.loads(API_FIGURES.read_text(encoding="utf-8")) if API_FIGURES.exists() else None
    PAGE.write_text(page(runs, kept), encoding="utf-8")


def with_run(runs: list[dict[str, Any]], run: dict[str, Any]) -> list[dict[str, Any]]:
    """The runs with this one in place of an earlier one of the same sizes, the smaller first."""
    return sorted([*(one for one in runs if sizes_of(one) != sizes_of(run)), run], key=sizes_of)


def sizes_of(run: dict[str, Any]) -> list[int]:
    """The numbers of cases that were measured side by side."""
    return sorted({row["size"] for row in run["slowest"]})


def chosen(report: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a report: its claims, and for each size and use the actor for whom the product took longest."""
    first, claims = report["claims"][0], _rounded(report["claims"])
    times = {(row["size"], row["use"], row["person"], row["method"]): row for row in report["milliseconds"]}
    slowest = [_slowest(times, size, use) for size, use in dict.fromkeys((size, use) for size, use, *_rest in times)]
    return {
        "date": first["date"],
        "seed": first["seed"],
        "machine": report["machine"],
        "claims": claims,
        "slowest": slowest,
    }


def chosen_of_api(report: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of the API's report: its claims, and the figures of every actor and way."""
    first = report["claims"][0]
    rows = [
        {**row, **{name: round(row[name], 2) for name in ("rate", "median", "p95")}} for row in report["milliseconds"]
    ]
    claims = _rounded(report["claims"])
    return {"date": first["date"], "seed": first["seed"], "machine": report["machine"], "claims": claims, "rows": rows}


def _rounded(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what all of them share."""
    shown = [{key: value for key, value in claim.items() if key not in {"seed", "date"}} for claim in claims]
    return [claim | {"figure": None if claim["figure"] is None else round(claim["figure"], 2)} for claim in shown]


def _slowest(times: dict[tuple[Any, ...], dict[str, Any]], size: int, use: str) -> dict[str, Any]:
    rows = [row for key, row in times.items() if key[:2] == (size, use) and key[3] == "product"]
    worst = max(rows, key=lambda row: row["median"])
    medians = {method: round(times[size, use, worst["person"], method]["median"], 2) for method in METHODS}
    shown = {name: worst[name] for name in ("size", "use", "person", "rows")}
    return {**shown, "medians": medians, "p95": round(worst["p95"], 2)}


def page(runs: list[dict[str, Any]], api: dict[str, Any] | None = None) -> str:
    """The page in Markdown."""
    parts = [INTRODUCTION]
    for run in runs:
        parts += [*_run(run), "", *_claims(run), "", *_slowest_table(run), ""]
    if api is not None:
        parts += [API_INTRODUCTION, *_api(api), ""]
    return "\n".join(parts)


def _api(run: dict[str, Any]) -> Iterator[str]:
    at, machine = datetime.fromisoformat(run["date"]), run["machine"]
    yield f"- Date: {at:%Y-%m-%d}, seed {run['seed']}"
    yield f"- Machine: {machine['cores']} cores, Python {machine['python']}, load {machine['load']} at the end"
    sizes = dict.fromkeys(row["size"] for row in run["rows"])
    yield f'- Command: `SIZE="{" ".join(map(str, sizes))}" make bench ARGS=api`'
    yield ""
    yield from _claims(run)
    yield ""
    yield "### Requests a second, and what 95 of 100 do not pass"
    yield ""
    ways = list(dict.fromkeys(row["method"] for row in run["rows"]))
    yield f"| Cases | Actor | {' | '.join(ways)} |"
    yield "|---|---|" + "---|" * len(ways)
    cells = {
        (row["size"], row["person"], row["method"]): f"{row['rate']:.0f}/s, {row['p95']:.1f} ms" for row in run["rows"]
    }
    for size, person in dict.fromkeys((row["size"], row["person"]) for row in run["rows"]):
        yield f"| {_number(size)} | {person} | {' | '.join(cells[size, person, way] for way in ways)} |"


def _run(run: dict[str, Any]) -> Iterator[str]:
    at, machine, sizes = datetime.fromisoformat(run["date"]), run["machine"], sizes_of(run)
    yield f"## {' and '.join(map(_number, sizes))} cases"
    yield ""
    yield f"- Date: {at:%Y-%m-%d}, seed {run['seed']}"
    yield f"- Machine: {machine['cores']} cores, PostgreSQL {machine['postgresql']}, Python {machine['python']}"
    yield f'- Command: `SIZE="{" ".join(map(str, sizes))}" make bench`'


def _claims(run: dict[str, Any]) -> Iterator[str]:
    yield "### Claims"
    yield ""
    yield "A figure without a goal is told and claims nothing."
    yield ""
    yield "| Claim | Figure | Goal | | Worst |"
    yield "|---|---|---|---|---|"
    for claim in run["claims"]:
        figure = "not measured" if claim["figure"] is None else f"{claim['figure']:g} {claim['unit']}".strip()
        goal = "" if claim["goal"] is None else f"{claim['goal']:g}"
        word = "**misses**" if claim["holds"] is False else WORDS[claim["holds"]]
        yield f"| {claim['name']} | {figure} | {goal} | {word} | {claim['worst']} |"


def _slowest_table(run: dict[str, Any]) -> Iterator[str]:
    yield "### Times"
    yield ""
    yield "Milliseconds of the actor for whom the product takes longest: medians of the statements alone without permission and behind"
    yield "both walls, the same with models and Python included, and what 95 of 100 takes of the last do not pass."
    yield ""
    yield "| Cases | Use | Actor | Rows | Raw | Both walls | Plain | Product | 95 % |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in run["slowest"]:
        medians = " | ".join(f"{row['medians'][method]:.2f}" for method in METHODS)
        yield f"| {_number(row['size'])} | {row['use']} | {row['person']} | {row['rows']} | {medians} | {row['p95']:.2f} |"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")


if __name__ == "__main__":
    main()
