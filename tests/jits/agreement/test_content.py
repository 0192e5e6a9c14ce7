"""Canonical content: equal content has equal bytes and one hash; whatever changes a letter changes the hash."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jits.agreement import content, filling, shipped
from jits.agreement.content import Clause, Document, Paragraph
from tests.jits.agreement.giving import UNION, WEST_BALKANS, told, values

# Whatever a person can write: every sign but halves of pairs, which no file can hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PARAGRAPHS = st.builds(
    Paragraph,
    id=TEXTS,
    form=st.sampled_from(["text", "items", "table", "signatures"]),
    number=TEXTS,
    text=TEXTS,
    items=st.lists(TEXTS, max_size=2).map(tuple),
    head=st.lists(TEXTS, max_size=2).map(tuple),
    rows=st.lists(st.lists(TEXTS, max_size=2).map(tuple), max_size=2).map(tuple),
)
CLAUSES = st.builds(
    Clause, id=TEXTS, heading=TEXTS, place=TEXTS, number=TEXTS, paragraphs=st.lists(PARAGRAPHS, max_size=3).map(tuple)
)
DOCUMENTS = st.builds(
    Document,
    template=TEXTS,
    version=TEXTS,
    document=TEXTS,
    language=TEXTS,
    title=TEXTS,
    clauses=st.lists(CLAUSES, max_size=3).map(tuple),
)
SMALL = Document(
    template="model",
    version="2026",
    document="agreement",
    language="sq",
    title="Marrëveshje",
    clauses=(
        Clause(id="period", number="3", heading="Periudha", paragraphs=(Paragraph(id="start", text="Ç'do\r\nditë"),)),
    ),
)
WRITTEN = (
    '{"clauses":[{"heading":"Periudha","id":"period","number":"3","paragraphs":[{"form":"text","head":[],"id":"start","items":[],'
    '"number":"","rows":[],"text":"Ç\'do\\nditë"}],"place":"body"}],"document":"agreement","format":"wbcj-agreement/1",'
    '"language":"sq","template":"model","title":"Marrëveshje","version":"2026"}'
)


def test_the_canonical_content_is_written_as_documented():
    assert content.canonical(SMALL) == WRITTEN.encode()
    assert content.digest(SMALL) == hashlib.sha256(WRITTEN.encode()).hexdigest()


def test_the_hash_of_all_languages_is_written_as_documented():
    hashes = {language: content.digest(replace(SMALL, language=language)) for language in ("sq", "en")}
    written = f'{{"format":"wbcj-agreement-languages/1","languages":{{"en":"{hashes["en"]}","sq":"{hashes["sq"]}"}}}}'

    found = content.digest_of_all({language: replace(SMALL, language=language) for language in ("sq", "en")})

    assert found == hashlib.sha256(written.encode()).hexdigest()


def test_decomposed_letters_and_line_ends_of_other_systems_are_the_same_content():
    other = replace(SMALL, title=unicodedata.normalize("NFD", SMALL.title))

    assert content.digest(other) == content.digest(SMALL)


@settings(deadline=None)
@given(DOCUMENTS)
def test_content_is_read_back_as_it_was(document):
    written = content.canonical(document)

    assert content.canonical(content.document_of(written)) == written
    assert unicodedata.is_normalized("NFC", written.decode())
    assert json.loads(written)["format"] == content.FORMAT


@settings(deadline=None)
@given(document=DOCUMENTS, other=DOCUMENTS)
def test_other_content_has_another_hash(document, other):
    same = content.canonical(document) == content.canonical(other)

    assert (content.digest(document) == content.digest(other)) == same


def texts_of(document):
    """Every place at which a text stands, with a way to change it."""
    for at, clause in enumerate(document.clauses):
        yield clause.heading, lambda text, at=at: with_clause(document, at, heading=text)
        yield clause.number, lambda text, at=at: with_clause(document, at, number=text)
        for place, paragraph in enumerate(clause.paragraphs):
            if paragraph.text:
                yield paragraph.text, lambda text, at=at, place=place: with_paragraph(document, at, place, text=text)
            for row, cells in enumerate(paragraph.rows):
                for column, cell in enumerate(cells):
                    rows = [list(each) for each in paragraph.rows]
                    yield cell, lambda text, at=at, place=place, rows=rows, row=row, column=column: with_paragraph(
                        document, at, place, rows=tuple(tuple(text if (r, c) == (row, column) else each for c, each in enumerate(line))
                                                        for r, line in enumerate(rows)))  # fmt: skip


def with_clause(document, at, **changes):
    return replace(
        document,
        clauses=(*document.clauses[:at], replace(document.clauses[at], **changes), *document.clauses[at + 1 :]),
    )


def with_paragraph(document, at, place, **changes):
    told_before = document.clauses[at].paragraphs
    return with_clause(
        document,
        at,
        paragraphs=(*told_before[:place], replace(told_before[place], **changes), *told_before[place + 1 :]),
    )


AGREEMENT = filling.fill(shipped.template("2026"), language="mk", bases=UNION, given=values(),
                         chosen=shipped.template("2026").recommended(UNION))  # fmt: skip
PLACES = list(texts_of(AGREEMENT))


@settings(deadline=None, max_examples=40)
@given(
    place=st.sampled_from(range(len(PLACES))),
    where=st.floats(0, 1),
    letter=st.characters(exclude_categories=["Cs", "Mn"]),
    data=st.data(),
)
def test_any_change_of_one_letter_changes_the_hash(place, where, letter, data):
    text, change = PLACES[place]
    at = int(where * len(text))
    drop = data.draw(st.integers(0, 1))
    changed = text[:at] + letter + text[at + drop :]

    same = content.composed(changed) == content.composed(text)
    assert (content.digest(change(changed)) == content.digest(AGREEMENT)) == same


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(shipped.LANGUAGES), st.permutations(list(values().items())), st.permutations(UNION))
def test_filling_in_the_same_gives_the_same_bytes_in_whatever_order_it_comes(language, items, bases):
    model = shipped.template("2026")
    first, second = (
        filling.fill(model, language=language, bases=order, chosen=model.recommended(UNION), given=given_values)
        for order, given_values in ((UNION, values()), (bases, dict(items)))
    )

    assert content.canonical(first) == content.canonical(second)


def test_the_same_agreement_has_one_hash_for_each_language_and_version(drawn_up):
    hashes = {content.digest(drawn_up(language=code, bases=UNION, version=version))
              for code in shipped.LANGUAGES for version in shipped.versions()}  # fmt: skip

    assert len(hashes) == 14


@pytest.mark.parametrize(
    "damage",
    [
        lambda written: written + b"\n",
        lambda written: b" " + written,
        lambda written: written.replace(b'","', b'", "', 1),
        lambda written: written.replace("ë".encode(), "e\u0308".encode(), 1),
        lambda written: written.replace("ë".encode(), b"\\u00eb", 1),
        lambda written: written.replace(b"wbcj-agreement/1", b"wbcj-agreement/2"),
        lambda written: written.replace(b'"clauses":[', b'"clauses":{', 1),
        lambda written: written.replace(b'"place":"body"', b'"colour":"blue"'),
        lambda written: b"[]",
        lambda written: b"[" * 100_000,
        lambda written: b"\xff",
    ],
)
def test_what_is_no_canonical_content_is_refused(damage):
    with pytest.raises(ValueError):  # noqa: PT011  # each damage has a message of its own
        content.document_of(damage(content.canonical(SMALL)))


def test_the_fingerprint_of_a_clause_follows_its_words_and_not_its_number(drawn_up):
    before, after = (drawn_up(version=version, bases=UNION) for version in ("2022", "2026"))
    same = [
        content.fingerprint(before.clause(name)) == content.fingerprint(after.clause(name))
        for name in ("secondment", "parties")
    ]

    assert same == [True, False], "the reference in the second has another number"


def test_a_word_in_one_language_leaves_the_others_as_they_were(drawn_up):
    base = told("one", "një", "jedan", "еден", "jedan", "један")
    before, after = ({code: content.digest(drawn_up(language=code, bases=WEST_BALKANS, base=each)) for code in shipped.LANGUAGES}
                     for each in (base, {**base, "mk": "два"}))  # fmt: skip

    assert [code for code in before if before[code] != after[code]] == ["mk"]
