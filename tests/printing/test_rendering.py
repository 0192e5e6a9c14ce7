"""A paper is tagged, says its language and title, and shows the letters of all our languages."""

from __future__ import annotations

import os
import secrets
import signal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from foundation.components import fonts
from foundation.documents.rendering import table
from foundation.documents.rendering.press import Press, PressFailed
from tests.printing.conftest import FONTS, page, text_of

LETTERS = {
    "sq": "Çështja e përbashkët: ndërtimi i ëndrrës, Gjykata",
    "bs": "Čuvanje i šifrovanje: đački žeton, ćup",
    "mk": "Ѓорѓи, ќерка, ѕвезда, џеб, љубов, њива, ѐ ѝ Ѐ Ѝ",
    "cnr-Latn": "Śutra i źenica, đed, čovječe",
    "sr-Cyrl": "Љубица, Њујорк, Џомба, Ђорђе, Ћирић, ћерка",
    "sr-Latn": "Šta će Đorđe, Žika i Ćira, Džomba",
    "el": "Εισαγγελία Αθηνών, ύψιλον, ΐ, ώρα",
    "bg": "Щастие, ъгъл, юли, ябълка, ьо",
    "pl": "Zażółć gęślą jaźń, ŁÓDŹ",
    "ro": "Țară, știință, ăâî",
    "hu": "Őrült űrhajós, öt ház",
    "lt": "Įžymybė, ųšėąč",
    "mt": "Ħal Għaxaq, ċavetta, ż",
    "tr": "İstanbul, ığdır, şöğüt",
}
FACTS = (
    "<h1>Heading</h1><h2>Facts</h2><table><thead><tr><th>Column</th><th>Other</th></tr></thead>"
    "<tbody><tr><th scope=row>Row</th><td>Cell</td></tr></tbody></table><ul><li>One</li></ul>"
)
SIDES = (
    '<div class="head"><div class="sides"><span class="house">House</span><span class="handling">EUROJUST LIMITED</span></div></div>'
    '<div class="foot"><div class="sides"><span>Left</span><span>Page <span class="page"></span> of <span class="pages"></span>'
    "</span></div></div>"
)
MANY = page(SIDES + "<p>Line</p>" * 90)


@pytest.fixture(scope="module")
def catalog(printed):
    return PdfReader(BytesIO(printed(page(FACTS, language="sr-Cyrl", title="Лист случаја")).pdf)).trailer["/Root"]


def kinds(element) -> list[str]:
    """The tags of a structure tree in reading order."""
    element = element.get_object()
    if not isinstance(element, DictionaryObject):
        return []
    children = element.get("/K", [])
    children = children if isinstance(children, list) else [children]
    own = [str(element["/S"]).removeprefix("/")] if "/S" in element else []
    return own + [kind for child in children for kind in kinds(child)]


def test_a_paper_is_tagged_and_says_its_language_and_that_its_title_is_shown(catalog):
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/Lang"] == "sr-Cyrl"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_a_paper_declares_pdf_ua_1_and_its_title(catalog):
    metadata = catalog["/Metadata"].get_object().get_data().decode()

    assert "pdfuaid" in metadata
    assert "Лист случаја" in metadata


def test_headings_tables_and_lists_keep_their_meaning(catalog):
    found = kinds(catalog["/StructTreeRoot"])

    order = [kind for kind in found if kind in {"H1", "H2", "Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI"}]
    assert order == ["H1", "H2", "Table", "THead", "TR", "TH", "TH", "TBody", "TR", "TH", "TD", "L", "LI"]


def test_every_cell_names_its_headers(catalog):
    def cells(element):
        element = element.get_object()
        if not isinstance(element, DictionaryObject):
            return []
        own = [element] if element.get("/S") == "/TD" else []
        children = element.get("/K", [])
        return own + [c for child in (children if isinstance(children, list) else [children]) for c in cells(child)]

    (cell,) = cells(catalog["/StructTreeRoot"])
    assert len(cell["/A"]["/Headers"]) == 2


