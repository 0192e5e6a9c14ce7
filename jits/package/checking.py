"""Look through a package, in stages: where one finds something, the next would only repeat it in other words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from jits.package import archive, consents, manifest, signatures
from jits.package.archive import Archive
from jits.package.manifest import NAME, PROGRAM, README, SEAL, SHEET, SUMS, Manifest
from jits.package.marks import Marks
from jits.package.reasons import Finding, Reason, Refused, refuse
from jits.package.signatures import Trust

_DIGITS: Final = 64


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found. ``manifest`` is there when its seal holds."""

    findings: tuple[Finding, ...]
    manifest: Manifest | None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def check(file: IO[bytes], *, trust: Trust) -> Report:
    """Check everything that can be checked without a connection. Memory: the two largest files of the package."""
    told: Manifest | None = None
    try:
        package = archive.opened(file)
        _sums(package)
        archive.checked(package)
        told = _sealed(package, trust)
        for stage in (_files, _frozen, consents.judge, _sheet):
            _raise(stage(package, told, trust))
    except Refused as refused:
        return Report(findings=refused.findings, manifest=told)
    return Report(findings=(), manifest=told)


def _raise(findings: Iterator[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise Refused(*found)


def _sums(package: Archive) -> None:
    """SHA256SUMS names every file but itself, in the order of the package."""
    names = [name for name in package.sums if name != SUMS]
    if SUMS not in package.sums:
        raise refuse(Reason.MISSING_ENTRY, SUMS)
    told = _lines(package.read(SUMS))
    _raise(_compared(set(told), set(names)))
    if list(told) != names or next(reversed(package.sums)) != SUMS:
        raise refuse(Reason.ENTRY_ORDER)
    _raise(Finding(reason=Reason.SUM_DIFFERS, where=name) for name in names if told[name] != package.sums[name])


def _lines(content: bytes) -> dict[str, str]:
    try:
        lines = [line.split("  ") for line in content.decode("ascii").splitlines()]
        told = {name: digest for digest, name in lines}
    except ValueError:
        raise refuse(Reason.SUMS_MALFORMED) from None
    if sums_text(told) != content or not all(_is_digest(digest) for digest in told.values()):
        raise refuse(Reason.SUMS_MALFORMED)
    return told


def _is_digest(text: str) -> bool:
    return len(text) == _DIGITS and set(text) <= set("0123456789abcdef")


def sums_text(sums: dict[str, str]) -> bytes:
    """The content of SHA256SUMS, as ``sha256sum -c`` reads it."""
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()


def _compared(expected: set[str], found: set[str]) -> Iterator[Finding]:
    for name in sorted(expected - found):
        yield Finding(reason=Reason.MISSING_ENTRY, where=name)
    for name in sorted(found - expected):
        yield Finding(reason=Reason.EXTRA_ENTRY, where=name)


def _sealed(package: Archive, trust: Trust) -> Manifest:
    _raise(_compared({NAME, SEAL}, {NAME, SEAL} & set(package.sums)))
    content = package.read(NAME)
    told = manifest.read(content)
    signatures.seal_over(content, package.read(SEAL), by=trust.service, at=told.made_at)
    return told


def _files(package: Archive, told: Manifest, _trust: Trust) -> Iterator[Finding]:
    """Every file is one that the manifest names, for one purpose, with its hash."""
    listed = {file.name: file for file in told.files}
    yield from _compared({*listed, *manifest.LAST}, set(package.sums))
    if [*listed, *manifest.LAST] != list(package.sums):
        yield Finding(reason=Reason.ENTRY_ORDER)
        return
    for name, file in listed.items():
        if (package.sums[name], package.entries[name].size) != (file.sha256, file.size):
            yield Finding(reason=Reason.MANIFEST_DIFFERS, where=name)
    yield from _purposes(told, {name: file.sha256 for name, file in listed.items()})


def _purposes(told: Manifest, listed: dict[str, str]) -> Iterator[Finding]:
    used = [(version.file, version.sha256) for version in told.languages]
    used += [(party.consent.file, party.consent.sha256) for party in told.parties if party.consent]
    names = [name for name, _sha256 in used]
    for name, sha256 in used:
        if listed.get(name) != sha256 or names.count(name) > 1:
            yield Finding(reason=Reason.MANIFEST_DIFFERS, where=name, detail="The manifest contradicts itself.")
    yield from _compared({README, PROGRAM, SHEET, *names}, set(listed))


def _frozen(package: Archive, told: Manifest, _trust: Trust) -> Iterator[Finding]:
    """Each file of the agreement says itself to which agreement, text, languages and parties it belongs."""
    languages, parties = {each.language for each in told.languages}, {each.party for each in told.parties}
    for version in told.languages:
        found = signatures.frozen(package.read(version.file))
        if found.marks is None or not _is_same_text(found.marks, told):
            yield Finding(reason=Reason.CONTENT_DIFFERS, where=version.file)
            continue
        if found.language != version.language:
            yield Finding(reason=Reason.LANGUAGE_SWAPPED, where=version.file)
        if set(found.marks.languages) != languages:
            yield Finding(reason=Reason.LANGUAGE_MISSING, where=version.file)
        if set(found.marks.parties) != parties:
            yield Finding(reason=Reason.PARTY_MISSING, where=version.file)


def _is_same_text(marks: Marks, told: Manifest) -> bool:
    same = (told.agreement, told.content_sha256, told.template)
    return (marks.agreement, marks.content, marks.template) == same


def _sheet(package: Archive, told: Manifest, trust: Trust) -> Iterator[Finding]:
    marks = signatures.sealed_sheet(package.read(SHEET), by=trust.service, at=told.made_at)
    if marks is None or not _is_same_text(marks, told):
        yield Finding(reason=Reason.CERTIFICATE_BROKEN, where=SHEET)
