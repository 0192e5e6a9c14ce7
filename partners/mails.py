"""The mails of this app: the welcome to somebody who has no password yet."""

from foundation.notifications.delivery import letters
from partners.actions import accounts

letters.declare(accounts.WELCOME, accounts.welcome_letter, sent=accounts.welcomed)
