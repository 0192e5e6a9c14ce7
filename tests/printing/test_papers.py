"""The papers themselves: what their reader sees and no more, whatever stands in titles and names."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from cases import pdf as case_papers
from contactgroup import actions
from foundation.documents import custody
from foundation.documents import pdf as document_papers
from foundation.documents.choices import Act
from foundation.documents.printing.editions import edition
from foundation.documents.printing.setting import Imprint, html_of
from meetings import pdf as meeting_papers
from meetings.models import Meeting
from tests.contactgroup.conftest import World as GroupWorld
from tests.documents.keeping import file_document, sha256
from tests.printing.conftest import text_of
from tests.printing.test_hostile_text import ODD, SECRET, attacks

AT = datetime(2026, 5, 3, 12, 5, tzinfo=UTC)


def imprint(**changes) -> Imprint:
    values = {
        "kind": "Paper",
        "code": "7KQ3-M2XA",
        "by": "Ann",
        "authority": "SPAK",
        "at": AT,
        "time_zone": "Europe/Tirane",
        "test_seal": True,
        "sealed_by": "Nobody",
    }
    return Imprint(**values | changes)


def meeting(cls=meeting_papers.Agenda, items=(), **changes):
    facts = {
        "root_id": uuid4(),
        "title": "17th meeting",
        "reference": "M-2026-ABCDEF",
        "series": "Contact Group",
        "status": "Held",
        "mode": "Online",
        "place": "",
        "starts_at": AT,
        "ends_at": AT,
    }
    return cls(items=tuple(items), **facts | changes)


def items(*titles):
    return [meeting_papers.Item(number=n, title=title, reference="") for n, title in enumerate(titles, 1)]


def spaceless(text):
    return "".join(text.split())


@pytest.fixture
def group(db) -> GroupWorld:
    return GroupWorld()


def frozen(person, freeze, subject):
    with person.acting() as actor:
        return freeze(subject=subject, actor=actor)


def test_an_agenda_holds_the_items_that_its_reader_sees_and_counts_those_alone(group):
    narrow, wide = (
        group.nominate(group.case(), audience="concerned"),
        group.nominate(group.case(), audience="whole_group"),
    )
    called = group.meeting()
    for nomination in (narrow, wide):
        group.as_desk(actions.put_on_agenda, nomination, meeting=called)
    outside, inside = group.members["RS"], group.members["MK"]

    seen = frozen(inside, meeting_papers.freeze_agenda, called.pk)
    less = frozen(outside, meeting_papers.freeze_agenda, called.pk)

    assert [item.number for item in seen.items] == [1, 2]
    assert [item.number for item in less.items] == [1]
    assert less.digest != seen.digest


def test_a_record_of_decisions_says_who_decided_what(group):
    nomination = group.counted(group.nominate(group.case()), AL="for", MK="for")
    group.decided(nomination, "take_up_parallel", "Agreed after a long debate.")
    with group.desk.acting() as actor:
        key = Meeting.objects.visible_to(actor).get().pk
        record = meeting_papers.freeze_decisions(subject=key, actor=actor)

    (item,) = record.items
    assert (item.text, item.decided_by.split(",")[0]) == ("Agreed after a long debate.", "Desk")
    assert record.undecided == 0


def test_a_custody_sheet_holds_fingerprints_and_every_line_of_the_record(world):
    case = world.open()
    with world.ann.acting() as actor:
        document = file_document(b"the file", root_id=case.pk, by=actor, at=world.now)
        custody.note(Act.VIEWED, document, by=actor, why="For the hearing")
        sheet = document_papers.freeze(subject=document.pk, actor=actor)

    assert spaceless(sheet.versions[0].fingerprint) == sha256(b"the file")
    assert [line.act for line in sheet.entries] == ["Received", "Viewed"]
    assert sheet.entries[-1].why == "For the hearing"


def test_a_document_for_another_audience_has_no_sheet_and_no_stranger_a_case(world):
    case = world.open()
    world.share(case, world.mira)
    with world.ann.acting() as actor:
        document = file_document(b"x", root_id=case.pk, by=actor, at=world.now, audience="self")

    with pytest.raises(type(document).DoesNotExist):
        frozen(world.mira, document_papers.freeze, document.pk)
    with pytest.raises(type(case).DoesNotExist):
        frozen(world.stranger, case_papers.freeze, case.pk)


def test_equal_data_have_an_equal_digest_whatever_the_clock(world):
    case = world.open()

    first, second = (frozen(world.ann, case_papers.freeze, case.pk) for _each in range(2))
    assert first.digest == second.digest
    assert edition(first.template, "en") == edition(second.template, "en")


def test_sixty_items_are_numbered_on_pages_with_the_footnote_on_each(printed):
    paper = meeting(items=items(*(f"Item about Kosovo {n}" for n in range(60))), title="Косово и друго")
    html = html_of(paper, imprint(), language="sr")

    pages = [each.extract_text() for each in PdfReader(BytesIO(printed(html).pdf)).pages]
    assert len(pages) > 1
    assert all("1244/1999" in text and "Kosovo" not in text.replace("Kosovo*", "") for text in pages)


def test_a_paper_that_does_not_name_kosovo_has_no_footnote(printed):
    text = text_of(printed(html_of(meeting(items=items("Timber")), imprint(), language="en")).pdf)

    assert "1244/1999" not in text
    assert "7KQ3-M2XA" in text


def test_an_empty_paper_says_so(printed):
    text = text_of(printed(html_of(meeting(meeting_papers.DecisionRecord), imprint(), language="en")).pdf)

    assert "There is no item that this reader may see." in " ".join(text.split())


def test_a_paper_says_for_whom_and_when_it_was_printed_and_what_its_seal_is_worth(printed):
    html = html_of(meeting(), imprint(test_seal=False, sealed_by="Eurojust seal"), language="en")

    text = " ".join(text_of(printed(html).pdf).split())
    assert "Printed for Ann, SPAK" in text
    assert "14:05" in text
    assert "Eurojust seal" in text
    assert "without legal value" not in text


def test_hostile_titles_and_names_stand_there_as_they_were_written(printed):
    """Through the templates: what looks like an element is text, and nothing is asked for."""
    hostile = attacks("http://127.0.0.1:9", "file:///etc/hostname")
    titles = [*hostile.values(), "</title><script>alert(1)</script>", "{{ imprint.code }}{% load i18n %}"]
    paper = meeting(items=items(*titles), title=f"</title></head><img src=file:///etc/hostname alt='{SECRET}'>")
    made = printed(
        html_of(paper, imprint(by="<b>Ann</b>", authority="<style>@import url(http://x)</style>"), language="en")
    )

    text = spaceless(text_of(made.pdf))
    assert made.refused == 0
    assert b"EmbeddedFile" not in made.pdf
    assert b"/URI" not in made.pdf
    assert "<b>Ann</b>" in text
    assert "<script>alert(1)</script>" in text
    assert "{{imprint.code}}" in text


def test_odd_text_in_every_place_of_a_paper_is_printed(printed):
    odd = [text[:9_000] for name, text in ODD.items() if "table" not in name]  # no field is longer
    made = printed(html_of(meeting(items=items(*odd), title=odd[3], place="\x00" + odd[8]), imprint(), language="mk"))

    assert made.pages >= 1
    assert made.refused == 0
