#!/usr/bin/env python3
"""Check a signed package without any library: manifest and hashes. Signatures are NOT checked here.

    python3 verify_sums.py PACKAGE.zip       or, in the unpacked folder:    python3 verify_sums.py .

Ends with 0 when every hash fits, 1 when something does not, 2 when nothing could be checked. Whoever can change a file can write a
new hash beside it: only the signatures, which `wbcj-verify-package` checks, tell who made the package.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = "wbcj-jit-package/1"
LAST = ("manifest.json", "manifest.json.p7s", "SHA256SUMS")
LARGEST = 64 << 20
MOST = 64
NOT_CHECKED = (
    "Signatures and the seal were NOT checked. These hashes only show that the files fit the manifest. To check who signed: "
    "wbcj-verify-package PACKAGE.zip --trust CA.pem"
)


class Folder:
    """An unpacked package."""

    def __init__(self, path: Path) -> None:
        """Remember where it lies."""
        self.path = path

    def names(self) -> list[str]:
        """The names of all files below the folder."""
        return [found.relative_to(self.path).as_posix() for found in self.path.rglob("*") if not found.is_dir()]

    def open(self, name: str) -> IO[bytes]:
        """One file, for reading."""
        return (self.path / name).open("rb")


class Zip:
    """A packed package."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises zipfile.BadZipFile."""
        self.zip = zipfile.ZipFile(path)

    def names(self) -> list[str]:
        """The names of all files, twice what is there twice."""
        return self.zip.namelist()

    def open(self, name: str) -> IO[bytes]:
        """One file, for reading."""
        return self.zip.open(name)


UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, EOFError, zipfile.BadZipFile)


def main(arguments: list[str]) -> int:
    """Say what is wrong, or that nothing is, and what was not checked."""
    path = Path(arguments[0]) if len(arguments) == 1 else None
    if path is None or not path.exists():
        print(__doc__)
        return 2
    try:
        problems = list(wrong(Folder(path) if path.is_dir() else Zip(path)))
    except UNREADABLE as error:
        problems = [f"This package cannot be read: {error}"]
    for problem in problems:
        print(problem)
    if not problems:
        print("Every file is there, none is too many, and each has the hash that the manifest names.")
    print(NOT_CHECKED)
    return 1 if problems else 0


def wrong(package: Folder | Zip) -> Iterator[str]:
    """Whatever does not fit, as sentences."""
    names = sorted(package.names())
    if len(names) != len(set(names)) or len(names) > MOST:
        yield "A file stands in the package twice, or there are too many."
        return
    manifest = json.loads(content(package, "manifest.json"))
    if manifest["format"] != FORMAT:
        yield f"The manifest has a format that this program does not know: {manifest['format']}"
        return
    listed = {each["name"]: each["sha256"] for each in manifest["files"]}
    yield from compared(names, listed)
    yield from linked(manifest, listed)
    sums = {name: hashlib.sha256(content(package, name)).hexdigest() for name in names if name != "SHA256SUMS"}
    for name, digest in listed.items():
        if sums.get(name, digest) != digest:
            yield f"{name} is not the file that the manifest names: its SHA-256 differs."
    if told(package) != sums:
        yield "SHA256SUMS does not name the files that are there with the hashes that they have."


def compared(names: list[str], listed: dict[str, str]) -> Iterator[str]:
    """Files that are missing, and files that are too many."""
    expected = {*listed, *LAST}
    for name in sorted(expected - set(names)):
        yield f"{name} is missing."
    for name in sorted(set(names) - expected):
        yield f"{name} does not belong to the package."


def linked(manifest: dict[str, Any], listed: dict[str, str]) -> Iterator[str]:
    """Files that the manifest names in two places with two hashes."""
    evidence = [party["consent"] for party in manifest["parties"]]
    for each in [*manifest["languages"], *filter(None, evidence)]:
        if listed.get(each["file"]) != each["sha256"]:
            yield f"The manifest names {each['file']} with two hashes."
    if None in evidence:
        yield "A party has not signed."


def told(package: Folder | Zip) -> dict[str, str]:
    """What SHA256SUMS says."""
    lines = content(package, "SHA256SUMS").decode().splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def content(package: Folder | Zip, name: str) -> bytes:
    """The bytes of one file, which may not be larger than files of a package are."""
    with package.open(name) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise ValueError(f"{name} is too large")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
