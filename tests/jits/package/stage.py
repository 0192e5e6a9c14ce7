"""A small world for packages: authorities that are made here and never stored, frozen files, consents in all ways."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from foundation.documents.rendering import table
from foundation.documents.rendering.press import Press
from foundation.documents.seals.authority import Authority
from jits.package import building, sheet, signatures
from jits.package.building import Agreement, Given, Signing
from jits.package.checking import Report, check
from jits.package.manifest import CounterCheck, Manifest, Way
from jits.package.marks import Marks
from jits.package.signatures import Trust

FONTS = Path(__file__).resolve().parents[3] / "var" / "fonts"
CONTENT = hashlib.sha256(b"the canonical content").hexdigest()
OLDER = hashlib.sha256(b"the canonical content, before a clause was changed").hexdigest()
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=6)
SCAN = b"\x89PNG\r\n\x1a\n" + hashlib.sha512(b"scan").digest() * 300
PARTIES = {
    "al": ("Albania", "Arben Hoxha"),
    "xk": ("Kosovo*", "Vjosa Krasniqi"),
    "mk": ("North Macedonia", "Љубица Ѓорѓиевска"),
    "me": ("Montenegro", "Đorđe Śeković"),
    "rs": ("Serbia", "Петар Њежић"),
}
TEXTS = {
    "en": "The parties set up a joint investigation team.",
    "sq": "Palët krijojnë një skuadër të përbashkët hetimore.",
    "bs-Latn": "Strane osnivaju zajednički istražni tim.",
    "cnr-Latn": "Strane obrazuju zajednički istražni tim, śutra.",
    "mk": "Страните основаат заеднички истражен тим: ѓ, ќ, џ.",
    "sr-Cyrl": "Стране образују заједнички истражни тим: љ, њ, ђ.",
    "sr-Latn": "Strane obrazuju zajednički istražni tim: lj, nj, đ.",
}


@dataclass(frozen=True)
class Root:
    """A certificate authority whose key lives as long as the tests."""

    name: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False)

    @cached_property
    def certificate(self) -> x509.Certificate:
        return self._issued(self.name, self.key, over=True)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def seal(self, name: str) -> Authority:
        """A key with a certificate of this authority, as the product reads it from its settings."""
        key = ec.generate_private_key(ec.SECP256R1())
        chain = self._issued(name, key, over=False).public_bytes(serialization.Encoding.PEM) + self.pem
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return Authority(key=pem, chain=chain, name=name, test=False)

    def _issued(self, name: str, key: ec.EllipticCurvePrivateKey, *, over: bool) -> x509.Certificate:
        uses = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
        )
        uses |= {"content_commitment": not over, "digital_signature": not over, "key_cert_sign": over, "crl_sign": over}
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGAN - timedelta(days=1))
            .not_valid_after(BEGAN + timedelta(days=365))
            .add_extension(x509.BasicConstraints(ca=over, path_length=0 if over else None), critical=True)
            .add_extension(x509.KeyUsage(**uses), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )


def loading(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def fingerprint(seal: Authority) -> str:
    return load_certs_and_first(seal).fingerprint(hashes.SHA256()).hex()


def load_certs_and_first(seal: Authority) -> x509.Certificate:
    return x509.load_pem_x509_certificates(seal.chain)[0]


def signed_elsewhere(
    pdf: bytes,
    seal: Authority,
    *,
    field: str = "Signature1",
    box: tuple[int, int, int, int] | None = (60, 60, 240, 110),
    change: Callable[[IncrementalPdfFileWriter], None] = lambda writer: None,
) -> bytes:
    """Signed by another program than ours would be: a visible field, no certification, the clock's time."""
    store = SimpleCertificateStore()
    # The signer's own certificate comes in by itself.
    signer = SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(seal.chain))),
        signing_key=load_private_key_from_pemder_data(seal.key, passphrase=None),
        cert_registry=store,
        embed_roots=False,
    )
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    spec = SigFieldSpec(field, on_page=0, box=box)
    output, writer = BytesIO(), IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    PdfSigner(metadata, signer=signer, new_field_spec=spec).sign_pdf(writer, output=output)
    return output.getvalue()


