"""Agreements on paper, through the real printing process: tagged, in their language, numbered, with the footnote where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from foundation.components import kosovo, languages
from foundation.documents.printing.setting import Imprint, html_of
from foundation.documents.rendering.press import Press
from jits import pdf
from jits.agreement import content, shipped
from tests.jits.agreement.giving import UNION, values
from tests.printing.conftest import FONTS, text_of
from tests.printing.test_rendering import kinds

IMPRINT = Imprint(
    kind="Agreement",
    code="7KQ3-M2XA",
    by="Arta Hoxha",
    authority="SPAK",
    at=datetime(2026, 5, 3, 12, 5, tzinfo=UTC),
    time_zone="Europe/Tirane",
    test_seal=True,
    sealed_by="Nobody",
)


@pytest.fixture(scope="module")
def printed():
    press = Press(FONTS)
    yield lambda paper, language: press.printed(html_of(paper, IMPRINT, language=language), seconds=300)
    press.close()


def frozen(model, document, **told):
    return pdf.freeze_agreement(document, template=model, root_id=UUID(int=1), reference="JIT-2026-ABCDEF", **told)


def beside(model, first, second):
    return pdf.freeze_bilingual(first, second, template=model, root_id=UUID(int=1), reference="JIT-2026-ABCDEF")


def letters(text):
    return "".join(text.split())


@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_every_language_is_printed_whole(language, model, drawn_up, printed):
    document = drawn_up(language=language, bases=UNION)

    paper = printed(frozen(model, document), language)

    reader, found = PdfReader(BytesIO(paper.pdf)), letters(kosovo.mark_text(text_of(paper.pdf)))
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == languages.bcp47(language)
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert paper.refused == 0
    assert {"H1", "H2", "H3", "P", "L", "Table", "TH"} <= set(kinds(catalog["/StructTreeRoot"]))
    for clause in document.clauses:
        assert letters(kosovo.mark_text(clause.heading)) in found, clause.id
    texts = [paragraph.text for clause in document.clauses for paragraph in clause.paragraphs]
    # A paragraph that goes on over the page has head and foot of the page between its letters.
    assert sum(1 for text in texts if letters(kosovo.mark_text(text)) in found) > len(texts) * 0.85
    pages = [letters(each.extract_text()) for each in reader.pages]
    before, between, after = frozen(model, document).frame.page
    for number, text in enumerate(pages, 1):
        assert letters(f"{before}{number}{between}{len(pages)}{after}") in text
        assert content.digest(document) in text
        assert letters(model.words[language].at("frame", "draft")) in text
        assert letters(kosovo.footnote(language)) in text


@pytest.mark.parametrize(("document", "language"), [("extension", "mk"), ("amendment", "cnr")])
def test_extensions_and_amendments_have_their_papers(document, language, model, drawn_up, printed):
    drawn = drawn_up(language=language, document=document)

    found = letters(text_of(printed(frozen(model, drawn), language).pdf))

    assert letters(drawn.title) in found
    assert letters(model.words[language].at("words", "signature")) in found


def test_without_the_name_there_is_no_footnote(model, drawn_up, printed):
    parties = [row for row in values()["parties"] if row["partner"]["en"] != "Kosovo"]
    found = letters(text_of(printed(frozen(model, drawn_up(document="extension", parties=parties)), "en").pdf))

    assert letters(kosovo.footnote("en")) not in found


def test_two_languages_stand_side_by_side_with_both_footnotes(model, drawn_up, printed):
    first, second = (drawn_up(language=code, document="extension") for code in ("sq", "mk"))

    paper = printed(beside(model, first, second), "sq")

    pages = [letters(each.extract_text()) for each in PdfReader(BytesIO(paper.pdf)).pages]
    for text in pages:
        assert content.digest(first) in text
        assert content.digest(second) in text
        assert letters(kosovo.footnote("sq")) in text
        assert letters(kosovo.footnote("mk")) in text
    whole = "".join(pages)
    assert letters(first.title) in whole
    assert letters(second.title) in whole
    assert whole.count(letters("Vendi dhe data / Место и датум")) == 1


def test_rows_of_a_bilingual_paper_pair_what_has_one_id(model, drawn_up):
    first, second = drawn_up(language="en"), drawn_up(language="sr-latn")
    rows = beside(model, first, second).rows

    headings = [(row.number, row.first, row.second) for row in rows if row.form == "heading"]
    assert ("3", "Period covered by the agreement", "Period važenja sporazuma") in headings
    assert all(bool(row.first) == bool(row.second) for row in rows)
    assert all(len(row.first_points) == len(row.second_points) for row in rows)
    assert not any(row.appendix for row in rows)


def test_a_clause_that_one_language_lacks_leaves_its_side_empty(model, drawn_up):
    first, second = drawn_up(language="en"), drawn_up(language="sq")
    lacking = replace(first, clauses=tuple(clause for clause in first.clauses if clause.id != "media"))

    rows = beside(model, lacking, second).rows

    (alone,) = [row for row in rows if row.second == second.clause("media").heading]
    assert alone.first == ""
    assert {row.second for row in rows} >= {paragraph.text for paragraph in second.clause("media").paragraphs}


def test_what_people_wrote_is_text_on_the_paper(model, drawn_up, printed):
    paper = printed(frozen(model, drawn_up(document="extension", agreement_place="<img src=x> & <b>bold</b>")), "en")

    assert letters("<img src=x> & <b>bold</b>") in letters(text_of(paper.pdf))
    assert paper.refused == 0


def test_equal_documents_freeze_to_equal_papers(model, drawn_up):
    first, again = (frozen(model, drawn_up(language="mk")) for _ in range(2))

    assert first.digest == again.digest
    assert frozen(model, drawn_up(language="mk", base="Скопје")).digest != first.digest


def test_an_agreement_in_force_says_so_instead_of_being_a_draft(model, drawn_up, printed):
    paper = printed(frozen(model, drawn_up(document="extension"), in_force="In force since 3 May 2026"), "en")

    found = text_of(paper.pdf)
    assert "In force since 3 May 2026" in found
    assert "Draft without legal effect" not in found


def test_a_number_stays_on_the_line_of_what_it_counts(model, drawn_up):
    paper = frozen(model, drawn_up())

    (accession,) = [p for clause in paper.clauses for p in clause.paragraphs if p.id == "accession"]
    assert accession.text.endswith("clause\N{NO-BREAK SPACE}13.")
    assert drawn_up().clause("parties").paragraphs[-1].text.endswith("clause 13."), (
        "the content itself is as it was written"
    )
