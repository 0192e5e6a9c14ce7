"""Put the seal on a paper: an electronic signature (PAdES B-B) over the whole file that allows no change after it.

Also on a file for the archive, in the name of somebody who gave consent to it, and beside a file that is no PDF.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any, Final

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from foundation.documents.seals.authority import Authority

_FIELD: Final = "Seal"
_BESIDES_CERTIFICATES: Final = 4096
_TEST: Final = "Test seal without legal value: made by an authority that this installation generated for itself."
# Hidden, since a paper's own words say that it is sealed, and what is seen in PDF/UA must have a tag.
_HIDDEN: Final = SigFieldSpec(_FIELD, invis_sig_settings=InvisSigSettings(set_print_flag=False, set_hidden_flag=True))


# A file for the archive (PDF/A) hides nothing: its seal has no size instead.
_WITHOUT_SIZE: Final = SigFieldSpec(
    _FIELD, invis_sig_settings=InvisSigSettings(set_print_flag=True, set_hidden_flag=False)
)


def sealed(pdf: bytes, *, by: Authority, reason: str) -> bytes:
    """The paper with its seal. ``reason`` is read in the signature panel of a reader program; of a test seal it says so."""
    return _sealed(pdf, by=by, name=by.name, reason=reason, field=_HIDDEN)


def sealed_for(pdf: bytes, *, by: Authority, name: str, reason: str, at: datetime) -> bytes:
    """A file for the archive with our seal, in the name of whoever consented to it then; its own bytes stay as they are."""
    return _sealed(pdf, by=by, name=name, reason=reason, field=_WITHOUT_SIZE, at=at)


def sealed_apart(content: bytes, *, by: Authority) -> bytes:
    """A seal in a file of its own (CMS, DER) for a file that is no PDF. The root is not in it: whoever trusts it has it."""
    cms = asyncio.run(_signer(by, with_root=False).async_sign_general_data(content, "sha256", detached=True))
    encoded: bytes = cms.dump()
    return encoded


def _sealed(
    pdf: bytes, *, by: Authority, name: str, reason: str, field: SigFieldSpec, at: datetime | None = None
) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=f"{reason} {_TEST}" if by.test else reason,
        name=name,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    # What is kept for good holds nothing that its signature does not need.
    signer = _Sealer(metadata, signer=_signer(by, with_root=at is None), new_field_spec=field)
    signer.at = at
    output = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=output, bytes_reserved=_room(by))
    return output.getvalue()


class _Sealer(PdfSigner):
    """Writes the time that it is told; the library would take the clock's."""

    at: datetime | None = None

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """As the library does."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at or session.system_time
        return session


@cache
def _room(by: Authority) -> int:
    """Signs (hexadecimal) for the signature: its certificates and some room. Found out by the library, it takes a second signature."""
    return 2 * (_BESIDES_CERTIFICATES + sum(len(each.dump()) for each in load_certs_from_pemder_data(by.chain)))


class _Signer(SimpleSigner):
    """Signs as the library does, in half its time: what it encodes again and again, level by level, is handed to it encoded."""

    async def signed_attrs(self, *args: Any, **named: Any) -> Any:
        """What is signed besides the digest."""
        return _read_back(await super().signed_attrs(*args, **named))


class _WhoSeals(SignedAttributeProviderSpec, CMSAttributeProvider):
    """The one signed attribute of a PAdES B-B seal besides type and digest: which certificate it is."""

    attribute_type = "signing_certificate_v2"

    def __init__(self, certificate: Any) -> None:
        self._value = _read_back(as_signing_certificate_v2(certificate))

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> tuple[CMSAttributeProvider]:
        """Itself, whatever is signed."""
        return (self,)

    async def build_attr_value(self, dry_run: bool = False) -> Any:
        """The attribute, a fresh one each time."""
        return _read_back(self._value)


def _read_back(value: Any) -> Any:
    """The same ASN.1 value as it is read from its bytes, which it then keeps."""
    return type(value).load(value.dump())


@cache
def _signer(by: Authority, *, with_root: bool = True) -> _Signer:
    certificates = list(load_certs_from_pemder_data(by.chain))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # its constructor alone has no types
    # The signer's own is put in by the library in any case; from the store it would stand there twice.
    store.register_multiple(certificates if with_root else certificates[1:])
    key = load_private_key_from_pemder_data(by.key, passphrase=None)
    signer = _Signer(signing_cert=certificates[0], signing_key=key, cert_registry=store, embed_roots=with_root)
    signer.signed_attr_prov_spec = _WhoSeals(certificates[0])
    return signer