@dataclass
class Stage:
    """Everything that packages are made of; files that take time are made once."""

    press: Press
    service: Root = field(default_factory=lambda: Root("Service authority"))
    elsewhere: Root = field(default_factory=lambda: Root("Qualified authority"))
    foreign: Root = field(default_factory=lambda: Root("Foreign authority"))
    _printed: dict[tuple[str, str], bytes] = field(default_factory=dict)

    @cached_property
    def seal(self) -> Authority:
        return self.service.seal("WBCJ Coordination seal")

    @cached_property
    def cards(self) -> dict[str, Authority]:
        """The signature card of each signatory."""
        return {party: self.elsewhere.seal(signatory) for party, (_name, signatory) in PARTIES.items()}

    @cached_property
    def trust(self) -> Trust:
        return Trust(service=signatures.roots(self.service.pem), elsewhere=signatures.roots(self.elsewhere.pem))

    def print(self, html: str) -> bytes:
        return self.press.printed(html, seconds=60, variant=table.ARCHIVAL).pdf

    def frozen(self, marks: Marks, language: str) -> bytes:
        """The agreement in one language, as it was frozen."""
        key = (marks.line, language)
        if key not in self._printed:
            head = f'<meta charset="utf-8"><title>Agreement {marks.agreement}</title><meta name="keywords" content="{marks.line}">'
            body = f'<h1>{marks.agreement}</h1><p>{TEXTS[language]}</p><p><a href="https://wbcj.test/verify/">verify</a></p>'
            self._printed[key] = self.print(
                f'<html lang="{language}"><head>{head}</head><body class="">{body}</body></html>'
            )
        return self._printed[key]

    def sheet(self, told: Manifest) -> bytes:
        return self.print(sheet.html_of(told, test_seal=True))

    def agreement(
        self, ways: dict[str, Way], *, languages: tuple[str, ...] = ("en", "mk"), content: str = CONTENT
    ) -> Agreement:
        """An agreement among these parties, each having signed in that way, one hour after the other."""
        marks = Marks.of(
            agreement="JIT-2026-0007", content=content, template="wbcj-jit/3", languages=languages, parties=ways
        )
        frozen = {language: self.frozen(marks, language) for language in languages}
        signings = tuple(
            self._signing(
                party,
                way,
                frozen,
                languages[place % len(languages)],
                list(ways),
                content,
                BEGAN + timedelta(hours=place + 1),
            )
            for place, (party, way) in enumerate(ways.items())
        )
        return Agreement(
            reference=marks.agreement,
            title="Agreement on a joint investigation team: Граница, Kufiri",
            content_sha256=content,
            template=marks.template,
            legal_notice="Legal effect since the last party signed.",
            frozen={language: loading(pdf) for language, pdf in frozen.items()},
            parties=signings,
        )

    def _signing(self, party, way, frozen, language, parties, content, at) -> Signing:
        name, signatory = PARTIES[party]
        certificate = counter_check = None
        if way is Way.APPLICATION:
            evidence = building.sign(
                frozen[language], party=party, signatory=signatory, content_sha256=content, by=self.seal, at=at
            )
        elif way is Way.ELSEWHERE:
            evidence, at = signed_elsewhere(frozen[language], self.cards[party]), datetime.now(UTC)
            certificate = fingerprint(self.cards[party])
        else:
            evidence = SCAN + party.encode()
            other = next(each for each in parties if each != party)
            counter_check = CounterCheck(
                by=f"Second person of {other}",
                party=other,
                at=at + timedelta(minutes=5),
                scan_sha256=hashlib.sha256(evidence).hexdigest(),
                content_sha256=content,
                frozen_sha256=hashlib.sha256(frozen[language]).hexdigest(),
            )
        given = Given(
            way=way,
            language=language,
            at=at,
            load=loading(evidence),
            certificate=certificate,
            counter_check=counter_check,
        )
        return Signing(party=party, name=name, signatory=signatory, given=given)

    def one_sheet(self, told: Manifest) -> bytes:
        """A sheet of this agreement and text that was printed once, where it is not what is looked at."""
        key = (told.content_sha256, "sheet")
        if key not in self._printed:
            self._printed[key] = self.sheet(told)
        return self._printed[key]

    def package(self, agreement: Agreement, sheet: Callable[[Manifest], bytes] | None = None) -> bytes:
        """The whole package."""
        to, at = BytesIO(), datetime.now(UTC)
        building.build(agreement, to=to, by=self.seal, sheet=sheet or self.sheet, trust=self.trust, at=at)
        return to.getvalue()

    def checked(self, package: bytes) -> Report:
        return check(BytesIO(package), trust=self.trust)


THREE = {"al": Way.APPLICATION, "xk": Way.INK, "mk": Way.ELSEWHERE}
