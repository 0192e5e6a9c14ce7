"""The worker's part of a printout: set, print, seal, keep. Between the two transactions nothing but the frozen data is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from foundation.documents import vault
from foundation.documents.printing import actions
from foundation.documents.rendering.press import Press
from foundation.documents.seals import sealing
from foundation.documents.seals.authority import authority
from foundation.documents.seals.verifying import LARGEST
from foundation.documents.vault import Kept
from foundation.jobs.queue import Claimed
from foundation.tenancy.actors import Actor

SECONDS: Final = 60.0
"""For one paper; with sealing and keeping it fits well into the lease of its job."""

ATTEMPTS: Final = 3
"""A paper that failed so often fails again; its reader should not wait longer to be told."""


class TooLarge(Exception):
    """The paper is larger than what could be verified."""


_press: Final = Press(Path(settings.FONTS_DIR))


def print_out(claimed: Claimed) -> None:
    """Print one printout. Raises what the press, the vault or the walls raise; the job is then tried again."""
    with claimed.acting() as actor:
        begun = actions.begin(printout_id=claimed.subject, by=actor, at=timezone.now())
        if begun is None:
            claimed.done()
            return
        writer = vault.writer(root_id=begun.root_id, by=actor)
    with writer:
        printed = _press.printed(begun.html, seconds=SECONDS)
        paper = sealing.sealed(printed.pdf, by=authority(), reason=begun.reason)
        if len(paper) > LARGEST:
            raise TooLarge
        writer.write(paper)
        kept = writer.finish()
    _keep(claimed, kept, pages=printed.pages)


def _keep(claimed: Claimed, kept: Kept, *, pages: int) -> None:
    with vault.with_its_row(kept), claimed.acting() as actor:
        first = actions.keep(printout_id=claimed.subject, kept=kept, pages=pages, by=actor, at=timezone.now())
        claimed.done()
    if not first:
        vault.forget(kept.location)


def give_up(actor: Actor, printout_id: UUID, why: str) -> None:
    """After the last attempt."""
    actions.give_up(printout_id=printout_id, why=why, by=actor, at=timezone.now())
