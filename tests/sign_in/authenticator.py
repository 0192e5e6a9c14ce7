"""A passkey in software, for tests without a browser: it answers what an authenticator would answer."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HOST = "testserver"
ORIGIN = f"https://{HOST}"
FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class SoftPasskey:
    """One key pair, made for this host."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    owner: str = ""

    def made(self, options: dict[str, Any]) -> str:
        """What a browser sends when the passkey was made."""
        public = options["publicKey"]
        self.owner = public["user"]["id"]
        attested = AttestedCredentialData.create(bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key()))
        about = AuthenticatorData.create(_host(), FLAGS | AuthenticatorData.FLAG.AT, 0, attested)
        sealed = AttestationObject.create("none", about, {})
        client = CollectedClientData.create("webauthn.create", public["challenge"], ORIGIN)
        return self._sent({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(sealed)})

    def signed(self, options: dict[str, Any]) -> str:
        """What a browser sends when the passkey signed."""
        client = CollectedClientData.create("webauthn.get", options["publicKey"]["challenge"], ORIGIN)
        about = AuthenticatorData.create(_host(), FLAGS, 1)
        seal = self.key.sign(bytes(about) + client.hash, ec.ECDSA(hashes.SHA256()))
        answer = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(seal),
            "userHandle": self.owner,
        }
        return self._sent(answer)

    def _sent(self, response: dict[str, str]) -> str:
        named = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
        return json.dumps({**named, "response": response, "clientExtensionResults": {}})


def _host() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()
