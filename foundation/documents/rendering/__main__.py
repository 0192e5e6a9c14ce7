"""The printing process: reads papers from its standard input and answers on its standard output until the input ends.

`python -m foundation.documents.rendering FONTS SCRATCH`: the folder of the typefaces, and a folder of its own that goes with it.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from pathlib import Path
from typing import BinaryIO

from foundation.documents.confinement import frames, limits
from foundation.documents.rendering.printer import Printer
from foundation.documents.rendering.table import NoLetters


def main() -> None:
    """Print until nobody asks any more, then take the scratch folder away."""
    fonts, scratch = map(Path, sys.argv[1:])
    try:
        serve(fonts, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def serve(fonts: Path, scratch: Path) -> None:
    """An error answers with its type alone, for its text could carry words of the paper."""
    asked, answers = sys.stdin.buffer, _answers()
    limits.bound_memory()
    try:
        printer = Printer(fonts)
    except NoLetters as missing:
        _answer(answers, {"error": "NoLetters", "said": str(missing)})
        return
    printer.warm()
    # What was loaded stays until the end; to look through it again and again would take a tenth of the time of a paper.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    limits.close_doors(scratch)
    _answer(answers, {"ready": True})
    while True:
        try:
            mark, variant, html = (frames.receive(asked).decode() for _part in range(3))
        except frames.Ended:
            return
        _print(printer, html, variant, mark, answers)


def _print(printer: Printer, html: str, variant: str, mark: str, answers: BinaryIO) -> None:
    limits.one_more()
    try:
        printed = printer.printed(html, variant)
    except Exception as error:
        _answer(answers, {"mark": mark, "error": type(error).__name__})
    else:
        _answer(answers, {"mark": mark, "pages": printed.pages, "refused": printed.refused}, printed.pdf)


def _answers() -> BinaryIO:
    """The way back, out of reach for anything that prints a word of its own."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _answer(stream: BinaryIO, head: dict[str, object], body: bytes = b"") -> None:
    frames.send(stream, json.dumps(head).encode())
    frames.send(stream, body)


if __name__ == "__main__":
    main()
