"""Evidence files that are not what they should be: each is made once, since signing takes time, and used often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from foundation.documents.seals.authority import Authority
from jits.package import building
from jits.package.manifest import Way
from tests.jits.package.stage import CONTENT, OLDER, PARTIES, THREE, signed_elsewhere
from tests.jits.package.tampering.ground import Ground


def in_application(
    ground: Ground,
    *,
    by: Authority | None = None,
    party: str | None = None,
    signatory: str | None = None,
    content: str = CONTENT,
    frozen: bytes | None = None,
) -> bytes:
    """A signature as the application makes it, for whoever signed that way, with one thing different."""
    code, file = ground.of(Way.APPLICATION)
    at = datetime.fromisoformat(ground.party(ground.told, code)["consent"]["at"])
    return building.sign(
        frozen or ground.frozen_of(file),
        party=party or code,
        signatory=signatory or PARTIES[code][1],
        content_sha256=content,
        by=by or ground.stage.seal,
        at=at,
    )


def added(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with one revision more."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def catalog_note(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Note"] = generic.pdf_string("added")
    writer.update_root()


def open_action(writer: IncrementalPdfFileWriter) -> None:
    action = generic.DictionaryObject(
        {generic.pdf_name("/S"): generic.pdf_name("/URI"), generic.pdf_name("/URI"): generic.pdf_string("x:y")}
    )
    writer.root["/OpenAction"] = action
    writer.update_root()


def page_text(writer: IncrementalPdfFileWriter) -> None:
    """White over everything: another agreement could be written on it."""
    page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
    covering = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 900 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), covering])
    writer.update_container(page)


def page_box(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
    page["/MediaBox"] = generic.ArrayObject([generic.NumberObject(each) for each in (0, 400, 595, 842)])
    writer.update_container(page)


def language(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = generic.pdf_string("fr")
    writer.update_root()


CHANGES = {
    "a note": catalog_note,
    "an action": open_action,
    "a text": page_text,
    "a box": page_box,
    "a language": language,
}


def signed_with(ground: Ground, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """A signature that is good, over a revision in which something else was changed as well."""
    party, file = ground.of(Way.ELSEWHERE)
    return signed_elsewhere(ground.frozen_of(file), ground.stage.cards[party], change=change)


def covering(ground: Ground) -> bytes:
    """A signature whose picture takes the whole page."""
    party, file = ground.of(Way.ELSEWHERE)
    return signed_elsewhere(ground.frozen_of(file), ground.stage.cards[party], box=(0, 0, 590, 840))


def older_frozen(ground: Ground, file: str) -> bytes:
    """What stood at that place in the earlier text."""
    agreement = ground.stage.agreement(THREE, content=OLDER)
    told = ground.told
    used = next(party["consent"]["language"] for party in told["parties"] if party["consent"]["file"] == file)
    return agreement.frozen[used]()
