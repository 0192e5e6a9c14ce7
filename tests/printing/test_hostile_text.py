"""Whatever stands in a paper, printing it opens no connection and reads no file but Python's own and those of the asset table.

Each attack is printed as if the template had failed to escape it, in this very process, with Python telling us (``sys.addaudithook``)
of every file that is opened, every name that is looked up and every connection. A listener on loopback would notice what Python did
not tell. What is allowed, and why:

* files below the folders of Python and of the installed packages: the code and the data of the library, loaded on first use;
* the folder ``weasyprint-*`` in the temporary folder: the library writes the typefaces there, from the asset table, for fontconfig.

The asset table itself is read before, once. fontconfig, in C, reads the machine's DejaVu: in the press, nothing else is named to it.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from weasyprint.urls import URLFetchingError

from foundation.documents.rendering.printer import Printer
from tests.printing.conftest import FONTS, page, text_of

SECRET = "5ecret-that-must-not-be-read"
SVG = "http://www.w3.org/2000/svg"
WATCHED = (
    "open",
    "socket.",
    "urllib.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "ctypes.dlopen",
)


def attacks(web: str, file: str) -> dict[str, str]:
    """Ways to make a paper fetch something; `web` and `file` are addresses that must stay untouched."""
    places = {
        "web": f"{web}/x",
        "file": file,
        "relative": "../../../../../../etc/hostname",
        "slashes": f"//{web.partition('//')[2]}/x",
    }
    forms = {
        "image": '<img src="{0}" alt="x">',
        "image set": '<img srcset="{0} 2x" src="{0}" alt="x"><picture><source srcset="{0}"></picture>',
        "stylesheet": '<link rel="stylesheet" href="{0}">',
        "import": '<style>@import url("{0}"); @import "{0}";</style>',
        "typeface": '<style>@font-face{{font-family:X;src:url("{0}")}} p{{font-family:X}}</style><p>x</p>',
        "colour profile": '<style>@color-profile device-cmyk{{src:url("{0}")}}</style>',
        "background": '<p style="background:url({0});border-image:url({0}) 1;list-style-image:url({0});content:url({0})">x</p>',
        "style of a page": '<style>@page{{background:url("{0}")}} p::before{{content:url("{0}")}}</style><p>x</p>',
        "attachment": '<link rel="attachment" href="{0}" title="x">',
        "attached link": '<a rel="attachment" href="{0}">x</a>',
        "object": '<object data="{0}" type="image/png"></object><embed src="{0}"><iframe src="{0}"></iframe>',
        "drawing": '<svg width="9" height="9"><image href="{0}" width="9" height="9"/><use href="{0}#a"/></svg>',
        "style of a drawing": '<svg width="9" height="9"><style>@import url("{0}"); rect{{fill:url("{0}#a")}}</style><rect/></svg>',
        "drawing as data": f"<img alt=x src=\"data:image/svg+xml,<svg xmlns='{SVG}'><image href='{{0}}'/></svg>\">",
        "base": '<base href="{0}"><img src="x.png" alt="x">',
        "refresh": '<meta http-equiv="refresh" content="0;url={0}"><script src="{0}"></script>',
        "marker": '<p style="clip-path:url({0});mask:url({0});filter:url({0});cursor:url({0})">x</p>',
    }
    return {
        f"{form}: {place}": html.format(address) for form, html in forms.items() for place, address in places.items()
    }


ODD = {
    "an image as data": '<img alt="x" src="data:image/png;base64,{}">'.format("A" * 100_000),
    "a local typeface": '<style>@font-face{font-family:X;src:local("DejaVu Sans")} p{font-family:X}</style><p>x</p>',
    "an entity": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><p>&a;</p>",
    "controls that turn the order": "<p>invoice\u202e fdp.exe \u2066\u2067x\u2069</p>",
    "null characters": "<p>a\x00b\x01\x0c\x7f</p>",
    "marks": "<p>a" + "\u0301" * 10_000 + "</p>",
    "a huge word": "<p>" + "w" * 20_000 + "</p>",
    "a huge word in a table": "<table><tr><td>" + "w" * 20_000 + "</td><td>b</td></tr></table>",
    "emoji": "<p>" + "\U0001f469\u200d\U0001f469\u200d\U0001f467\ufe0f\U0001f3f3\ufe0f\u200d\U0001f308" * 200 + "</p>",
    "other scripts": "<p>שלום عربي ქართული Հայերեն 漢字</p>",
    "half a pair": "<p>\ud800 lone</p>",
    "open tags": "<table><tr><td><p><b><i>" * 30,
}


class Watch:
    """Notes what Python is asked to open or to reach while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.noted: list[tuple[str, str]] = []
        paths = sysconfig.get_paths()
        own = Path(tempfile.gettempdir()) / "weasyprint-"
        self.allowed = (*(f"{paths[name]}/" for name in ("stdlib", "platstdlib", "purelib", "platlib")), str(own))
        sys.addaudithook(self)  # a hook stays for as long as the process lives

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.on and event.startswith(WATCHED) and not self._allowed(event, arguments):
            self.noted.append((event, str(arguments[0])))

    def _allowed(self, event: str, arguments: tuple[object, ...]) -> bool:
        return event == "open" and (isinstance(arguments[0], int) or str(arguments[0]).startswith(self.allowed))

    @contextlib.contextmanager
    def watching(self) -> Iterator[list[tuple[str, str]]]:
        self.noted, self.on = [], True
        try:
            yield self.noted
        finally:
            self.on = False


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def printer() -> Printer:
    printer = Printer(FONTS)
    printer.warm()
    return printer


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[object]]]:
    """A door on loopback that notes whoever knocks."""
    knocks: list[object] = []
    door = socket.create_server(("127.0.0.1", 0))

    def wait() -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, address = door.accept()
                knocks.append(address)
                caller.close()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}", knocks
    door.shutdown(socket.SHUT_RDWR)
    door.close()
    thread.join(5)


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("outside") / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


