"""Papers printed by one worker, beside plain WeasyPrint of the same HTML.

The worker does all that it does in the product: claim, freeze, set the template, hand the HTML to the press, seal, encrypt, keep,
in two transactions behind both walls. Plain WeasyPrint gets the finished HTML, the same stylesheet and typefaces, and writes the
same kind of PDF in this process. They take turns on papers of two lengths; the first turn only warms up.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench import CHECKOUT, report
from bench.report import Claim, at_least, plain
from cases import actions as case_actions
from cases import pdf
from cases.models import Case
from foundation.documents import tasks
from foundation.documents.printing import actions
from foundation.documents.printing.models import Printout
from foundation.documents.printing.setting import Imprint, html_of
from foundation.documents.rendering import table
from foundation.documents.rendering.fetcher import Fetcher
from foundation.jobs.models import Job
from tests.bed import databases as bed
from tests.cases.cast import CaseWorld

ROUNDS, SEED = 12, 20261125
RATIO = 0.9
NOTES = {"short": 2, "long": 40}
TEXT = "Vozila prelaze granicu noću; Тужилаштво у Београду прати рачуне. Të dhënat vijnë nga Tirana. "
REPORT = CHECKOUT / "var" / "bench" / "papers.json"


class NotPrinted(Exception):
    """The worker did not print, so nothing that was measured would be true."""


@dataclass
class Turns:
    """Seconds of each turn for papers of one length."""

    ours: list[float] = field(default_factory=list)
    plainly: list[float] = field(default_factory=list)
    pages: int = 0


def main() -> None:
    """Measure, and write what came out."""
    measure(rounds=int(os.environ.get("ROUNDS", ROUNDS)), path=REPORT)


def measure(*, rounds: int, path: Path) -> list[Claim]:
    """Print in turns, compare."""
    at, turns = timezone.now(), {length: Turns() for length in NOTES}
    with stage_in(CHECKOUT / "var" / "bench" / f"papers-{os.getpid()}"):
        world = CaseWorld()
        for number in range(rounds + 1):
            for length, one in turns.items():
                _turn(world, NOTES[length], one, number=number)
    claims = list(_claims(turns))
    report.show(claims, print)
    report.write(path, claims, seed=SEED, at=at, times=_times(turns))
    return claims


def _claims(turns: dict[str, Turns]) -> Iterator[Claim]:
    for length, one in turns.items():
        pairs = zip(one.plainly[1:], one.ours[1:], strict=True)
        ratio = statistics.median(plainly / ours for plainly, ours in pairs)
        name = f"{length} paper ({one.pages} pages)"
        yield at_least(f"{name}: printed, sealed and kept, to plain WeasyPrint", ratio, RATIO)
        yield plain(f"{name}: printed by one worker", 60 / statistics.median(one.ours[1:]), unit="a minute")


def _times(turns: dict[str, Turns]) -> list[dict[str, object]]:
    return [
        {"length": length, "use": use, "turn": turn, "milliseconds": seconds * 1000}
        for length, one in turns.items()
        for use, series in (("ours", one.ours), ("plain", one.plainly))
        for turn, seconds in enumerate(series)
    ]


def _turn(world: CaseWorld, notes: int, turns: Turns, *, number: int) -> None:
    case = _case(world, notes)
    printout, html = _ordered(world, case)
    # Whoever comes second finds the machine warmer: they change places.
    for use in ("ours", "plain") if number % 2 else ("plain", "ours"):
        began = time.perf_counter()
        if use == "ours":
            _print(printout.pk)
            turns.ours.append(time.perf_counter() - began)
        else:
            _plainly(html)
            turns.plainly.append(time.perf_counter() - began)
    with world.ann.acting() as actor:
        turns.pages = Printout.objects.visible_to(actor).get(pk=printout.pk).pages or 0


def _case(world: CaseWorld, notes: int) -> Case:
    case = world.open(summary=TEXT * 8)
    with world.ann.acting() as actor:
        for number in range(notes):
            text = f"{number}. {TEXT * 4}"
            case_actions.write_note(case=case, text=text, audience="everyone", by=actor, at=world.now)
    return case


def _ordered(world: CaseWorld, case: Case) -> tuple[Printout, str]:
    with world.ann.acting() as actor:
        printout = actions.order(kind=pdf.SHEET, subject=case.pk, language="sr", by=actor, at=world.now)
        imprint = Imprint(
            kind=str(pdf.SHEET.label),
            code=printout.code,
            by=actor.account_name,
            authority=actor.authority_name,
            at=world.now,
            time_zone=actor.time_zone,
            test_seal=True,
            sealed_by="",
        )
        paper = actions.frozen(pdf.SHEET, case.pk, language="sr", by=actor)
        return printout, html_of(paper, imprint, language="sr")


def _print(printout_id: UUID) -> None:
    if tasks.print_out(job_id=str(Job.objects.get(subject=printout_id).pk)) != "done":
        raise NotPrinted


def _plainly(html: str) -> bytes:
    fonts = FontConfiguration()
    fetcher = Fetcher(table.assets(Path(settings.FONTS_DIR)))
    sheet = CSS(url=table.SHEET, url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=html, base_url=table.SCHEME, url_fetcher=fetcher)
    written: bytes = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=table.READABLE)
    return written


@contextmanager
def stage_in(folder: Path) -> Iterator[None]:
    """A database of its own, committed to as in the product, and a folder for files; both are gone afterwards."""
    before = connection.settings_dict["NAME"]
    kept = {"BACKEND": "foundation.documents.storage.DurableFiles", "OPTIONS": {"location": str(folder)}}
    storages: dict[str, Any] = {**settings.STORAGES, "documents": kept}
    with bed.clone(bed.schema_template()) as name, override_settings(STORAGES=storages):
        bed.point_to(name)
        try:
            yield
        finally:
            connections.close_all()
            bed.point_to(before)
            shutil.rmtree(folder, ignore_errors=True)
