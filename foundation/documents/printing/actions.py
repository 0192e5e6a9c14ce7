"""Order a printout, print it, keep the file, or give up. Who prints is always the reader for whom it is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.documents import vault
from foundation.documents.models import FileCheck
from foundation.documents.printing import editions, kinds
from foundation.documents.printing.choices import State
from foundation.documents.printing.kinds import Kind, Paper
from foundation.documents.printing.models import Printout
from foundation.documents.printing.permissions import PrintingPermission
from foundation.documents.printing.setting import Imprint, html_of
from foundation.documents.refusals import Unreachable
from foundation.documents.seals import authority
from foundation.documents.vault import Kept
from foundation.jobs import queue
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

TASK: Final = "foundation.documents.tasks.print_out"
_DAMAGED: Final = FileCheck.objects.filter(location=OuterRef("location"), intact=False)
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class UnableToPrint(Refusal):
    """It cannot be printed as things stand; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A printout that is being printed: its HTML and where the file goes. Nothing of it needs the database."""

    printout_id: UUID
    root_id: UUID
    html: str
    reason: str


@action
def order(*, kind: Kind, subject: UUID, language: str, by: Actor, at: datetime) -> Printout:
    """Have a subject printed as the actor sees it now, in that language. Equal input gives the printout that there is already,
    unless its file is damaged.

    Who may: whoever may read it on its page. Raises Forbidden, DoesNotExist where it is not visible, UnableToPrint.
    """
    if language not in kind.languages_of(subject, actor=by):
        raise UnableToPrint(_("Choose one of the languages in which this can be printed."))
    paper = frozen(kind, subject, language=language, by=by)
    access.require(by, kind.permission, paper.root_id)
    access.require(by, PrintingPermission.PRINT, paper.root_id)
    known = Printout.objects.visible_to(by).of(kind=kind.name, subject=subject, language=language)
    edition = editions.edition(paper.template, language)
    ready = known.filter(state=State.READY, digest=paper.digest, edition=edition)
    standing = ready.filter(~Exists(_DAMAGED)).first() or known.in_flight().first()
    return standing or _ordered(kind, subject, paper, language=language, edition=edition, by=by, at=at)


@action
def order_again(*, printout: Printout, by: Actor, at: datetime) -> Printout:
    """Let a printout that failed be tried once more, with what can be seen now.

    Who may: its reader. Raises Forbidden, DoesNotExist, UnableToPrint where it has not failed.
    """
    found = Printout.objects.visible_to(by).get(pk=printout.pk)
    access.require(by, PrintingPermission.PRINT, found.root_id)
    if found.state != State.FAILED:
        raise UnableToPrint(_("This printout has not failed, or it is being printed again already."))
    return order(kind=kinds.named(found.kind), subject=found.subject, language=found.language, by=by, at=at)


@action
def begin(*, printout_id: UUID, by: Actor, at: datetime) -> Begun | None:
    """Show that it is being printed, and set its paper from what the reader sees now; none when it is ready already.

    Raises NotThere when the reader does not see the subject any more.
    """
    printout = _locked(printout_id, by)
    if printout.state in (State.READY, State.REPLACED) or _another_is_underway(printout, by):
        return None
    kind = kinds.named(printout.kind)
    paper = _still_visible(kind, printout, by)
    printout.state, printout.begun_at, printout.attempts = State.RENDERING, at, printout.attempts + 1
    printout.digest, printout.edition = paper.digest, editions.edition(paper.template, printout.language)
    printout.ended_at, printout.why, printout.test_seal = None, "", authority.is_test()
    printout.save(update_fields=["state", "begun_at", "attempts", "digest", "edition", "ended_at", "why", "test_seal"])
    with translation.override(printout.language):
        imprint = _imprint(printout, kind, by)
        reason = _("Original with the code %(code)s.") % {"code": printout.code}
    html = html_of(paper, imprint, language=printout.language)
    return Begun(printout_id=printout.pk, root_id=printout.root_id, html=html, reason=reason)


@action
def keep(*, printout_id: UUID, kept: Kept, pages: int, by: Actor, at: datetime) -> bool:
    """The sealed file stands in the vault: the printout is ready, and older ones of the same subject give up theirs.

    False when it was ready already (two workers printed it); the caller forgets the second file. Raises NotThere.
    """
    printout = _locked(printout_id, by)
    if printout.state == State.READY:
        return False
    _replace_older(printout, by, at)
    printout.state, printout.ended_at, printout.pages = State.READY, at, pages
    printout.fingerprint = kept.sha256
    columns = kept.columns(at=at)
    for name, value in columns.items():
        setattr(printout, name, value)
    printout.save(update_fields=["state", "ended_at", "pages", "fingerprint", *columns])
    record.happened("documents.printout.printed", by=by, root=printout.root_id)
    return True


@action
def give_up(*, printout_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """It could not be printed, after all attempts: visible to its reader, who may order it again. Raises NotThere."""
    printout = _locked(printout_id, by)
    if printout.state in (State.PENDING, State.RENDERING):
        printout.state, printout.ended_at, printout.why = State.FAILED, at, why[:40]
        printout.save(update_fields=["state", "ended_at", "why"])
        record.happened("documents.printout.failed", by=by, root=printout.root_id)


def frozen(kind: Kind, subject: UUID, *, language: str, by: Actor) -> Paper:
    """What this reader sees of the subject now, in that language. Raises DoesNotExist."""
    with translation.override(language):
        return kind.freeze(subject=subject, actor=by)


def _ordered(
    kind: Kind, subject: UUID, paper: Paper, *, language: str, edition: str, by: Actor, at: datetime
) -> Printout:
    printout = Printout(
        root_id=paper.root_id,
        membership_id=by.membership_id,
        kind=kind.name,
        subject=subject,
        language=language,
        digest=paper.digest,
        edition=edition,
        code=_new_code(),
        ordered_at=at,
        test_seal=authority.is_test(),
    )
    printout.save(force_insert=True)
    record.happened("documents.printout.ordered", by=by, root=paper.root_id)
    queue.enqueue(
        task=TASK,
        key=f"print:{printout.pk}",
        subject=printout.pk,
        account_id=by.account_id,
        membership_id=by.membership_id,
        due_at=at,
    )
    return printout


def _new_code() -> str:
    """Eight signs that nobody mistakes for one another when they are read out; 10 to the 12th of them."""
    signs = "".join(secrets.choice(_ALPHABET) for _each in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _locked(printout_id: UUID, by: Actor) -> Printout:
    found = Printout.objects.visible_to(by).filter(pk=printout_id).select_for_update(of=("self",)).first()
    if found is None:
        raise access.NotThere
    return found


def _another_is_underway(printout: Printout, by: Actor) -> bool:
    """Where a failed printout is let run again by staff, and its reader has ordered a new one since."""
    known = Printout.objects.visible_to(by)
    same = known.of(kind=printout.kind, subject=printout.subject, language=printout.language)
    return same.in_flight().exclude(pk=printout.pk).exists()


def _still_visible(kind: Kind, printout: Printout, by: Actor) -> Paper:
    try:
        paper = frozen(kind, printout.subject, language=printout.language, by=by)
    except ObjectDoesNotExist:
        raise access.NotThere from None
    access.require(by, kind.permission, paper.root_id)
    return paper


def _imprint(printout: Printout, kind: Kind, by: Actor) -> Imprint:
    return Imprint(
        kind=str(kind.label),
        code=printout.code,
        by=by.account_name,
        authority=by.authority_name,
        at=printout.ordered_at,
        time_zone=by.time_zone,
        test_seal=authority.is_test(),
        sealed_by=authority.authority().name,
    )


def _replace_older(printout: Printout, by: Actor, at: datetime) -> None:
    known = Printout.objects.visible_to(by)
    same = known.of(kind=printout.kind, subject=printout.subject, language=printout.language)
    for older in same.filter(state=State.READY).exclude(pk=printout.pk):
        assert older.location is not None
        transaction.on_commit(partial(_forget, older.location), robust=True)
        older.state, older.location, older.size, older.sha256 = State.REPLACED, None, None, ""
        older.wrapped_key, older.stored_at = None, None
        older.save(update_fields=["state", "location", "size", "sha256", "wrapped_key", "stored_at"])


def _forget(location: UUID) -> None:
    """What is left where storage is away, the sweep takes."""
    try:
        vault.forget(location)
    except Unreachable:
        return
