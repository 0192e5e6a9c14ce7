"""Every party consented: to this very text, by its signatory, in one of the three ways, in time."""

from __future__ import annotations

from collections.abc import Iterator

from jits.package import signatures
from jits.package.archive import Archive
from jits.package.manifest import Consent, Manifest, Party, Way, last_signature
from jits.package.reasons import Finding, Reason, Refused
from jits.package.signatures import Signed, Trust


def judge(package: Archive, told: Manifest, trust: Trust) -> Iterator[Finding]:
    """What is wrong with the consents, and with the day since which the agreement is in force."""
    for party in told.parties:
        if party.consent is None:
            yield Finding(reason=Reason.CONSENT_MISSING, where=party.party)
            continue
        try:
            yield from _judged(package, told, party, party.consent, trust)
        except Refused as refused:
            yield from (_placed(finding, party.consent.file) for finding in refused.findings)
    last = last_signature(told.parties)
    if last is not None and last != told.in_force:
        yield Finding(reason=Reason.IN_FORCE_DIFFERS, where=told.in_force.isoformat())


def consent_line(*, party: str, content_sha256: str) -> str:
    """What a signature that is made in the application says of itself: who is bound, and by which content."""
    return f"Consent of {party} to sha256:{content_sha256}."


def _placed(finding: Finding, where: str) -> Finding:
    return Finding(reason=finding.reason, where=where, detail=finding.detail)


def _judged(package: Archive, told: Manifest, party: Party, consent: Consent, trust: Trust) -> Iterator[Finding]:
    if consent.at > told.made_at:
        yield Finding(reason=Reason.TIME_DIFFERS, where=consent.file)
    versions = {version.language: version for version in told.languages}
    if consent.language not in versions:
        yield Finding(reason=Reason.LANGUAGE_MISSING, where=consent.file)
        return
    if consent.way is Way.INK:
        yield from _ink(told, party, consent, versions[consent.language].sha256)
        return
    roots = trust.service if consent.way is Way.APPLICATION else trust.elsewhere
    frozen = package.read(versions[consent.language].file)
    signed = signatures.signature_on(package.read(consent.file), frozen, by=roots, at=consent.at)
    yield from (_application if consent.way is Way.APPLICATION else _elsewhere)(told, party, consent, signed)


def _application(told: Manifest, party: Party, consent: Consent, signed: Signed) -> Iterator[Finding]:
    """The service's certificate in the name of the signatory, with the line of that party and content, at that second."""
    line = consent_line(party=party.party, content_sha256=told.content_sha256)
    if signed.name != party.signatory or not signed.reason.startswith(line) or consent.certificate is not None:
        yield Finding(reason=Reason.WRONG_SIGNATORY, where=consent.file)
    if signed.at is None or signed.at != consent.at.replace(microsecond=0):
        yield Finding(reason=Reason.TIME_DIFFERS, where=consent.file)


def _elsewhere(_told: Manifest, _party: Party, consent: Consent, signed: Signed) -> Iterator[Finding]:
    """The certificate that was taken for the signatory's when the file came in; what it claims of its time lies before that."""
    if signed.certificate != consent.certificate:
        yield Finding(reason=Reason.WRONG_SIGNATORY, where=consent.file)
    if signed.at is not None and signed.at > consent.at:
        yield Finding(reason=Reason.TIME_DIFFERS, where=consent.file)


def _ink(told: Manifest, party: Party, consent: Consent, frozen: str) -> Iterator[Finding]:
    """Somebody of another party of this agreement held this very scan against this very file and content, after it was signed."""
    checked = consent.counter_check
    if checked is None:
        yield Finding(reason=Reason.COUNTER_CHECK_MISSING, where=consent.file)
        return
    others = {each.party for each in told.parties} - {party.party}
    if checked.party not in others or checked.by == party.signatory:
        yield Finding(reason=Reason.COUNTER_CHECK_BY_THE_SAME_PARTY, where=consent.file)
    held = (checked.scan_sha256, checked.content_sha256, checked.frozen_sha256)
    if held != (consent.sha256, told.content_sha256, frozen):
        yield Finding(reason=Reason.SCAN_DIFFERS, where=consent.file)
    if not consent.at <= checked.at <= told.made_at:
        yield Finding(reason=Reason.TIME_DIFFERS, where=consent.file)
