"""The mails of the project itself: what happened to how somebody signs in."""

from foundation.notifications.delivery import letters
from wbcj.sign_in import actions

letters.declare(actions.LETTER, actions.letter)
