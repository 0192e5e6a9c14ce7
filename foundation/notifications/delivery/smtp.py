"""Hand one mail over to the mail server, so that afterwards it is known whether it was sent, surely not, or perhaps.

A server answers for a mail from the moment in which it says yes to the final dot (RFC 5321, sections 4.2.5 and 6.1). Whatever breaks
before the dot was surely not sent; whatever breaks between the dot and its answer is ambiguous, and nothing on our side can tell.
"""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.core.mail.message import SafeMIMEText, sanitize_address

from foundation.notifications.models import Stage, Verdict

BEFORE_THE_END = 30.0
"""Seconds for all of the conversation up to the final dot."""
FOR_THE_ANSWER = 30.0
"""Seconds that the server has to answer the final dot. Giving up early makes an ambiguous mail of a slow one."""
TAKEN, REFUSED_FOR_NOW, REFUSED_FOR_GOOD = 2, 4, 5
"""Classes of a server's answers: their first digit."""
_LEADING_DOT = re.compile(rb"(?m)^\.")


class Overtaken(Exception):
    """Somebody else has taken the delivery over: this conversation must not end with a dot."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How an attempt ended: how far it came, and the number with which the server answered; never its words, which name addresses."""

    verdict: Verdict
    stage: Stage
    reply: int | None = None
    cause: str = ""


class SmtpBackend(smtp.EmailBackend):
    """Django's backend, with a hand-over that tells its phases apart."""

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        """Hang up. Django's would wait for an answer to its farewell, with the outcome not yet on record."""
        connection.close()

    def hand_over(self, message: EmailMessage, *, before_the_end: Callable[[], None]) -> Outcome:
        """Send one message to one recipient. ``before_the_end`` is called when all but the final dot has gone; it may object."""
        conversation = _Conversation(self)
        try:
            return conversation.hold(message, before_the_end)
        except smtplib.SMTPResponseException as error:
            # Raised while the line is opened alone: a server that is closed to us, or a password that is wrong. No word on this mail.
            return conversation.broken(error, reply=error.smtp_code)
        except OSError as error:  # every SMTPException is one
            return conversation.broken(error)
        finally:
            conversation.leave()


class _Conversation:
    def __init__(self, backend: SmtpBackend) -> None:
        self.backend = backend
        self.stage = Stage.CONNECT
        self.until = time.monotonic() + BEFORE_THE_END

    def hold(self, message: EmailMessage, before_the_end: Callable[[], None]) -> Outcome:
        encoding = message.encoding or "utf-8"
        sender, (recipient,) = sanitize_address(message.from_email, encoding), message.recipients()
        content = _LEADING_DOT.sub(b"..", cast(SafeMIMEText, message.message()).as_bytes(linesep="\r\n"))
        self.backend.open()
        line = self.line
        line.ehlo_or_helo_if_needed()
        options = ["BODY=8BITMIME"] if line.has_extn("8bitmime") and not content.isascii() else []
        questions: list[tuple[Stage, Callable[[], tuple[int, bytes]], int]] = [
            (Stage.SENDER, lambda: line.mail(sender, options), 250),
            (Stage.RECIPIENT, lambda: line.rcpt(sanitize_address(recipient, encoding)), 250),
            (Stage.DATA, lambda: line.docmd("DATA"), 354),
        ]
        for stage, ask, yes in questions:
            self._step(stage)
            code = ask()[0]
            if code // 10 != yes // 10:
                return self._judged(code)
        self._step(Stage.TEXT)
        line.send(content if content.endswith(b"\r\n") else content + b"\r\n")
        before_the_end()
        self.stage = Stage.END
        line.sock.settimeout(FOR_THE_ANSWER)  # type: ignore[union-attr]  # the stubs let a line have no socket
        line.send(b".\r\n")
        code = line.getreply()[0]
        return self._outcome(Verdict.SENT, code) if code // 100 == TAKEN else self._judged(code)

    @property
    def line(self) -> smtplib.SMTP:
        assert self.backend.connection is not None
        return self.backend.connection

    def _step(self, stage: Stage) -> None:
        """The next phase, in what is left of the time."""
        self.stage = stage
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.line.sock.settimeout(min(left, self.backend.timeout or left))  # type: ignore[union-attr]  # as above

    def _judged(self, code: int) -> Outcome:
        """A refusal for ever, one for now; after the dot, anything else is no answer."""
        if code // 100 == REFUSED_FOR_GOOD:
            return self._outcome(Verdict.REFUSED, code)
        if code // 100 == REFUSED_FOR_NOW or self.stage != Stage.END:
            return self._outcome(Verdict.NOT_SENT, code)
        return self._outcome(Verdict.AMBIGUOUS, code)

    def _outcome(self, verdict: Verdict, code: int) -> Outcome:
        return Outcome(verdict=verdict, stage=self.stage, reply=_known(code))

    def broken(self, error: OSError, *, reply: int | None = None) -> Outcome:
        """The line broke, or time ran out."""
        verdict = Verdict.AMBIGUOUS if self.stage == Stage.END else Verdict.NOT_SENT
        return Outcome(verdict=verdict, stage=self.stage, reply=_known(reply or 0), cause=type(error).__name__)

    def leave(self) -> None:
        """Hang up without waiting for a farewell; a server that never heard the final dot throws away what it heard."""
        if self.backend.connection is not None and self.stage not in (Stage.DATA, Stage.TEXT):
            with suppress(OSError):
                self.line.putcmd("QUIT")
        self.backend.close()


def _known(code: int) -> int | None:
    """The number of an answer; none when the server said something else."""
    return code if 1 <= code // 100 <= REFUSED_FOR_GOOD else None


def hand_over(message: EmailMessage, *, before_the_end: Callable[[], None]) -> Outcome:
    """Hand over through the backend of the settings. Of a backend that knows no phases (a folder of files, the tests' outbox) an error
    leaves it open whether the mail was written.
    """
    backend = get_connection()
    if isinstance(backend, SmtpBackend):
        return backend.hand_over(message, before_the_end=before_the_end)
    before_the_end()
    try:
        backend.send_messages([message])
    except OSError as error:
        return Outcome(verdict=Verdict.AMBIGUOUS, stage=Stage.END, cause=type(error).__name__)
    return Outcome(verdict=Verdict.SENT, stage=Stage.END)
