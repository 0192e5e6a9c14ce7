"""What is written into an archive beside the files: what each is, for people and for programs, and the sums that prove them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.access import audiences
from foundation.components import formats, kosovo
from foundation.components.handling import HandlingCode
from foundation.documents.choices import Audience, languages
from foundation.documents.exporting.selecting import Chosen, Selection
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership

TEXT, DATA, SUMS = "manifest.txt", "manifest.json", "SHA256SUMS"
FORMAT: Final = 1
"""Of the data; a program that reads it asks for this number."""


def written(selection: Selection, *, why: str, by: Actor, at: datetime) -> dict[str, bytes]:
    """By name: the text in the reader's language, the data, and the sums as ``sha256sum -c`` reads them."""
    said = {
        TEXT: _text(selection, why=why, by=by, at=at).encode(),
        DATA: json.dumps(_data(selection, why=why, by=by, at=at), ensure_ascii=False, indent=1).encode() + b"\n",
    }
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in said.items()}
    sums |= {chosen.name: chosen.file.sha256 for chosen in selection.chosen}
    return {**said, SUMS: "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()}


def _data(selection: Selection, *, why: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Values as they are stored: codes, keys, instants in UTC, sizes in bytes."""
    root = selection.root
    return {
        "format": FORMAT,
        "record": {"id": str(root.pk), "reference": root.reference, "title": root.title},
        "exported": {
            "at": _utc(at),
            "by": by.account_name,
            "authority": by.authority_name,
            "partner": by.partner_name,
            "why": why,
            "all_versions": selection.all_versions,
        },
        "files": [_file(chosen, by) for chosen in selection.chosen],
    }


def _file(chosen: Chosen, by: Actor) -> dict[str, Any]:
    document, file = chosen.document, chosen.file
    return {
        "path": chosen.name,
        "document": str(document.pk),
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "handling": list(document.handling),
        "handling_text": document.handling_text,
        "audience": audiences.word_of(document.audience_id, by),
        "withdrawn_at": _utc(document.withdrawn_at) if document.withdrawn_at else None,
        "withdrawn_reason": document.withdrawn_reason,
        "version": file.number,
        "file_name": file.file_name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "filed_at": _utc(file.received_at),
        "filed_by": file.received_by.account.full_name,
        "filed_by_authority": file.received_by.authority.name,
        "filed_by_partner": file.received_by.authority.partner.name,
        "malware_scan": file.scan,
    }


def _utc(at: datetime) -> str:
    return at.astimezone(timezone.get_fixed_timezone(0)).isoformat()


def _text(selection: Selection, *, why: str, by: Actor, at: datetime) -> str:
    """For whoever opens the archive: plain lines, with the Kosovo* rule applied."""
    lines = [*_heading(selection, why=why, by=by, at=at)]
    for chosen in selection.chosen:
        lines += ["", *_lines(chosen, by)]
    text = "\n".join(lines).replace(formats.NBSP, " ") + "\n"
    language = translation.get_language() or "en"
    return kosovo.mark_message(text, language).rstrip() + "\n"


def _heading(selection: Selection, *, why: str, by: Actor, at: datetime) -> Iterator[str]:
    count, size = len(selection.chosen), formats.size(selection.size)
    yield _("Documents of %(reference)s: %(title)s") % {
        "reference": selection.root.reference,
        "title": selection.root.title,
    }
    yield ""
    yield _line(_("Exported"), f"{formats.instant(at)}, {by.account_name}, {by.authority_name}, {by.partner_name}")
    yield _line(_("Purpose"), why)
    yield _line(
        _("Versions"), _("all of each document") if selection.all_versions else _("the newest of each document")
    )
    yield _line(_("Files"), f"{count}, {size}")
    yield ""
    yield _("The handling codes bind whoever holds these files.")
    codes = {code for chosen in selection.chosen for code in chosen.document.handling}
    yield from (str(HandlingCode(code).label) for code in sorted(codes))
    yield ""
    yield _("Whether a file is what was filed, this command says, run in the folder: sha256sum -c SHA256SUMS")


def _lines(chosen: Chosen, by: Actor) -> Iterator[str]:
    document, file = chosen.document, chosen.file
    yield f"{chosen.number}. {document.title}"
    yield _line(_("File"), chosen.name)
    yield _line(_("Kind"), document.get_kind_display())
    yield _line(_("Language"), str(dict(languages()).get(document.language, document.language)))
    yield _line(_("Handling codes"), ", ".join(document.handling))
    if document.handling_text:
        yield _line(_("Other restrictions"), document.handling_text)
    if document.audience_id is not None:
        yield _line(_("For"), str(Audience(audiences.word_of(document.audience_id, by)).label))
    if document.withdrawn_at is not None:
        yield _line(_("Withdrawn"), f"{formats.instant(document.withdrawn_at)}, {document.withdrawn_reason}")
    yield _line(_("Version"), f"{file.number}, {formats.size(file.size)}")
    yield _line(_("Filed"), f"{formats.instant(file.received_at)}, {_named(file.received_by)}")
    yield _line(_("Malware scan"), file.get_scan_display())
    yield _line(_("Fingerprint (SHA-256)"), file.sha256)


def _line(label: str, value: str) -> str:
    """One line, whatever was typed."""
    return f"{label}: {' '.join(value.split())}"


def _named(membership: Membership) -> str:
    return f"{membership.account.full_name}, {membership.authority.name}, {membership.authority.partner.name}"
