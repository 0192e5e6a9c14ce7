"""Spellings of one word meet in one key, whatever their script and diacritics; different words stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.components.folding import fold

# Each line is one word of the language as it is written at home, in other scripts, by a neighbour, in a passport, on a bare keyboard.
ALBANIAN = [
    ("Shkodër", "SHKODER", "Shkode\u0308r", "Шкодер", "Skoder"),
    ("Çelaj", "Celaj", "Челај", "Čelaj"),
    ("Gjergj", "Ѓерѓ", "Đerđ", "Ђерђ"),
    ("Hoxha", "Hodža", "Хоџа", "Hodza"),
    ("Shaqiri", "Šaćiri", "Шаќири", "Шаћири", "Saciri"),
    ("Rrahmani", "Rahmani", "Рахмани"),
    ("Llukaj", "Lukaj", "Лукај"),
    ("Xhemail", "Džemail", "Џемаил", "DZEMAIL"),
    ("Ismailaj", "ısmailaj", "İsmailaj"),
    ("Durrës", "Durres", "Дурес"),
    ("Pejë", "Peje", "Пеје"),
    ("Gjakovë", "Djakove", "Đakove", "Ђакове"),
    ("Kuqi", "Kući", "Кући"),
    ("Njësia", "Njesia", "Њесиа"),
    ("Zhuri", "Žuri", "Жури", "Zuri"),
]
BOSNIAN = [
    ("Džemal", "Dzhemal", "Џемал", "Xhemal", "Dzemal"),
    ("Čengić", "Cengic", "Ченгић", "Çengiq", "Chengich"),
    ("Šehić", "Sehic", "Шехић", "Shehiq"),
    ("Žepče", "Zepce", "Жепче", "Zhepche"),
    ("Đulbegović", "Djulbegovic", "Ђулбеговић", "Gjulbegoviq"),
    ("Bijeljina", "Бијељина"),
    ("Goražde", "Gorazde", "Горажде"),
    ("krijumčarenje", "krijumcarenje", "кријумчарење"),
    ("oružje", "oruzje", "оружје"),
    ("Hadžić", "Hadzic", "Хаџић", "Haxhiq", "Haxhiç"),
    ("Međugorje", "Medjugorje", "Међугорје"),
]
MACEDONIAN = [
    ("Ѓорѓи", "Gjorgji", "Đorđi", "Ǵorǵi", "G\u0301org\u0301i", "Djordji"),
    ("Ќосев", "Kjosev", "Ḱosev", "Ćosev", "Qosev"),
    ("Петровиќ", "Petrovikj", "Petrović", "Петровић", "Petrovich"),
    ("Мишковски", "Miškovski", "Mishkovski", "Miskovski"),
    ("Чашка", "Čaška", "Chashka", "Caska"),
    ("Ѕвездан", "Dzvezdan"),
    ("Скопје", "Skopje"),
    ("Битола", "Bitola"),
    ("Охрид", "Ohrid"),
    ("Љупчо", "Ljupčo", "Ljupcho", "ǈupčo"),
    ("Њиве", "Njive", "ǋive"),
    ("сѝ", "си", "si"),
    ("Џонов", "Džonov", "Dzonov"),
    ("Кичево", "Kičevo", "Kichevo", "Kicevo"),
    ("Ракќи", "Rakkji"),
    ("ѐ", "е", "e"),
]
MONTENEGRIN = [
    ("Śutra", "С\u0301утра", "Sutra", "Sjutra", "Сјутра"),
    ("śekira", "sjekira", "сјекира", "sekira"),
    ("iźelica", "izjelica", "изјелица"),
    ("Nikšić", "Niksic", "Никшић", "Nikshiq"),
    ("Njegoš", "Његош", "NJEGOS", "ǌegoš"),
    ("Đukanović", "Ђукановић", "Djukanovic", "Gjukanoviq"),
    ("Pljevlja", "Пљевља"),
    ("Cetinje", "Цетиње"),
    ("Ćetko", "Ћетко", "Cetko"),
    ("Ulcinj", "Улцињ"),
]
SERBIAN_CYRILLIC = [
    ("Ђорђе", "Đorđe", "Djordje", "DJORDJE", "Gjorgje"),
    ("Љубица", "Ljubica", "ǈubica", "ǉubica"),
    ("Живковић", "Živković", "Zhivkovikj", "Zivkovic"),
    ("Шабац", "Šabac", "Sabac", "Shabac"),
    ("Њујорк", "Njujork"),
    ("Ћуприја", "Ćuprija", "Cuprija"),
    ("тужилаштво", "tužilaštvo", "tuzilastvo"),
    ("царина", "carina"),
    ("Нови Пазар", "Novi  Pazar", "novi\u00a0pazar"),
    ("Чачак", "Čačak", "Cacak"),
    ("Џиновић", "Džinović", "Xhinoviq"),
]
SERBIAN_LATIN = [
    ("Čađavica", "Cadjavica", "Чађавица"),
    ("Kragujevac – Niš", "Kragujevac-Niš", "Крагујевац — Ниш", "kragujevac‑nis"),
    ("Operacija „Kronos“", 'operacija "kronos"', "operacija «kronos»", "операција ’кронос’"),
    ("Aleksandar Aleks", "Alexandar Alex"),
    ("Žiža", "Жижа", "Ziza"),
    ("Ljilja", "Љиља"),
    ("droga\u00ad", "DROGA", "дрога"),
]
ENGLISH = [
    ("Straße", "STRASSE"),
    ("Ann  Mc\tDoe ", "ann mc doe"),
    ("O’Brien", "O'Brien", "OBrien"),
    ("naïve café", "naive cafe"),
    ("trafficking", "TRAFFICKING", "traﬃcking"),
    ("１２３", "123"),
]
LANGUAGES = {
    "sq": ALBANIAN,
    "bs": BOSNIAN,
    "mk": MACEDONIAN,
    "cnr": MONTENEGRIN,
    "sr": SERBIAN_CYRILLIC,
    "sr-latn": SERBIAN_LATIN,
    "en": ENGLISH,
}
PAIRS = [
    (language, words[0], spelling) for language, lines in LANGUAGES.items() for words in lines for spelling in words[1:]
]

APART = [
    ("Tirana", "Skopje"),
    ("Marko", "Mirko"),
    ("Ana", "Anja"),
    ("2026/14", "2026/41"),
    ("Luka", "Ljuka"),
    ("лук", "љук"),
    ("konj", "kon"),
    ("коњ", "кон"),
    ("džep", "žep"),
    ("šuma", "žuma"),
    ("Đuro", "Duro"),
    ("Ѓоко", "Гоко"),
    ("Ќоро", "Коро"),
    ("rak", "rać"),
    ("kuća", "kuka"),
    ("Pejë", "Peć"),
    ("Ylli", "Ili"),
    ("sever", "savez"),
    ("mleko", "mlijeko"),
    ("Hoxha", "Hoha"),
    ("Xhemal", "Kemal"),
    ("Shpend", "Spent"),
    ("Zvornik", "Dzvornik"),
    ("Novi Sad", "Novisad"),
    ("Niš", "Nić"),
]


def test_there_are_sixty_words_and_more_in_six_languages() -> None:
    assert len(PAIRS) >= 60
    assert all(len(lines) >= 6 for lines in LANGUAGES.values())


@pytest.mark.parametrize(("language", "word", "spelling"), PAIRS)
def test_spellings_of_one_word_meet(language: str, word: str, spelling: str) -> None:
    assert fold(word) == fold(spelling)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_of_different_lines_stay_apart() -> None:
    """The rules are wide enough to meet and narrow enough to tell a hundred words apart."""
    keys = [fold(words[0]) for lines in LANGUAGES.values() for words in lines]
    assert sorted(keys) == sorted(set(keys))


@given(st.text())
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="acdgjhklmnqrsxz čćđšž-'"))
def test_folding_again_changes_nothing_where_rules_meet(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_key_holds_no_nul(text: str) -> None:
    assert "\0" not in fold(text)


@given(st.text(alphabet="abcčćdđefghijklmnoprsštuvzžëçśźqxљњћђџѓќѕѝшчж -–„“’/0123456789"))
def test_a_key_of_our_languages_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()
