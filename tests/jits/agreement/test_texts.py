"""Seven languages: complete, in the right script, with no letter that the language does not have."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from itertools import product

import pytest

from jits.agreement import checking, placeholders, reading, shipped
from jits.agreement.structure import DOCUMENTS
from jits.agreement.transliteration import latin
from jits.agreement.unable import UnableToRead
from tests.jits.agreement.giving import UNION, WEST_BALKANS
from wbcj.settings.languages import LANGUAGES

SOUTH_SLAVIC = "abcčćdđefghijklmnoprsštuvzž"
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "sq": "abcçdeëfghijklmnopqrstuvxyz",  # no w
    "bs": SOUTH_SLAVIC,
    "cnr": SOUTH_SLAVIC + "śź",
    "sr-latn": SOUTH_SLAVIC,
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
}
CYRILLIC = {"sr", "mk"}
# Names of acts, systems and hash functions and numbers of appendices stay as they are in every script.
FOREIGN = re.compile(r"\b(SHA|SIENA|ETS|JHA|WBCJ|OLAF|Eurojust\w*|Europol\w*|Euratom|[IVX]+|c)\b")


def leaves(table, path=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}.{name}")
        else:
            for position, text in enumerate(value if isinstance(value, list) else [value]):
                yield f"{path}.{name}.{position}", text


def words_of(language):
    """Every text of a language, placeholders taken out."""
    table = shipped.template("2026").words[language].table
    return {path: placeholders.filled(re.sub(r"\{(\w+)\}", "", text), value=lambda _: "", number=lambda _: "")
            for path, text in leaves(table)}  # fmt: skip


def letters(text):
    return [letter for letter in FOREIGN.sub(" ", text).lower() if unicodedata.category(letter).startswith("L")]


def test_the_model_comes_in_the_languages_of_the_project():
    assert tuple(code for code, _name in LANGUAGES) == shipped.LANGUAGES


@pytest.mark.parametrize("version", ["2022", "2026"])
def test_every_language_has_every_word_and_the_same_placeholders(version):
    assert checking.faults(shipped.template(version)) == []


@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_no_letter_is_foreign_to_its_language(language):
    found = {path: set(letters(text)) - set(LETTERS[language]) for path, text in words_of(language).items()}

    assert {path: strange for path, strange in found.items() if strange} == {}


@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_the_script_is_the_right_one(language):
    every = [letter for text in words_of(language).values() for letter in letters(text)]
    share = sum(1 for letter in every if unicodedata.name(letter).startswith("CYRILLIC")) / len(every)

    assert len(every) > 20_000
    assert share == (1 if language in CYRILLIC else 0)


@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_texts_are_composed_and_hold_nothing_unseen(language):
    for path, text in leaves(shipped.template("2026").words[language].table):
        assert unicodedata.is_normalized("NFC", text), path
        assert path == ".words.join.0" or text == text.strip(), path
        assert not re.search(r"\s\s|[\u00ad\u200b-\u200f]|TODO|…", text), path


@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_a_paragraph_is_a_sentence(language):
    texts = {
        path: text
        for path, text in words_of(language).items()
        if path.startswith(".clauses") and ".heading." not in path
    }
    given = dict(leaves(shipped.template("2026").words[language].table))

    for path in texts:
        assert given[path].rstrip()[-1] in ".:}", path
        assert given[path][0].isupper(), path


@pytest.mark.parametrize("language", [code for code in shipped.LANGUAGES if code != "en"])
def test_no_translation_was_left_in_the_source_language(language):
    source, translated = words_of("en"), words_of(language)
    same = [path for path, text in translated.items() if text == source.get(path) and len(letters(text)) > 8]

    assert same == []


def test_the_neighbours_are_languages_of_their_own():
    """Bosnian and Montenegrin share most of their words with Serbian, and still no two of them are one text."""
    bosnian, montenegrin, serbian = (words_of(language) for language in ("bs", "cnr", "sr-latn"))
    clauses = [path for path in serbian if path.startswith(".clauses")]

    for one, other in ((bosnian, serbian), (montenegrin, serbian), (bosnian, montenegrin)):
        assert sum(1 for path in clauses if one[path] != other[path]) > len(clauses) / 2
    assert not re.search(r"\b(mesec|mesto|mere|delo|lice)\w*", " ".join(bosnian.values()))
    assert "śedište" in " ".join(montenegrin.values()).lower()
    assert "bezbednost" in " ".join(serbian.values())


def test_serbian_in_latin_script_is_the_cyrillic_text_letter_by_letter():
    cyrillic, latin_script = words_of("sr"), words_of("sr-latn")

    assert {path: latin(text) for path, text in cyrillic.items()} == latin_script


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("Љубица и Њујорк, Џомба", "Ljubica i Njujork, Džomba"),
        ("ЉУБАВ, КОЊ, ЏЕП", "LJUBAV, KONJ, DŽEP"),
        ("инјекција, надживети", "injekcija, nadživeti"),
        ("члан 13. (ETS бр. 182), {agreement_date}", "član 13. (ETS br. 182), {agreement_date}"),
        ("Ђорђе, ћерка, шећер, чај, жито", "Đorđe, ćerka, šećer, čaj, žito"),
    ],
)
def test_transliteration(cyrillic, expected):
    assert latin(cyrillic) == expected


def test_kosovo_is_named_by_nobody_but_the_drafter():
    assert [
        path
        for code in shipped.LANGUAGES
        for path, text in words_of(code).items()
        if re.search("(?i)kosov|косов", text)
    ] == []


def test_partners_are_called_parties():
    """Member States, third countries and the name of a federation are what the law of the Union calls them."""
    named = r"Member States?|third (?:country|countries)|United States|a Member State"
    texts = [re.sub(named, "", text) for text in words_of("en").values()]

    assert [
        text
        for text in texts
        if re.search(r"(?i)\b(countr(y|ies)|states?|nations?)\b", text.replace("United Nations", ""))
    ] == []


@pytest.mark.parametrize(("bases", "document"), list(product([WEST_BALKANS, UNION], DOCUMENTS)))
@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_every_language_can_be_filled_in_for_every_document(drawn_up, language, bases, document):
    source = drawn_up(language="en", bases=bases, document=document)
    drawn = drawn_up(language=language, bases=bases, document=document)

    assert [(each.id, each.number) for each in drawn.clauses] == [(each.id, each.number) for each in source.clauses]
    shapes = [[(p.id, p.number, len(p.items), len(p.rows)) for p in c.paragraphs] for c in drawn.clauses]
    assert shapes == [[(p.id, p.number, len(p.items), len(p.rows)) for p in c.paragraphs] for c in source.clauses]
    assert "{" not in " ".join(clause.words for clause in drawn.clauses)


DAMAGES = {
    "lacks clauses.period.start": ("sq", 'start = "Kjo', 'begin = "Kjo'),
    "has clauses.period.begin": ("sq", 'start = "Kjo', 'begin = "Kjo'),
    "the placeholders of clauses.period.duration": ("bs", "periodu od {months}", "periodu od dvanaest mjeseci"),
    "placeholders of clauses.period.until": ("mk", "{end_date}", "{end_date"),
    "is empty": ("cnr", 'signature = "Potpis"', 'signature = " "'),
    "is no TOML": ("sr", "[documents]", "[documents"),
    "asks about aims.gold": ("structure", "yes financial_investigation", "has aims.gold"),
    "has no place": ("structure", 'place = "opening"', 'place = "nowhere"'),
    "shows acts, which is no parameter for that": ("structure", '"prose acts"', '"table acts"'),
    "Two paragraphs of clause purpose have one name": ("structure", '"prose acts"', '"restraint"'),
    "cannot be understood": ("structure", "if yes midterm", "if maybe midterm"),
    "lacks 'lost'": ("structure", '"preamble", "parties"', '"preamble", "lost"'),
}  # fmt: skip


@pytest.mark.parametrize("sentence", DAMAGES)
def test_a_damaged_file_is_refused_with_a_sentence(sentence):
    name, found, instead = DAMAGES[sentence]
    files = {each: shipped._text(each) for each in (*shipped.LANGUAGES, "structure")}
    assert found in files[name]
    files[name] = files[name].replace(found, instead, 1)

    with pytest.raises(UnableToRead, match=re.escape(sentence)):
        reading.template(structure=files.pop("structure"), texts=files, version="2026")


def test_an_unknown_version_is_refused():
    with pytest.raises(UnableToRead, match="2031"):
        shipped.template("2031")


def test_the_files_are_read_by_the_standard_library():
    for language in (*shipped.LANGUAGES, "structure"):
        assert tomllib.loads(shipped._text(language))
