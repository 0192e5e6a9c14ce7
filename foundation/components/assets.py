"""Third-party front-end files: fetched at set-up by name, version and checksum, never committed."""

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FETCH_SECONDS: Final = 60
_STAMP: Final = ".fetched"
_FIRST_ROOT: Final = re.compile(r":root\{[^{}]*\}")


class UnableToFetch(Exception):
    """Node or the package registry is missing; the product goes on with its own values."""


class WrongChecksum(Exception):
    """What arrived is not what was committed; it is thrown away."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of an archive: where it lies inside, the name under which it is kept, and what of it is kept."""

    inside: str
    kept_as: str
    of: Callable[[bytes], bytes] = bytes


@dataclass(frozen=True, kw_only=True)
class Package:
    """One version of one package, with the checksum (base64 of SHA-512) of its archive and what is taken from it."""

    name: str
    version: str
    sha512: str
    takes: tuple[Member, ...]

    @property
    def spec(self) -> str:
        """How the package is asked for."""
        return f"{self.name}@{self.version}"


def design_tokens(sheet: bytes) -> bytes:
    """The first `:root` block of a sheet: its design tokens. Raises UnableToFetch when there is none."""
    block = _FIRST_ROOT.search(sheet.decode())
    if block is None:
        raise UnableToFetch("The sheet holds no design tokens.")
    return f'@charset "UTF-8";\n{block[0]}\n'.encode()


# The Europa Component Library, EU preset; EUPL. Of its sheet only the design tokens are used: docs/adr/0001.
ECL: Final = Package(
    name="@ecl/preset-eu",
    version="5.3.1",
    sha512="xa3/Rsmq4Jt9ahCtN7NgsNRuvQfEoqFBMipXOyQOsE7fZPxap8poSfKdYPV6vuxJd9TwswiJKAlveuVZ4+sx1A==",
    takes=(
        Member(inside="package/dist/styles/ecl-eu.css", kept_as="tokens.css", of=design_tokens),
        Member(inside="package/LICENSE", kept_as="LICENSE.txt"),
    ),
)


def present(folder: Path, package: Package = ECL) -> bool:
    """Whether the folder holds this very version."""
    stamp = folder / _STAMP
    return stamp.is_file() and stamp.read_text() == package.sha512


def fetch(folder: Path, package: Package = ECL) -> None:
    """Put what is taken from the package into the folder, all or nothing.

    Raises UnableToFetch without node or network, WrongChecksum for an archive that is not the committed one.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetching-") as scratch:
        archive = _packed(package, Path(scratch))
        _check(archive, package)
        ready = Path(scratch) / "ready"
        _unpack(archive, ready, package)
        (ready / _STAMP).write_text(package.sha512)
        _replace(folder, ready, Path(scratch) / "old")


def _packed(package: Package, scratch: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise UnableToFetch("npm was not found; install Node.js and run this again.")
    command = [npm, "pack", package.spec, "--ignore-scripts", "--silent", "--pack-destination", str(scratch)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_FETCH_SECONDS, cwd=scratch, text=True)
    except subprocess.TimeoutExpired as late:
        raise UnableToFetch(f"the package registry did not answer within {_FETCH_SECONDS} seconds.") from late
    except subprocess.CalledProcessError as failed:
        raise UnableToFetch(f"npm could not bring {package.spec}: {failed.stderr.strip()[-300:]}") from failed
    archives = list(scratch.glob("*.tgz"))
    if len(archives) != 1:
        raise UnableToFetch(f"npm brought no archive of {package.spec}.")
    return archives[0]


def _check(archive: Path, package: Package) -> None:
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        raise WrongChecksum(f"{package.spec} has checksum sha512-{digest}, not the committed one. Nothing was taken.")


def _unpack(archive: Path, ready: Path, package: Package) -> None:
    """Named members only, so that no path inside the archive decides where anything is written."""
    ready.mkdir()
    with tarfile.open(archive, "r:gz") as members:
        for member in package.takes:
            (ready / member.kept_as).write_bytes(member.of(_bytes(members, member.inside)))


def _bytes(members: tarfile.TarFile, name: str) -> bytes:
    try:
        member = members.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise UnableToFetch(f"The archive holds no {name}.")
    return member.read()


def _replace(folder: Path, ready: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    ready.rename(folder)
