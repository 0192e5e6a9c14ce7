"""How the sign-in library is used: what is decided in its place stands in ``wbcj/sign_in``."""

ACCOUNT_ADAPTER = "wbcj.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# A mail to an address without an account would tell whoever reads that mailbox that somebody tried.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
# The library's limits close an account for everybody once a stranger has guessed often enough. Ours: wbcj/sign_in/limits.py.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "wbcj.sign_in.forms.SignIn",
    "reauthenticate": "wbcj.sign_in.forms.PasswordAgain",
    "change_password": "wbcj.sign_in.forms.ChangePassword",
    "reset_password": "wbcj.sign_in.forms.AskForLink",
    "reset_password_from_key": "wbcj.sign_in.forms.ChoosePassword",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "wbcj.sign_in.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "wbcj.sign_in.codes.Code",
    "reauthenticate": "wbcj.sign_in.codes.CodeAgain",
    "activate_totp": "wbcj.sign_in.codes.FirstCode",
    "add_webauthn": "wbcj.sign_in.codes.NewPasskey",
    "edit_webauthn": "wbcj.sign_in.codes.NameOfPasskey",
    "authenticate_webauthn": "wbcj.sign_in.codes.Passkey",
    "login_webauthn": "wbcj.sign_in.codes.PasskeyAlone",
    "reauthenticate_webauthn": "wbcj.sign_in.codes.PasskeyAgain",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses are given by partners and never confirmed by a link; the library's own pages would refuse such a person every factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "WBCJ Coordination"
MFA_TOTP_PERIOD = 30
# Clocks of telephones differ by half a minute.
MFA_TOTP_TOLERANCE = 1
