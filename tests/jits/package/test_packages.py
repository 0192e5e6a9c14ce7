"""A package is made of what was frozen and signed, and whoever gets it can check it with the command alone."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from foundation.documents.rendering import table
from jits.package import archive, building, manifest, signatures
from jits.package.building import UnableToPack
from jits.package.manifest import Way
from tests.jits.package.stage import BEGAN, CONTENT, PARTIES, TEXTS, THREE

CHECKOUT = Path(__file__).resolve().parents[3]
MIXES = [mix for number in (2, 3, 5) for mix in combinations_with_replacement(Way, number)]
# What the command may not need: the product around it.
WITHOUT_DJANGO = "import sys; sys.modules['django'] = None; from jits.package.verify import main; sys.exit(main())"


def run(*command, cwd=None):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture(scope="session")
def folder(stage, clean, tmp_path_factory):
    """The package as it is handed over, with the roots to trust beside it."""
    folder = tmp_path_factory.mktemp("handed-over")
    (folder / "package.zip").write_bytes(clean)
    (folder / "CA.pem").write_bytes(stage.service.pem)
    (folder / "CAS.pem").write_bytes(stage.elsewhere.pem)
    (folder / "foreign.pem").write_bytes(stage.foreign.pem)
    zipfile.ZipFile(BytesIO(clean)).extractall(folder / "unpacked")
    return folder


@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_packages_of_two_three_and_five_parties_verify_however_they_signed(stage, mix):
    package = stage.package(stage.agreement(dict(zip(PARTIES, mix, strict=False))), sheet=stage.one_sheet)

    report = stage.checked(package)

    assert report.findings == ()
    assert [
        party.consent.way for party in sorted(report.manifest.parties, key=lambda each: list(PARTIES).index(each.party))
    ] == list(mix)


def test_a_package_of_seven_languages_verifies(stage):
    package = stage.package(stage.agreement(THREE, languages=tuple(TEXTS)))

    report = stage.checked(package)

    assert report.findings == ()
    assert [version.language for version in report.manifest.languages] == sorted(TEXTS)


def test_the_same_is_packed_in_the_same_bytes_but_for_the_seals(clean):
    package = archive.opened(BytesIO(clean))
    again = BytesIO()
    writer = archive.Writer(again)
    for name in package.entries:
        writer.add(name, package.read(name))
    writer.close()

    assert again.getvalue() == clean
    assert zipfile.ZipFile(BytesIO(clean)).testzip() is None


def test_frozen_files_are_tagged_archival_pdf_and_say_what_they_are(stage):
    marks = stage.agreement(THREE).marks

    found = signatures.frozen(stage.frozen(marks, "mk"))

    assert (found.archival, found.language, found.marks) == (True, "mk", marks)


def test_the_day_of_the_last_signature_is_that_of_the_place_where_it_was_given(stage, clean):
    told = stage.checked(clean).manifest

    assert told.in_force == max(party.consent.at for party in told.parties).date()


def test_a_package_is_not_made_of_a_file_that_is_not_archival(stage):
    agreement = stage.agreement(THREE)
    readable = stage.press.printed('<html lang="en"><title>x</title><p>x', seconds=60, variant=table.READABLE).pdf

    with pytest.raises(UnableToPack, match="no tagged PDF/A-2a"):
        stage.package(replace(agreement, frozen={**agreement.frozen, "en": lambda: readable}))


def test_a_package_that_would_be_refused_is_not_made(stage):
    agreement = stage.agreement(THREE)
    signed_in_another_name = building.sign(
        agreement.frozen["en"](), party="al", signatory="Somebody else", content_sha256=CONTENT, by=stage.seal, at=BEGAN
    )
    first, *rest = agreement.parties
    wrong = replace(first, given=replace(first.given, load=lambda: signed_in_another_name))

    with pytest.raises(UnableToPack, match="not that of the party's signatory"):
        stage.package(replace(agreement, parties=(wrong, *rest)))


def test_the_command_needs_neither_django_nor_a_connection(folder):
    ended = run(
        sys.executable, "-c", WITHOUT_DJANGO, folder / "package.zip", "--trust", folder / "CA.pem", "--signers", folder / "CAS.pem",
        cwd=CHECKOUT,
    )  # fmt: skip

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("GOOD.")
    assert "Љубица Ѓорѓиевска" in ended.stdout
    assert "Kosovo*" in ended.stdout


@pytest.mark.parametrize(
    ("trust", "signers", "reason"),
    [("foreign.pem", "CAS.pem", "seal-untrusted"), ("CA.pem", "foreign.pem", "signature-untrusted")],
)
def test_the_command_refuses_whom_the_reader_does_not_trust(folder, trust, signers, reason):
    command = ["-m", "jits.package.verify", folder / "package.zip", "--json"]
    ended = run(sys.executable, *command, "--trust", folder / trust, "--signers", folder / signers, cwd=CHECKOUT)

    told = json.loads(ended.stdout)

    assert ended.returncode == 1
    assert [finding["reason"] for finding in told["findings"]] == [reason]


@pytest.mark.parametrize("missing", ["package.zip", "CA.pem"])
def test_the_command_says_that_it_could_not_check(folder, tmp_path, missing):
    there = {name: folder / name for name in ("package.zip", "CA.pem")} | {missing: tmp_path / missing}
    command = ["-m", "jits.package.verify", there["package.zip"], "--trust", there["CA.pem"]]

    ended = run(sys.executable, *command, cwd=CHECKOUT)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "cannot be read" in ended.stderr


@pytest.mark.parametrize("what", ["package.zip", "unpacked"])
def test_the_small_program_in_each_package_checks_hashes_and_says_what_it_does_not_check(folder, what):
    ended = run(sys.executable, "-I", "-S", folder / "unpacked" / "verify_sums.py", folder / what)

    assert ended.returncode == 0, ended.stdout
    assert "Signatures and the seal were NOT checked" in ended.stdout


def test_the_small_program_notices_a_changed_file(folder, clean, tmp_path):
    zipfile.ZipFile(BytesIO(clean)).extractall(tmp_path)
    scan = tmp_path / "consents" / "xk.png"
    scan.write_bytes(scan.read_bytes() + b"!")
    (tmp_path / "note.txt").write_text("not of the package")

    ended = run(sys.executable, "-I", "-S", folder / "unpacked" / "verify_sums.py", tmp_path)

    assert ended.returncode == 1
    assert "consents/xk.png is not the file that the manifest names" in ended.stdout
    assert "note.txt does not belong to the package" in ended.stdout
    assert "NOT checked" in ended.stdout


def test_sha256sum_reads_the_sums(folder):
    ended = run("sha256sum", "--check", "--strict", "--quiet", manifest.SUMS, cwd=folder / "unpacked")

    assert (ended.returncode, ended.stdout) == (0, "")


def test_the_readme_says_that_a_seal_of_the_service_is_not_qualified(folder):
    text = (folder / "unpacked" / "README.txt").read_text(encoding="ascii")

    assert "NO qualified electronic signatures" in text
    assert "eIDAS" in text
