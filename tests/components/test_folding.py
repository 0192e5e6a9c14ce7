"""Equal words meet in one key, whatever their script and diacritics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.components.folding import fold

MEETINGS = [
    ("Ђорђе", "Đorđe", "Djordje", "DJORDJE"),
    ("Љубица Његош", "Ljubica Njegoš", "LJUBICA NJEGOS", "ǈubica ǋegoš"),
    ("Џемаил", "Džemail", "Dzhemail", "DZEMAIL", "ǅemail"),
    ("Петровић", "Petrović", "Petrovic", "Петровиќ", "Petrovikj"),
    ("Ѓорѓи", "Gjorgji", "Đorđi", "Ǵorǵi", "G\u0301org\u0301i"),
    ("Мишковски", "Miškovski", "Mishkovski", "Miskovski"),
    ("Живковић", "Živković", "Zhivkovikj", "Zivkovic"),
    ("Чашка", "Čaška", "Chashka", "Caska"),
    ("Ѕвездан", "Dzvezdan"),
    ("Shkodër", "SHKODER", "Shkode\u0308r", "Шкодер"),
    ("Çelaj", "Celaj", "Челај"),
    ("Gjergj", "Ѓерѓ", "Đerđ"),
    ("Śutra", "С\u0301утра", "Sutra"),
    ("Битола", "Bitola"),
    ("Ohrid", "Охрид"),
    ("Ismailaj", "ısmailaj", "İsmailaj"),
    ("Straße", "STRASSE"),
    ("Ann  Mc\tDoe ", "ann mc doe"),
]


@pytest.mark.parametrize("spellings", MEETINGS, ids=lambda spellings: spellings[0])
def test_equal_words_meet(spellings: tuple[str, ...]) -> None:
    assert {fold(word) for word in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("Tirana", "Skopje"), ("Marko", "Mirko"), ("Ana", "Anja"), ("2026/14", "2026/41")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcčćdđefghijklmnoprsštuvzžëçљњћђџѓќѕшчж -/0123456789"))
def test_a_key_of_our_languages_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()
