"""Which seals stand in a foreign file, and whether what they cover is still there. Runs confined (``__main__``)."""

from __future__ import annotations

from io import BytesIO
from itertools import islice
from typing import Final

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

_MOST: Final = 8


def seals_in(content: bytes) -> list[dict[str, object]]:
    """Of each signature (the first few) the certificate's SHA-256, whether it was made with that certificate's key, whether the bytes
    that it covers are unchanged, and whether it covers the whole file.

    No analysis of differences: our seals allow none, so whatever stands after one is a change. That analysis took 17 seconds on a
    tagged paper. Trust is not judged either; the caller knows its own certificates by their fingerprints.
    """
    found = PdfFileReader(BytesIO(content), strict=False).embedded_regular_signatures
    return [_judged(signature) for signature in islice(found, _MOST)]


def _judged(signature: EmbeddedPdfSignature) -> dict[str, object]:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=nobody, skip_diff=True)
    return {
        "certificate": signature.signer_cert.sha256.hex(),
        "genuine": bool(status.valid),
        "intact": bool(status.intact),
        "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    }