def test_the_letters_of_every_language_are_printed_and_found_again(printed):
    lines = "".join(
        f'<p lang="{language}">{text} <i>{text}</i> <b>{text}</b></p>' for language, text in LETTERS.items()
    )

    # The reader guesses spaces from gaps between letters, and guesses some too many.
    found = "".join(text_of(printed(page(lines)).pdf).split())

    missing = [language for language, text in LETTERS.items() if found.count("".join(text.split())) < 3]
    assert missing == []


def test_no_letter_of_ours_is_missing_from_the_fetched_faces(printed):
    if not fonts.fetched(FONTS):
        pytest.skip("the typefaces could not be fetched on this machine; DejaVu is proven above")
    used = {
        font["/BaseFont"].split("+")[1]
        for font in PdfReader(BytesIO(printed(page("".join(LETTERS.values()))).pdf))
        .pages[0]["/Resources"]["/Font"]
        .values()
    }

    assert used == {"Paper-Sans"}


def test_pages_are_numbered_and_every_page_carries_its_handling(printed):
    pages = [each.extract_text() for each in PdfReader(BytesIO(printed(MANY).pdf)).pages]

    assert len(pages) > 1
    assert [f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1)] == [True] * len(pages)
    assert all("EUROJUST LIMITED" in text for text in pages)


def test_without_fetched_typefaces_papers_are_printed_in_dejavu(tmp_path):
    if not table.system_folders():
        pytest.skip("this machine has no DejaVu")
    press = Press(tmp_path)
    try:
        pdf = press.printed(page(LETTERS["sr-Cyrl"]), seconds=60).pdf
    finally:
        press.close()

    assert LETTERS["sr-Cyrl"] in text_of(pdf)


def test_without_any_typeface_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "_SYSTEM_FONTS", (str(tmp_path),))

    with pytest.raises(table.NoLetters, match="fetch_assets"):
        table.assets(tmp_path)


def test_the_process_that_prints_knows_no_secret(press, printed):
    printed(page("warm"))
    surroundings = Path(f"/proc/{press._process.pid}/environ").read_bytes().decode()

    assert {line.partition("=")[0] for line in surroundings.split("\0") if line} == {
        "PATH", "LANG", "HOME", "TMPDIR", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "FONTCONFIG_FILE",
    }  # fmt: skip


def test_a_paper_that_takes_too_long_is_given_up_and_the_next_one_is_printed(tmp_path):
    press = Press(FONTS)
    try:
        press.printed(page("warm"), seconds=60)
        with pytest.raises(PressFailed, match="TookTooLong"):
            press.printed(page("<p>word</p>" * 20_000), seconds=0.2)
        assert press.printed(page("next"), seconds=60).pages == 1
    finally:
        press.close()


def test_a_printing_process_that_was_killed_is_replaced(press):
    press.printed(page("first"), seconds=60)
    os.kill(press._process.pid, signal.SIGKILL)
    press._process.wait()

    assert press.printed(page("second"), seconds=60).pages == 1


def test_a_caller_who_is_called_away_never_leaves_its_paper_to_the_next(press, monkeypatch):
    """As when a worker's time is up in the middle: the process that still prints the paper is ended with it."""

    class CalledAway(BaseException):
        pass

    def away(*_arguments):
        raise CalledAway

    press.printed(page("warm"), seconds=60)
    with monkeypatch.context() as patched:
        patched.setattr(press, "_answer", away)
        with pytest.raises(CalledAway):
            press.printed(page("<p>hers</p>"), seconds=60)

    assert "his" in text_of(press.printed(page("<p>his</p>"), seconds=60).pdf)


def test_an_answer_to_another_paper_is_not_taken(press, monkeypatch):
    press.printed(page("warm"), seconds=60)
    with monkeypatch.context() as patched:
        patched.setattr(secrets, "token_hex", lambda _size: "0" * 32)
        real = press._answer
        patched.setattr(press, "_answer", lambda *asked: ({**real(*asked)[0], "mark": "1" * 32}, b"hers"))
        with pytest.raises(PressFailed, match="ProcessEnded"):
            press.printed(page("<p>his</p>"), seconds=60)

    assert "his" in text_of(press.printed(page("<p>his</p>"), seconds=60).pdf)
