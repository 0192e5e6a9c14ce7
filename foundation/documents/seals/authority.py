"""Whose seal it is: a key and its certificates from the settings, else a test authority that this checkout makes for itself."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from foundation.servers.state import State, write_private

_FILE: Final = "seal-test-authority.pem"
_YEARS: Final = timedelta(days=3653)


class NoSealKey(Exception):
    """The key and its certificates cannot be used; the message is for the operator."""


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A key (PEM, PKCS #8 without a passphrase), its certificate and those above it, the name in it, and whether it is for tests."""

    key: bytes = field(repr=False)
    chain: bytes
    name: str
    test: bool


def is_test() -> bool:
    """Whether papers are sealed by the test authority. The certificates say so: whoever does not seal needs no key."""
    return not settings.WBCJ_SEAL_CERTIFICATES


def authority() -> Authority:
    """The authority that seals. Raises NoSealKey."""
    if is_test():
        return _made_here(Path(settings.WBCJ_SECRETS_DIR))
    return _given(settings.WBCJ_SEAL_KEY, settings.WBCJ_SEAL_CERTIFICATES)


def fingerprints() -> frozenset[str]:
    """SHA-256 of each certificate with which papers were ever sealed here, former ones too. Raises NoSealKey."""
    given, former = settings.WBCJ_SEAL_CERTIFICATES.encode(), settings.WBCJ_SEAL_FORMER_CERTIFICATES.encode()
    try:
        current = _certificates(given or authority().chain)[:1]
        known = [*current, *(_certificates(former) if former else [])]
    except ValueError as error:
        raise NoSealKey(f"The seal's certificates cannot be read ({type(error).__name__}).") from None
    return frozenset(certificate.fingerprint(hashes.SHA256()).hex() for certificate in known)


@cache
def _given(key: str, chain: str) -> Authority:
    try:
        private = serialization.load_pem_private_key(key.encode(), password=None)
        certificates = _certificates(chain.encode())
        fits = private.public_key() == certificates[0].public_key()
    except (ValueError, TypeError, IndexError) as error:
        raise NoSealKey(f"The seal's key or certificates cannot be read ({type(error).__name__}).") from None
    if not fits:
        raise NoSealKey("The seal's key does not belong to the first of its certificates.")
    return Authority(key=_pem(private), chain=chain.encode(), name=_name(certificates[0]), test=False)


@cache
def _made_here(folder: Path) -> Authority:
    try:
        content = _made_once(State(folder.parent), folder)
    except OSError as error:
        raise NoSealKey(f"No test authority can be made in {folder} ({type(error).__name__}).") from None
    private = serialization.load_pem_private_key(content, password=None)
    chain = content[content.index(b"-----BEGIN CERTIFICATE") :]
    return Authority(key=_pem(private), chain=chain, name=_name(_certificates(chain)[0]), test=True)


def _made_once(state: State, folder: Path) -> bytes:
    """Made by the first process that needs it; the others wait for it."""
    state.private(folder.name)
    path = folder / _FILE
    with (folder / f".{_FILE}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            write_private(path, _new_authority())
        return path.read_bytes()


def _new_authority() -> str:
    """A root that is used once, to sign the one certificate under it; its key is thrown away."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(
        "WBCJ Coordination test authority", root_key, "WBCJ Coordination test authority", root_key, over=True
    )
    leaf = _certificate("WBCJ Coordination test seal", key, "WBCJ Coordination test authority", root_key, over=False)
    parts = [_pem(key), *(each.public_bytes(serialization.Encoding.PEM) for each in (leaf, root))]
    return b"".join(parts).decode()


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, by: str, by_key: ec.EllipticCurvePrivateKey, *, over: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    uses = {
        "content_commitment": not over, "digital_signature": not over, "key_cert_sign": over, "crl_sign": over,
        "key_encipherment": False, "data_encipherment": False, "key_agreement": False, "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(name))
        .issuer_name(_subject(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
        .add_extension(x509.BasicConstraints(ca=over, path_length=0 if over else None), critical=True)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False)
    )
    return builder.sign(by_key, hashes.SHA256())


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(key: object) -> bytes:
    assert hasattr(key, "private_bytes")
    encoded: bytes = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return encoded


def _certificates(pem: bytes) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem)


def _name(certificate: x509.Certificate) -> str:
    """What the certificate calls its owner: the common name, with the organisation where it has one."""
    found = [
        str(attribute.value)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for attribute in certificate.subject.get_attributes_for_oid(oid)
    ]
    return ", ".join(dict.fromkeys(found)) or certificate.subject.rfc4514_string()
