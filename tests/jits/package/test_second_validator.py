"""Another program than the library that signs and checks, poppler's pdfsig, says the same of the signatures in PDF files."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from jits.package import archive

FILES = ("consents/al.pdf", "consents/mk.pdf", "certificate.pdf")
MISSING = "pdfsig was not found. `make test` installs it, or names the command (Debian: apt-get install poppler-utils)."


def judged(pdf, folder) -> str:
    """What pdfsig says of the file."""
    program = shutil.which("pdfsig") or pytest.fail(MISSING)
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return subprocess.run([program, "-nocert", str(path)], capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", FILES)
def test_it_finds_each_signature_valid_and_over_the_whole_file(clean, tmp_path, name):
    said = judged(archive.opened(BytesIO(clean)).read(name), tmp_path)

    assert said.count("Signature is Valid.") == 1
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said


@pytest.mark.parametrize("name", FILES)
def test_it_finds_a_changed_byte(clean, tmp_path, name):
    pdf = bytearray(archive.opened(BytesIO(clean)).read(name))
    pdf[len(pdf) // 3] ^= 1

    assert "Signature is Valid." not in judged(bytes(pdf), tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_it_finds_that_something_was_added_after_the_signature(clean, tmp_path, name):
    writer = IncrementalPdfFileWriter(BytesIO(archive.opened(BytesIO(clean)).read(name)))
    writer.root["/Note"] = generic.pdf_string("added")
    writer.update_root()
    added = BytesIO()
    writer.write(added)

    assert "Not total document signed" in judged(added.getvalue(), tmp_path)
