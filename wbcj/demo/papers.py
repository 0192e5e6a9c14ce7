"""Documents that the people of the demo file: short invented texts, kept in the vault like every other file."""

from __future__ import annotations

from foundation.access import audiences
from foundation.documents import actions, vault
from foundation.documents.actions import Description, Incoming
from foundation.documents.choices import DocumentKind, Scan
from foundation.documents.models import Document
from foundation.tenancy.actors import Actor
from wbcj.demo.casework import Casework

_LINES = "Invented for the demonstration. No person, case or authority in it exists.\n\n"


def filed(
    work: Casework,
    who: str,
    title: str,
    *,
    name: str,
    text: str,
    day: float,
    language: str = "en",
    kind: str = DocumentKind.LETTER,
    handling: str = "H1",
    audience: str = audiences.EVERYONE,
) -> Document:
    """Somebody on the case files a document."""
    with work.stage.acting(who) as by:
        return actions.receive(
            root_id=work.case.pk,
            description=Description(title=title, kind=kind, language=language, handling=[handling]),
            incoming=_kept(work, name, text, by),
            audience=audiences.group_of(audience, by),
            by=by,
            at=work.stage.at(day),
        )


def again(work: Casework, who: str, document: Document, *, name: str, text: str, day: float) -> None:
    """A newer version of it."""
    with work.stage.acting(who) as by:
        actions.add_version(
            document=document, incoming=_kept(work, name, text, by), version=1, by=by, at=work.stage.at(day)
        )


def withdrawn(work: Casework, who: str, document: Document, *, reason: str, day: float) -> None:
    """It leaves the lists."""
    with work.stage.acting(who) as by:
        actions.withdraw(document=document, reason=reason, version=1, by=by, at=work.stage.at(day))


def _kept(work: Casework, name: str, text: str, by: Actor) -> Incoming:
    writer = vault.writer(root_id=work.case.pk, by=by)
    writer.write((_LINES + text + "\n").encode())
    return Incoming(kept=writer.finish(), file_name=name, media_type="text/plain", scan=Scan.NOT_SCANNED)
