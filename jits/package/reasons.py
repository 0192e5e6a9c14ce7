"""Why a package is refused: one word for programs, one sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What is wrong, in one word. The words are part of the format: none changes its meaning."""

    NOT_A_ZIP = "not-a-zip"
    TRAILING_BYTES = "trailing-bytes"
    ALTERED_FRAME = "altered-frame"
    UNSAFE_NAME = "unsafe-name"
    DUPLICATE_ENTRY = "duplicate-entry"
    ENCRYPTED_ENTRY = "encrypted-entry"
    COMPRESSED_ENTRY = "compressed-entry"
    TOO_LARGE = "too-large"
    MISSING_ENTRY = "missing-entry"
    EXTRA_ENTRY = "extra-entry"
    ENTRY_ORDER = "entry-order"
    SUMS_MALFORMED = "sums-malformed"
    SUM_DIFFERS = "sum-differs"
    MANIFEST_MALFORMED = "manifest-malformed"
    UNKNOWN_FORMAT = "unknown-format"
    SEAL_BROKEN = "seal-broken"
    SEAL_UNTRUSTED = "seal-untrusted"
    MANIFEST_DIFFERS = "manifest-differs"
    LANGUAGE_MISSING = "language-missing"
    LANGUAGE_SWAPPED = "language-swapped"
    CONTENT_DIFFERS = "content-differs"
    FROZEN_UNREADABLE = "frozen-unreadable"
    PARTY_MISSING = "party-missing"
    CONSENT_MISSING = "consent-missing"
    EVIDENCE_UNREADABLE = "evidence-unreadable"
    NOT_THE_FROZEN_FILE = "not-the-frozen-file"
    SIGNATURE_MISSING = "signature-missing"
    SIGNATURE_BROKEN = "signature-broken"
    SIGNATURE_UNTRUSTED = "signature-untrusted"
    CHANGED_AFTER_SIGNING = "changed-after-signing"
    MORE_THAN_A_SIGNATURE = "more-than-a-signature"
    WRONG_SIGNATORY = "wrong-signatory"
    TIME_DIFFERS = "time-differs"
    SCAN_DIFFERS = "scan-differs"
    COUNTER_CHECK_MISSING = "counter-check-missing"
    COUNTER_CHECK_BY_THE_SAME_PARTY = "counter-check-by-the-same-party"
    IN_FORCE_DIFFERS = "in-force-differs"
    CERTIFICATE_BROKEN = "certificate-broken"


SENTENCES = {
    Reason.NOT_A_ZIP: "This is not a ZIP file, or its list of files is damaged.",
    Reason.TRAILING_BYTES: "There are bytes after the end of the package.",
    Reason.ALTERED_FRAME: "The ZIP is not laid out as packages are: something was added, taken out or changed between the files.",
    Reason.UNSAFE_NAME: "A file in the package has a name that packages never use.",
    Reason.DUPLICATE_ENTRY: "A file stands in the package twice.",
    Reason.ENCRYPTED_ENTRY: "A file in the package is encrypted.",
    Reason.COMPRESSED_ENTRY: "A file in the package is compressed; packages store files as they are.",
    Reason.TOO_LARGE: "The package or a file in it is larger than packages may be, or holds too many files.",
    Reason.MISSING_ENTRY: "A file that belongs to the package is missing.",
    Reason.EXTRA_ENTRY: "There is a file in the package that does not belong to it.",
    Reason.ENTRY_ORDER: "The files do not stand in the order in which they were packed.",
    Reason.SUMS_MALFORMED: "SHA256SUMS cannot be read.",
    Reason.SUM_DIFFERS: "A file does not have the SHA-256 that stands in SHA256SUMS.",
    Reason.MANIFEST_MALFORMED: "The manifest is not written as manifests are.",
    Reason.UNKNOWN_FORMAT: "The manifest has a format that this program does not know.",
    Reason.SEAL_BROKEN: "The seal does not fit the manifest: one of them was changed.",
    Reason.SEAL_UNTRUSTED: "The manifest was sealed by somebody whom you do not trust.",
    Reason.MANIFEST_DIFFERS: "A file is not the one that the sealed manifest names.",
    Reason.LANGUAGE_MISSING: "A language version of the agreement is missing.",
    Reason.LANGUAGE_SWAPPED: "A file is written in another language than the manifest says.",
    Reason.CONTENT_DIFFERS: "A file belongs to another agreement or to another version of its text.",
    Reason.FROZEN_UNREADABLE: "A frozen file of the agreement cannot be read.",
    Reason.PARTY_MISSING: "The parties that stand in the agreement are not those of the manifest.",
    Reason.CONSENT_MISSING: "A party has not signed.",
    Reason.EVIDENCE_UNREADABLE: "The evidence of a consent cannot be read.",
    Reason.NOT_THE_FROZEN_FILE: "What was signed is not, byte for byte, the frozen file of the agreement.",
    Reason.SIGNATURE_MISSING: "The file of a party carries no signature, or more than one.",
    Reason.SIGNATURE_BROKEN: "The signature does not fit what it signs: something was changed.",
    Reason.SIGNATURE_UNTRUSTED: "The signature was made with a certificate that you do not trust.",
    Reason.CHANGED_AFTER_SIGNING: "Something was added to the file after it was signed.",
    Reason.MORE_THAN_A_SIGNATURE: "Together with the signature something else was changed in the file.",
    Reason.WRONG_SIGNATORY: "The signature is not that of the party's signatory.",
    Reason.TIME_DIFFERS: "A time in the package cannot be right.",
    Reason.SCAN_DIFFERS: "The scan is not the one that was counter-checked, or it was checked against another text.",
    Reason.COUNTER_CHECK_MISSING: "A scan was not counter-checked.",
    Reason.COUNTER_CHECK_BY_THE_SAME_PARTY: "A scan was counter-checked by the party that signed it, or by no party at all.",
    Reason.IN_FORCE_DIFFERS: "The agreement is not in force since the day of the last signature, as it must be.",
    Reason.CERTIFICATE_BROKEN: "The certificate sheet is not the sealed sheet of this agreement.",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where."""

    reason: Reason
    where: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """For people."""
        parts = (SENTENCES[self.reason], f"({self.where})" if self.where else "", self.detail)
        return " ".join(part for part in parts if part)


class Refused(Exception):
    """The package is refused; ``findings`` says why, first the first."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.sentence for finding in findings))
        self.findings = findings


def refuse(reason: Reason, where: str = "", detail: str = "") -> Refused:
    """One reason, ready to be raised."""
    return Refused(Finding(reason=reason, where=where, detail=detail))
