"""Signatures and seals, judged with pyHanko: genuine, trusted, over the whole file, and nothing else changed with them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from asn1crypto import cms
from asn1crypto.x509 import Certificate
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_detached_cms, async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from jits.package.marks import Marks
from jits.package.reasons import Reason, Refused, refuse
from jits.package.revision import brings_only_the_signature

# What the library says of a suspicious file is said by us, in one sentence.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_PADES: Final = "/ETSI.CAdES.detached"


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Roots of the service that seals packages and signs for people, and roots of those who sign elsewhere."""

    service: tuple[Certificate, ...]
    elsewhere: tuple[Certificate, ...]


def roots(pem: bytes) -> tuple[Certificate, ...]:
    """The certificates in a PEM file. Raises ValueError when there is none."""
    found = tuple(load_certs_from_pemder_data(pem))
    if not found:
        raise ValueError("no certificate in it")
    return found


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What a good signature says: with which certificate (SHA-256), in whose name, why, and when."""

    certificate: str
    name: str
    reason: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What a frozen file says of itself: its language and its marks."""

    language: str
    marks: Marks | None
    archival: bool


def seal_over(content: bytes, seal: bytes, *, by: tuple[Certificate, ...], at: datetime) -> None:
    """Hold a detached seal against what it seals. Raises Refused: broken, or by somebody who is not trusted."""
    try:
        signed = cms.ContentInfo.load(seal, strict=True)["content"]
        status = asyncio.run(async_validate_detached_cms(content, signed, _context(by, at)))
        holds = status.intact and status.valid and _is_plain(signed) and _is_bare(signed)
    except Exception as error:  # whatever foreign bytes make the library raise
        raise refuse(Reason.SEAL_BROKEN, detail=type(error).__name__) from None
    if not holds:
        raise refuse(Reason.SEAL_BROKEN)
    if not status.trusted:
        raise refuse(Reason.SEAL_UNTRUSTED)


def _is_bare(signed: cms.SignedData) -> bool:
    """Nothing in it but the signature, its certificates and what is signed: as the service writes it."""
    content, signers = signed["encap_content_info"]["content"], signed["signer_infos"]
    return content.native is None and not signed["crls"].native and not signers[0]["unsigned_attrs"].native


def _is_plain(signed: cms.SignedData) -> bool:
    """One signer, and in what no signature covers the only values that go with it, so that there is no second way to write it."""
    if len(signed["signer_infos"]) != 1:
        return False
    signer = signed["signer_infos"][0]
    version = "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"
    digests = [(each["algorithm"].native, each["parameters"].native) for each in signed["digest_algorithms"]]
    return (
        signed["version"].native == signer["version"].native == version
        and digests == [(signer["digest_algorithm"]["algorithm"].native, None)]
        and signer["digest_algorithm"]["parameters"].native is None
    )


def _context(by: tuple[Certificate, ...], at: datetime) -> ValidationContext:
    """Judged as of the time that is claimed, with no connection: a certificate that was revoked is not noticed."""
    return ValidationContext(trust_roots=list(by), allow_fetching=False, moment=at)


def frozen(pdf: bytes) -> Frozen:
    """What a file of the agreement says of itself. Raises Refused for a file that cannot be read."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        information = reader.trailer_view["/Info"]
        language, line = str(reader.root["/Lang"]), str(information.get("/Keywords", ""))
        xmp = bytes(reader.root["/Metadata"].data)
        tagged = bool(reader.root["/MarkInfo"]["/Marked"])
    except Exception as error:  # as above
        raise refuse(Reason.FROZEN_UNREADABLE, detail=type(error).__name__) from None
    archival = tagged and b'part="2"' in xmp and b'conformance="A"' in xmp
    return Frozen(language=language, marks=Marks.read(line), archival=archival)


def signature_on(pdf: bytes, frozen_pdf: bytes, *, by: tuple[Certificate, ...], at: datetime) -> Signed:
    """Judge the one signature on top of the frozen file. Raises Refused with the first thing that is wrong."""
    if not pdf.startswith(frozen_pdf):
        raise refuse(Reason.NOT_THE_FROZEN_FILE)
    if pdf == frozen_pdf:
        raise refuse(Reason.SIGNATURE_MISSING)
    try:
        return _judged(pdf, frozen_pdf, by, at)
    except Refused:
        raise
    except Exception as error:  # as above
        raise refuse(Reason.EVIDENCE_UNREADABLE, detail=type(error).__name__) from None


def sealed_sheet(pdf: bytes, *, by: tuple[Certificate, ...], at: datetime) -> Marks | None:
    """The marks of a sealed sheet. Raises Refused when its seal does not hold."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        _whole(reader, by, at)
        return Marks.read(str(reader.trailer_view["/Info"].get("/Keywords", "")))
    except Exception as error:  # as above; whatever is wrong with it, the sheet is not the sealed one
        raise refuse(Reason.CERTIFICATE_BROKEN, detail=str(error) if isinstance(error, Refused) else "") from None


def _judged(pdf: bytes, frozen_pdf: bytes, by: tuple[Certificate, ...], at: datetime) -> Signed:
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    signature = _whole(reader, by, at)
    revisions = PdfFileReader(BytesIO(frozen_pdf), strict=False).xrefs.total_revisions
    if not (
        _is_plain(signature.signed_data)
        and _is_padded(pdf, signature)
        and brings_only_the_signature(reader, revisions=revisions)
    ):
        raise refuse(Reason.MORE_THAN_A_SIGNATURE)
    told = signature.sig_object
    return Signed(
        certificate=signature.signer_cert.sha256.hex(),
        name=str(told.get("/Name", "")),
        reason=str(told.get("/Reason", "")),
        at=signature.self_reported_timestamp,
    )


def _whole(reader: PdfFileReader, by: tuple[Certificate, ...], at: datetime) -> EmbeddedPdfSignature:
    """The first signature of the file, which must reach its end, so that there can be no other."""
    found: list[EmbeddedPdfSignature] = reader.embedded_signatures
    if not found or found[0].sig_object.get("/SubFilter") != _PADES:
        raise refuse(Reason.SIGNATURE_MISSING)
    status = asyncio.run(async_validate_pdf_signature(found[0], _context(by, at), skip_diff=True))
    if not (status.intact and status.valid):
        raise refuse(Reason.SIGNATURE_BROKEN)
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE or len(found) > 1:
        raise refuse(Reason.CHANGED_AFTER_SIGNING)
    if not status.trusted:
        raise refuse(Reason.SIGNATURE_UNTRUSTED)
    return found[0]


def _is_padded(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """The one gap that the signature leaves open holds the signature in hexadecimal, then zeros, and nothing else."""
    start, length, after, _rest = (int(each) for each in signature.byte_range)
    # What the library calls the content reaches to the end of the gap.
    encoded: bytes = cms.ContentInfo.load(signature.pkcs7_content).dump()
    gap = pdf[start + length : after]
    padded = encoded.hex().ljust(len(gap) - 2, "0")
    return gap in {f"<{padded}>".encode(), f"<{padded.upper()}>".encode()}
