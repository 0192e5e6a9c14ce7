"""Printed papers: their typefaces, and who seals them."""

from wbcj.settings import environment

# Fetched at set-up by name, version and checksum; they are embedded in PDF files and never served.
FONTS_DIR = environment.STATE / "fonts"

# The seal's key (PKCS #8) and its certificates, the key's own first, as PEM. Without them a test authority below var/secrets.
WBCJ_SEAL_KEY = environment.value("WBCJ_SEAL_KEY")
WBCJ_SEAL_CERTIFICATES = environment.value("WBCJ_SEAL_CERTIFICATES")
# Certificates that sealed papers before: a broken seal of theirs is still known as ours.
WBCJ_SEAL_FORMER_CERTIFICATES = environment.value("WBCJ_SEAL_FORMER_CERTIFICATES")
# Says that the test authority is meant, outside the demo too; the deploy check refuses it otherwise.
WBCJ_TEST_SEALS = environment.flag("WBCJ_TEST_SEALS")
WBCJ_SECRETS_DIR = environment.STATE / "secrets"
