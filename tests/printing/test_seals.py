"""A paper carries a seal, and anybody may ask whether a file is the sealed original; the answer tells nothing else."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from cases import actions as case_actions
from foundation.documents.confinement import limits
from foundation.documents.seals import authority, sealing, verifying
from foundation.documents.seals.verifying import Verdict
from tests.printing.ordering import download, printed
from wbcj import checks, verify
from wbcj.sign_in.limits import Limit


def pem(key) -> str:
    encoded: bytes = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return encoded.decode()


def certificate(key, name="Eurojust seal") -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = (
        builder.serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    )
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    builder = builder.add_extension(
        x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture
def sealed(printed_blank) -> bytes:
    return sealing.sealed(printed_blank, by=authority.authority(), reason="Original.")


@pytest.fixture
def given(settings):
    """A key and certificate of the operator's own."""
    key = ec.generate_private_key(ec.SECP256R1())
    settings.WBCJ_SEAL_KEY, settings.WBCJ_SEAL_CERTIFICATES = pem(key), certificate(key)
    return key


def verdict(content: bytes) -> Verdict:
    return verifying.verify(io.BytesIO(content)).verdict


def ask(content: bytes, client: Client | None = None):
    file = SimpleUploadedFile("x.pdf", content, content_type="application/pdf")
    return (client or Client()).post(reverse("verify"), {"file": file})


def said(answer) -> str:
    found = re.search(r'<div id="answer".*?</div>\s*</div>\s*</div>', answer.content.decode(), re.DOTALL)
    return found.group(0) if found else ""


def test_the_seal_is_pades_over_the_whole_file_and_allows_no_change(sealed):
    reader = PdfReader(io.BytesIO(sealed))
    (field,) = (each.get_object() for each in reader.trailer["/Root"]["/AcroForm"]["/Fields"])
    signature = field["/V"]
    start, first, second, rest = signature["/ByteRange"]

    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    assert (start, second + rest) == (0, len(sealed))
    assert first < second
    assert signature["/Reference"][0]["/TransformParams"]["/P"] == 1
    assert "without legal value" in signature["/Reason"]
    assert int(field["/F"]) & 2, "hidden, as PDF/UA wants what has no tag"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True


def test_a_seal_of_the_operator_says_nothing_of_tests(given, printed_blank):
    content = sealing.sealed(printed_blank, by=authority.authority(), reason="Original.")

    (field,) = PdfReader(io.BytesIO(content)).trailer["/Root"]["/AcroForm"]["/Fields"]
    assert field.get_object()["/V"]["/Reason"] == "Original."
    assert field.get_object()["/V"]["/Name"] == "Eurojust seal"


def test_rsa_keys_seal_as_well(settings, printed_blank):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.WBCJ_SEAL_KEY, settings.WBCJ_SEAL_CERTIFICATES = pem(key), certificate(key)

    content = sealing.sealed(printed_blank, by=authority.authority(), reason="Original.")
    assert verifying._inspected(content) == [
        {"certificate": next(iter(authority.fingerprints())), "genuine": True, "intact": True, "whole": True}
    ]


def test_the_test_authority_is_made_once_and_its_key_is_the_owners_alone(settings, tmp_path):
    settings.WBCJ_SECRETS_DIR = tmp_path / "secrets"
    first = authority.authority()
    authority._made_here.cache_clear()
    again = authority.authority()

    assert first == again
    assert first.test
    (path,) = (tmp_path / "secrets").glob("*.pem")
    assert path.stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in repr(first)


def test_a_key_that_does_not_fit_its_certificate_is_refused(settings, given):
    settings.WBCJ_SEAL_CERTIFICATES = certificate(ec.generate_private_key(ec.SECP256R1()))
    settings.WBCJ_DEMO = False

    with pytest.raises(authority.NoSealKey):
        authority.authority()
    assert [found.id for found in checks.seal_given(None)] == ["wbcj.E007"]


@pytest.mark.parametrize(
    ("demo", "trial", "found"), [(False, False, ["wbcj.E006"]), (False, True, []), (True, False, [])]
)
def test_a_deployment_without_a_seal_of_its_own_is_refused_unless_it_is_for_trial(settings, demo, trial, found):
    settings.WBCJ_DEMO, settings.WBCJ_TEST_SEALS = demo, trial

    assert [each.id for each in checks.seal_given(None)] == found


def incremental(content: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_metadata({"/Title": "Another one"})
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def flipped(content: bytes) -> bytes:
    place = content.index(b"stream") + 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [flipped, incremental, lambda content: content + b"\n"])
def test_what_was_changed_after_sealing_is_known_as_changed(sealed, change):
    assert verdict(change(sealed)) == Verdict.CHANGED


