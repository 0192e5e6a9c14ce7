"""The files of a backup: written whole, for their owner alone, each known by its SHA-256."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex


def sha256(path: Path) -> str:
    """The digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed(folder: Path) -> dict[str, str]:
    """Every file below a folder by its path, with its digest; empty when there is no folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    odd = [path for path in paths if path.is_symlink()]
    if odd:
        raise OSError(f"{odd[0]} is a link; links are neither backed up nor restored.")
    return {path.relative_to(folder).as_posix(): sha256(path) for path in paths}


def copy(source: Path, target: Path) -> dict[str, str]:
    """Copy every file below a folder, for the owner alone; say what was copied, read back from the copy.

    Files come and go meanwhile: what is being written (its name begins with a dot) and what is swept belongs to no row.
    """
    for found in sorted(source.rglob("*")):
        if found.is_symlink():
            raise OSError(f"{found} is a link; links are neither backed up nor restored.")
        if found.name.startswith(".") or not found.is_file():
            continue
        path = target / found.relative_to(source)
        for folder in reversed([path.parent, *path.parent.relative_to(target).parents]):
            (target / folder).mkdir(mode=0o700, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copyfile(found, path)
            path.chmod(0o600)
            settle(path)
    return listed(target)


@contextmanager
def whole_or_not_at_all(target: Path) -> Iterator[Path]:
    """Lend a draft folder beside the target; it gets its name when the block ends well, and else is deleted."""
    draft = target.with_name(f".{target.name}.partial-{token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        yield draft
        if target.exists():
            raise FileExistsError(f"{target} exists.")
        settle(draft)
        draft.rename(target)
        settle(target.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def settle(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
