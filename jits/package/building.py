"""Make a package: copy what was frozen and signed, write the manifest and the sheet, seal them. One file in memory at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from foundation.documents.seals import sealing
from foundation.documents.seals.authority import Authority
from jits.package import checking, consents, manifest, signatures
from jits.package.archive import Writer
from jits.package.manifest import Consent, CounterCheck, File, Manifest, Party, Version, Way
from jits.package.marks import Marks
from jits.package.reasons import Refused
from jits.package.signatures import Trust

Load = Callable[[], bytes]
"""Brings the bytes of a file when they are needed, so that never more than one is held."""

_HERE: Final = Path(__file__).parent
_SCANS: Final = {b"%PDF-": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


class UnableToPack(Exception):
    """The package cannot be made; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A consent as it was recorded. ``at`` of a signature made elsewhere is when it came in and was found good."""

    way: Way
    language: str
    at: datetime
    load: Load
    certificate: str | None = None
    counter_check: CounterCheck | None = None


@dataclass(frozen=True, kw_only=True)
class Signing:
    """A party: its code, its name, its signatory, and the consent."""

    party: str
    name: str
    signatory: str
    given: Given


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What is packed. ``frozen`` are the PDF/A-2a files by their language tags; they carry the marks of this agreement."""

    reference: str
    title: str
    content_sha256: str
    template: str
    legal_notice: str
    frozen: dict[str, Load]
    parties: tuple[Signing, ...]

    @property
    def marks(self) -> Marks:
        """What each frozen file says of itself."""
        return Marks.of(
            agreement=self.reference,
            content=self.content_sha256,
            template=self.template,
            languages=self.frozen,
            parties=[signing.party for signing in self.parties],
        )


def sign(frozen: bytes, *, party: str, signatory: str, content_sha256: str, by: Authority, at: datetime) -> bytes:
    """The frozen file with a signature made in the application, in the name of the signatory, at that second."""
    reason = consents.consent_line(party=party, content_sha256=content_sha256)
    return sealing.sealed_for(frozen, by=by, name=signatory, reason=reason, at=at.replace(microsecond=0))


def build(
    agreement: Agreement,
    *,
    to: IO[bytes],
    by: Authority,
    sheet: Callable[[Manifest], bytes],
    trust: Trust,
    at: datetime,
) -> Manifest:
    """Write the package to a file that can be read as well, and look through it as whoever gets it will.

    ``sheet`` prints the certificate sheet (PDF/A) from what the manifest says so far. Raises UnableToPack: somebody has not signed, a
    frozen file is not archival, or the package would be refused; what was written is then of no use.
    """
    writer = Writer(to)
    for name in (manifest.README, manifest.PROGRAM):
        writer.add(name, (_HERE / name).read_bytes())
    languages = tuple(_version(writer, language, load) for language, load in sorted(agreement.frozen.items()))
    parties = tuple(_party(writer, signing) for signing in sorted(agreement.parties, key=lambda each: each.party))
    in_force = manifest.last_signature(parties)
    if in_force is None:
        raise UnableToPack(_("There is no party."))
    made = Manifest(
        agreement=agreement.reference,
        title=agreement.title,
        content_sha256=agreement.content_sha256,
        template=agreement.template,
        made_at=at,
        in_force=in_force,
        sealed_by=by.name,
        legal_notice=agreement.legal_notice,
        languages=languages,
        parties=parties,
        files=_files(writer),
    )
    reason = f"Certificate of {agreement.reference}, sha256:{agreement.content_sha256}."
    writer.add(manifest.SHEET, sealing.sealed_for(sheet(made), by=by, name=by.name, reason=reason, at=at))
    return _finished(writer, to, made, by, trust)


def _finished(writer: Writer, to: IO[bytes], made: Manifest, by: Authority, trust: Trust) -> Manifest:
    told = Manifest(**{**made.__dict__, "files": _files(writer)})
    content = manifest.written(told)
    writer.add(manifest.NAME, content)
    writer.add(manifest.SEAL, sealing.sealed_apart(content, by=by))
    writer.add(manifest.SUMS, checking.sums_text(writer.sums))
    writer.close()
    report = checking.check(to, trust=trust)
    if not report.good:
        raise UnableToPack(" ".join(finding.sentence for finding in report.findings))
    return told


def _files(writer: Writer) -> tuple[File, ...]:
    return tuple(File(name=each.name, sha256=writer.sums[each.name], size=each.size) for each in writer.entries)


def _version(writer: Writer, language: str, load: Load) -> Version:
    name, pdf = f"agreement/{language}.pdf", load()
    try:
        archival = signatures.frozen(pdf).archival
    except Refused:
        archival = False
    if not archival:
        raise UnableToPack(_("The frozen file in %(language)s is no tagged PDF/A-2a.") % {"language": language})
    return Version(language=language, file=name, sha256=writer.add(name, pdf))


def _party(writer: Writer, signing: Signing) -> Party:
    given, content = signing.given, signing.given.load()
    name = f"consents/{signing.party}.{_ending(given, content)}"
    consent = Consent(
        way=given.way,
        language=given.language,
        at=given.at,
        file=name,
        sha256=writer.add(name, content),
        certificate=given.certificate,
        counter_check=given.counter_check,
    )
    return Party(party=signing.party, name=signing.name, signatory=signing.signatory, consent=consent)


def _ending(given: Given, content: bytes) -> str:
    found = next((ending for begin, ending in _SCANS.items() if content.startswith(begin)), None)
    if found is None or (found != "pdf" and given.way is not Way.INK):
        raise UnableToPack(_("What a party signed is neither a PDF nor a scan as PNG or JPEG."))
    return found