@pytest.mark.django_db
def test_a_seal_of_somebody_else_is_not_ours(given, settings, printed_blank):
    content = sealing.sealed(printed_blank, by=authority.authority(), reason="Original.")
    settings.WBCJ_SEAL_KEY = settings.WBCJ_SEAL_CERTIFICATES = ""

    assert verdict(content + b"\n") == Verdict.UNKNOWN


@pytest.mark.django_db
def test_whoever_verifies_needs_no_key(given, settings, printed_blank):
    content = sealing.sealed(printed_blank, by=authority.authority(), reason="Original.")
    settings.WBCJ_SEAL_KEY = ""

    assert verdict(content + b"\n") == Verdict.CHANGED
    with pytest.raises(authority.NoSealKey):
        authority.authority()


@pytest.mark.django_db
def test_a_seal_that_was_ours_before_is_still_known(given, settings, printed_blank):
    content = sealing.sealed(printed_blank, by=authority.authority(), reason="Original.")
    settings.WBCJ_SEAL_FORMER_CERTIFICATES = settings.WBCJ_SEAL_CERTIFICATES
    settings.WBCJ_SEAL_KEY = settings.WBCJ_SEAL_CERTIFICATES = ""

    assert verdict(content + b"\n") == Verdict.CHANGED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7 /ByteRange", b"%PDF-1.7\n/ByteRange [0 1 2 3] /Contents <" + b"00" * 9000 + b">\n%%EOF"],
    ids=["nothing", "text", "half", "no signature"],
)
def test_what_is_no_sealed_paper_is_not_known(content):
    assert verdict(content) == Verdict.UNKNOWN


@pytest.mark.django_db
def test_a_file_that_keeps_the_inspector_busy_is_not_decided(sealed, monkeypatch):
    monkeypatch.setattr(verifying, "_SECONDS", 0.01)

    assert verdict(sealed + b"\n") == Verdict.UNDECIDED


@pytest.mark.django_db
def test_no_more_than_a_few_files_are_inspected_at_once(sealed):
    taken = [verifying._AT_ONCE.acquire(blocking=False) for _each in range(2)]
    try:
        assert taken == [True, True]
        assert verdict(sealed + b"\n") == Verdict.UNDECIDED
    finally:
        for _each in taken:
            verifying._AT_ONCE.release()


@pytest.mark.django_db
def test_anybody_verifies_the_original_and_learns_its_code_alone(world, browser, quick_press):
    case = world.open(title="Nobody may read this title")
    printout = printed(world, case)
    _answer, content = download(browser, world.ann, printout)

    found = ask(content)

    assert "This is the sealed original" in said(found)
    assert printout.code in said(found)
    for secret in ("Nobody may read this title", "Ann", str(case.pk), "C-2"):
        assert secret not in said(found)
    assert "Changed after it was sealed" in said(ask(content + b"x"))


@pytest.mark.django_db
def test_the_answer_is_the_same_after_the_file_was_replaced_and_the_sight_lost(world, browser, quick_press):
    case = world.open()
    printout = printed(world, case)
    _answer, content = download(browser, world.ann, printout)
    before = said(ask(content))
    with world.ann.acting() as actor:
        case_actions.write_note(case=case, text="New", audience="everyone", by=actor, at=world.now)
    printed(world, case)

    assert said(ask(content)) == before


@pytest.mark.django_db
def test_an_unknown_file_and_none_are_answered_without_an_error():
    assert "Not known here" in said(ask(b"hello"))
    assert Client().get(reverse("verify")).status_code == 200
    assert Client().post(reverse("verify")).status_code == 422
    assert ask(b"x" * (verifying.LARGEST + 1)).status_code == 422
    assert ask(b"x" * 3_000_000).status_code == 413


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused():
    client = Client(enforce_csrf_checks=True)

    assert ask(b"hello", client).status_code == 403


@pytest.mark.django_db
def test_one_network_asks_so_often_and_no_more(monkeypatch):
    monkeypatch.setattr(verify, "FROM_ONE_NETWORK", Limit("verify-test", 2, 900))

    assert [ask(b"hello").status_code for _each in range(3)] == [200, 200, 429]


def test_an_inspector_opens_no_door(tmp_path: Path):
    ask_doorkeeper = limits._doorkeeper(tmp_path)

    for event, first in (
        ("socket.connect", None),
        ("subprocess.Popen", "sh"),
        ("open", "/etc/passwd"),
        ("open", str(Path(__file__).parents[2] / "var" / "secrets" / "secret-key")),
    ):
        with pytest.raises(PermissionError):
            ask_doorkeeper(event, (first, "r", 0))
    ask_doorkeeper("open", (str(tmp_path / "x"), "w", 0))
    ask_doorkeeper("open", (io.__file__, "r", 0))
