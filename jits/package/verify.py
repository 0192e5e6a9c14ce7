"""The command ``wbcj-verify-package``: check a signed package without a connection, a database or Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from jits.package import signatures
from jits.package.checking import Report, check
from jits.package.manifest import Manifest
from jits.package.signatures import Trust

GOOD, REFUSED, NOT_CHECKED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one package. Ends with 0 when nothing is wrong, 1 when something is, 2 when it could not be checked."""
    chosen = _parser().parse_args(arguments)
    try:
        service = signatures.roots(chosen.trust.read_bytes())
        elsewhere = signatures.roots(chosen.signers.read_bytes()) if chosen.signers else service
    except (OSError, ValueError) as error:
        return _cannot(f"The certificates to trust cannot be read: {error}")
    try:
        with chosen.package.open("rb") as file:
            report = check(file, trust=Trust(service=service, elsewhere=elsewhere))
    except OSError as error:
        return _cannot(f"The package cannot be read: {error}")
    sys.stdout.write(_as_json(report) if chosen.json else _as_text(report))
    return GOOD if report.good else REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wbcj-verify-package",
        description="Check a signed package of an agreement on a joint investigation team, without a connection.",
        epilog="Ends with 0 when nothing is wrong, 1 when the package is refused, 2 when it could not be checked.",
    )
    parser.add_argument("package", type=Path, help="the package, a ZIP file")
    parser.add_argument(
        "--trust", type=Path, required=True, help="PEM file: the roots of the service that made the package"
    )
    parser.add_argument(
        "--signers", type=Path, help="PEM file: the roots of those who signed elsewhere (else as --trust)"
    )
    parser.add_argument("--json", action="store_true", help="answer for programs")
    return parser


def _cannot(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return NOT_CHECKED


def _as_json(report: Report) -> str:
    findings = [
        {"reason": str(each.reason), "where": each.where, "sentence": each.sentence} for each in report.findings
    ]
    told = report.manifest
    facts = (
        {"agreement": told.agreement, "content_sha256": told.content_sha256, "in_force": str(told.in_force)}
        if told
        else {}
    )
    return json.dumps({"good": report.good, "findings": findings, **facts}, ensure_ascii=False, indent=1) + "\n"


def _as_text(report: Report) -> str:
    if report.good and report.manifest:
        return _good(report.manifest)
    lines = ["REFUSED. This package is not what it claims to be:"]
    lines += [f"- {finding.reason}: {finding.sentence}" for finding in report.findings]
    return "\n".join(lines) + "\n"


def _good(told: Manifest) -> str:
    lines = [
        "GOOD. Every file, seal and signature holds.",
        f"Agreement {told.agreement}: {told.title}",
        f"SHA-256 of its content: {told.content_sha256}",
        f"In force since {told.in_force}, the day of the last signature. Languages: "
        + ", ".join(version.language for version in told.languages),
    ]
    for party in told.parties:
        assert party.consent is not None, "a good package has every consent"
        lines.append(f"- {party.name}: {party.signatory}, {party.consent.way}, {party.consent.at.isoformat()}")
    lines += [f"Sealed by {told.sealed_by}, {told.made_at.isoformat()}", told.legal_notice]
    lines.append("Not asked: whether a certificate was revoked. Times are those that the signatures claim.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
