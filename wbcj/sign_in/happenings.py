"""What can happen to how somebody signs in: the verb for the record, and what the person is told by mail."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ABOUT = _("WBCJ Coordination: about your sign-in")
TOLD = _(
    "%(sentence)s\n\nIf that was you, there is nothing to do. If not, choose a new password at once and end the sessions that you"
    " do not know: %(link)s\nThen tell the administrator of your authority."
)
LINKED = _(
    "%(sentence)s\n\nChoose a new password here: %(link)s\n\nThe link works once and for a short time. If you did not ask for it,"
    " there is nothing to do: your password stays as it is."
)
GUESSED = _(
    "%(sentence)s\n\nChoose a new password here, and codes work again at once: %(link)s\n\nThe link works once and for a short"
    " time. Then tell the administrator of your authority."
)


@dataclass(frozen=True)
class Happening:
    """One kind. The key is what a job carries of it; the letter has room for the sentence and a link."""

    verb: str
    sentence: Promise | str
    subject: Promise | str = ABOUT
    letter: Promise | str = TOLD
    new_password: bool = False
    """Whether the link leads straight to choosing one, instead of to the person's account."""

    @property
    def key(self) -> UUID:
        """The same in every process."""
        return uuid5(NAMESPACE_URL, self.verb)


NEW_DEVICE = Happening(
    "sign_in.device.new", _("Somebody signed in to your account with a browser that was not used for it before.")
)
FACTORS_RESET = Happening(
    "sign_in.factors.reset", _("Two administrators removed all second factors from your account, at your request.")
)
LINK_ASKED = Happening(
    "sign_in.link.asked",
    _("Somebody asked for a new password for your account."),
    subject=_("WBCJ Coordination: a new password"),
    letter=LINKED,
    new_password=True,
)
CODES_GUESSED = Happening(
    "sign_in.codes.guessed",
    _(
        "Somebody signs in with your password and guesses codes of your second factor. Until you choose a new password, codes are"
        " refused for up to an hour, except with a browser that you used before. Passkeys open your account all the while."
    ),
    letter=GUESSED,
    new_password=True,
)
RECOVERY_CODE_USED = Happening(
    "sign_in.recovery_code.used",
    _("A recovery code opened your account. It is void now; if few are left, make new ones."),
)
OTHERS_ENDED = Happening("sign_in.sessions.ended", _("Other signed-in devices of your account were signed out."))
BY_TEMPLATE = {
    "account/email/password_changed": Happening("sign_in.password.changed", _("Your password was changed.")),
    "account/email/password_set": Happening("sign_in.password.set", _("A password was chosen for your account.")),
    "account/email/password_reset": Happening(
        "sign_in.password.reset", _("A new password was chosen for your account through a link sent by mail.")
    ),
    "mfa/email/totp_activated": Happening(
        "sign_in.factor.codes_added", _("Codes from an authenticator app were set up for your account.")
    ),
    "mfa/email/totp_deactivated": Happening(
        "sign_in.factor.codes_removed", _("Codes from an authenticator app were removed from your account.")
    ),
    "mfa/email/webauthn_added": Happening("sign_in.factor.passkey_added", _("A passkey was added to your account.")),
    "mfa/email/webauthn_removed": Happening(
        "sign_in.factor.passkey_removed", _("A passkey was removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": Happening(
        "sign_in.recovery_codes.made", _("New recovery codes were made for your account; the earlier ones are void.")
    ),
}
"""Under the name by which the library would have mailed it."""
ADDED = {"mfa/email/totp_activated", "mfa/email/webauthn_added"}
REMOVED = {"mfa/email/totp_deactivated", "mfa/email/webauthn_removed"}
BY_KEY = {
    h.key: h
    for h in (
        NEW_DEVICE,
        FACTORS_RESET,
        LINK_ASKED,
        CODES_GUESSED,
        RECOVERY_CODE_USED,
        OTHERS_ENDED,
        *BY_TEMPLATE.values(),
    )
}