@pytest.fixture(scope="module", autouse=True)
def blocked_resolver() -> Iterator[None]:
    """No name is ever looked up: a look-up would be noted and fail."""
    patch = pytest.MonkeyPatch()

    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError("no look-up in this test")

    patch.setattr(socket, "getaddrinfo", refuse)
    yield
    patch.undo()


def test_the_watch_would_notice(watch: Watch, listener: tuple[str, list[object]], secret: str) -> None:
    address, knocks = listener
    with watch.watching() as noted:
        Path(secret.removeprefix("file://")).read_text()
        with socket.socket() as caller:
            caller.connect(("127.0.0.1", int(address.rpartition(":")[2])))
    for _ in range(100):
        if knocks:
            break
        threading.Event().wait(0.05)

    assert {event for event, _what in noted} >= {"open", "socket.connect"}
    assert knocks
    knocks.clear()


def attacked(printer: Printer, html: str) -> bytes:
    """The paper, or nothing where the library gives up: it takes a refused colour profile for an error of the whole paper."""
    try:
        return printer.printed(page(f"<p>before</p>{html}<p>after</p>")).pdf
    except URLFetchingError:
        return b""


def test_no_attack_fetches_anything(
    watch: Watch, printer: Printer, listener: tuple[str, list[object]], secret: str
) -> None:
    """One paper for each form of attack, all places in it, so that the test is quick and says which form it was."""
    address, knocks = listener
    papers: dict[str, str] = {}
    for name, html in attacks(address, secret).items():
        form = name.partition(":")[0]
        papers[form] = papers.get(form, "") + html
    caught: dict[str, list[tuple[str, str]]] = {}
    for form, html in papers.items():
        with watch.watching() as noted:
            pdf = attacked(printer, html)
        if noted or SECRET.encode() in pdf or b"EmbeddedFile" in pdf:
            caught[form] = list(noted)

    assert caught == {}
    assert knocks == []


def test_what_was_asked_for_was_refused_one_by_one(printer: Printer) -> None:
    printed = printer.printed(page('<img src="http://127.0.0.1:9/a" alt="x"><img src="file:///etc/hostname" alt="x">'))

    assert printed.refused == 2


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_printed(watch: Watch, printer: Printer, name: str) -> None:
    with watch.watching() as noted:
        pdf = printer.printed(page(f"<p>before</p>{ODD[name]}<p>after</p>")).pdf

    assert noted == []
    assert "before" in text_of(pdf)


def test_signs_that_turn_the_order_of_letters_are_not_printed(printer: Printer) -> None:
    text = text_of(printer.printed(page("<p>invoice\u202efdp.exe</p>")).pdf)

    assert "invoicefdp.exe" in text
