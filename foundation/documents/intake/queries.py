"""What pages show of files on their way."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access import audiences
from foundation.documents import scanner
from foundation.documents.choices import UploadState
from foundation.documents.inspection.findings import REPORTED, Code, Findings
from foundation.documents.inspection.sentences import sentence
from foundation.documents.intake.actions import being_looked_into, inspection_of
from foundation.documents.models import Upload
from foundation.documents.scanner import Verdict
from foundation.jobs import queries as jobs
from foundation.tenancy.actors import Actor

AGAIN = "again"
"""Names a refused file in the address of the form that begins anew with what was said of it."""
FAILED = gettext_lazy("Could not be looked into")
SAID = ("title", "kind", "language", "handling", "handling_text", "why")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One finding in words, and the parts of the file that it is about."""

    sentence: str
    where: tuple[str, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class UploadView:
    """A file on its way, in the words of whoever sent it."""

    upload: Upload
    failed: bool
    """The look into it failed for good; staff can start it again."""
    waiting_for_scanner: bool
    scanned: bool
    reasons: tuple[Said, ...]
    reports: tuple[Said, ...]

    @property
    def again(self) -> str:
        """Where another file takes its place, with what was said of this one."""
        path = self.upload.form.get("path", "")
        return f"{path}?{AGAIN}={self.upload.pk}" if path else ""

    @property
    def state(self) -> str:
        """In words."""
        return str(FAILED if self.failed else self.upload.get_state_display())

    @property
    def tone(self) -> str:
        """Of the pill that shows the state."""
        tones = {
            UploadState.READY.value: "good",
            UploadState.REFUSED.value: "bad",
            UploadState.INSPECTING.value: "bad" if self.failed else "progress",
        }
        return tones.get(self.upload.state, "draft")


def limit() -> str:
    """The largest file, in words."""
    return filesizeformat(settings.WBCJ_UPLOAD_LIMIT)


def own(actor: Actor, key: str, *, root_id: UUID) -> Upload | None:
    """The actor's own file with this key, on its way to this root and not sent off."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    open_states = [UploadState.ARRIVING, UploadState.ARRIVED]
    return Upload.objects.visible_to(actor).filter(pk=wanted, root=root_id, state__in=open_states).first()


def said_before(actor: Actor, key: str, root_id: UUID) -> dict[str, Any]:
    """What the actor said of a file of theirs that was refused, as the form asks for it; nothing for any other key."""
    try:
        wanted = UUID(key)
    except ValueError:
        return {}
    upload = Upload.objects.visible_to(actor).filter(pk=wanted, root=root_id, state=UploadState.REFUSED).first()
    if upload is None:
        return {}
    said = {name: upload.form[name] for name in SAID if name in upload.form}
    if "audience" in upload.form:
        with suppress(access.NotThere):  # a group that is not the actor's any more: they choose anew
            said["audience"] = audiences.word_of(upload.form["audience"], actor)
    return said


def unfinished(actor: Actor, root_id: UUID) -> list[tuple[Upload, str]]:
    """The actor's own files on their way to this root that are not filed: each with its state in words."""
    found = Upload.objects.visible_to(actor).filter(root=root_id).exclude(state=UploadState.READY)
    uploads = list(found.order_by("-touched_at")[:20])
    failed = jobs.failed([inspection_of(each) for each in uploads if each.state == UploadState.INSPECTING])
    return [(each, str(FAILED if inspection_of(each) in failed else each.get_state_display())) for each in uploads]


def view(upload: Upload) -> UploadView:
    """The state in words."""
    found = in_words(upload.findings.get("findings", ()))
    reasons = tuple(said for code, said in found if code not in REPORTED)
    refused = upload.state == UploadState.REFUSED
    extra = (*_of_the_scan(upload), *((Said(sentence=upload.said, where=(), more=0),) if upload.said else ()))
    looked_into = upload.state == UploadState.INSPECTING
    return UploadView(
        upload=upload,
        failed=looked_into and not being_looked_into(upload),
        # While the storage is away nothing was found yet.
        waiting_for_scanner=looked_into and upload.asked > 0 and bool(upload.findings),
        scanned=scanner.configured(),
        reasons=(*reasons, *extra) if refused else (),
        reports=tuple(said for code, said in found if code in REPORTED),
    )


def in_words(rows: Sequence[dict[str, object]]) -> list[tuple[Code, Said]]:
    """Findings as they stand in a row, in the reader's words; rows that no code is known for any more are left out."""
    known = [row for row in rows if row.get("code") in set(Code)]
    findings = Findings.from_data({"kind": "", "media_type": "", "findings": known}).findings
    return [(one.code, Said(sentence=sentence(one.code), where=one.where, more=one.more)) for one in findings]


def _of_the_scan(upload: Upload) -> tuple[Said, ...]:
    scan = upload.findings.get("scan")
    if not scan:
        return ()
    words = {
        Verdict.FOUND.value: _(
            "The malware scanner found something in this file. Tell your own IT security before you open it again."
        ),
        Verdict.TOO_LARGE.value: _(
            "The file is too large for the malware scanner. Divide it, or ask the operators to raise the limit."
        ),
        "away": _("The malware scanner did not answer for a week. Ask the operators, then upload the file again."),
    }
    name = str(scan.get("name", ""))
    return (Said(sentence=words[scan["verdict"]], where=(name,) if name else (), more=0),)
