"""Somebody in front of a browser: every page that they come to is looked at, by rule, by eye and by the browser's own complaints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from tests.bed.site import CHECKOUT, Site
from tests.journeys import rules
from wbcj.demo.people import PASSWORD

SCREENS = CHECKOUT / "var" / "screens"
# In a form nothing lies to the side; and where a table has become cards, each cell keeps room for its heading.
BESIDE = """() => [...document.querySelectorAll("main form div")].filter((one) =>
  one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible").map((one) => one.id || one.className)"""
WITHOUT_HEADING = """() => [...document.querySelectorAll(".table--cards td[data-label]")].filter((one) =>
  getComputedStyle(one).display === "flow-root" && parseFloat(getComputedStyle(one).paddingLeft) < 64)
  .map((one) => one.dataset.label)"""
SHOWN_THOUGH_HIDDEN = (
    "[...document.querySelectorAll('[hidden]')].filter(e => e.checkVisibility()).map(e => e.textContent)"
)


@dataclass
class Album:
    """The pages of one journey as pictures, in the order in which they were seen."""

    name: str
    width: int = 1280
    scripts: bool = True

    def __post_init__(self) -> None:
        """Take away what an earlier run left."""
        self.folder: Path = SCREENS / self.name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.numbers = count(1)

    def path(self, what: str) -> Path:
        words = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
        return self.folder / f"{next(self.numbers):02d}-{words}.png"


@dataclass
class Visitor:
    """One person of the demo, signed in, with a browser window of their own.

    The rules of accessibility are a script. A window without scripts cannot run it; what stands there is laid under a ``glass`` then.
    """

    site: Site
    album: Album
    page: Page
    called: str
    glass: Page | None = None
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Hear what the browser complains about: scripts, styles, and what the content security policy stopped."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def sign_in(self, email: str) -> None:
        self.page.goto(f"{self.site.address}/account/login/")
        self.fill(login=email, password=PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url(f"{self.site.address}/")
        self.look("home")

    def open(self, path: str, what: str) -> None:
        """Come to an address of the site, which must answer."""
        answer = self.page.goto(self.site.address + path)
        assert answer is not None
        assert answer.status == 200, f"{self.called}: {path} answered {answer.status}"
        self.look(what)

    def go(self, name: str, what: str) -> None:
        """Follow the link or press the button of that name, and look at where it leads."""
        self.press(name)
        self.look(what)

    def follow(self, words: str, what: str) -> None:
        """The link of a row by its words, of which some are for the ear alone: those stand apart in its name."""
        with self.page.expect_navigation():
            self.page.locator("main a", has_text=words).click()
        self.look(what)

    def press(self, name: str) -> None:
        """The link or button of the page that is called that, and nothing else."""
        main = self.page.locator("main")
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        named = main.get_by_role("button", name=exact).or_(main.get_by_role("link", name=exact))
        with self.page.expect_navigation():
            named.first.click()

    def fill(self, **values: str) -> None:
        """Write into fields by their names in the form."""
        for name, value in values.items():
            self._field(name).fill(value)

    def choose(self, **values: str) -> None:
        """Take an option, by its words, from lists."""
        for name, words in values.items():
            option = self._field(name).locator("option").filter(has_text=words).first
            self._field(name).select_option(value=option.get_attribute("value") or "")

    def tick(self, **labels: str) -> None:
        """Tick a box or take a radio button, by name in the form and the words beside it."""
        for name, words in labels.items():
            boxes = self._field(name)
            for box in boxes.all():
                if words in self._words_of(box):
                    box.check()
                    break
            else:
                raise AssertionError(f"{name} offers no {words!r}")

    def _field(self, name: str) -> Any:
        return self.page.locator(f"main [name='{name}']")

    def _words_of(self, box: Any) -> str:
        label = self.page.locator(f"label[for='{box.get_attribute('id')}']")
        found = label if label.count() else box.locator("xpath=ancestor::label")
        return str(found.first.inner_text())

    @property
    def here(self) -> str:
        """The path of the page, for others to try."""
        return "/" + self.page.url.removeprefix(self.site.address).lstrip("/").partition("#")[0]

    def reads(self, *words: str) -> None:
        """The page says all of that."""
        text = self.page.locator("main").inner_text()
        missing = [one for one in words if one not in text]
        assert not missing, f"{self.called} does not read {missing} on {self.here}:\n{text}"

    def reads_nothing_of(self, *words: str) -> None:
        """The page says none of that, hidden or not."""
        source = self.page.content()
        assert not [one for one in words if one in source]

    def finds_nothing(self, *paths: str) -> None:
        """404 on each of these; the browser's own line about that is no complaint."""
        assert self.complaints == []
        for path in paths:
            answer: Response | None = self.page.goto(self.site.address + path)
            assert answer is not None
            assert answer.status == 404, f"{self.called}: {path} answered {answer.status}"
        self.complaints.clear()
        self.look("not here")

    def look_at_refusal(self, what: str) -> None:
        """The browser's own line about an answer that is no 200 is no complaint."""
        self.complaints.clear()
        self.look(what)

    def look(self, what: str) -> None:
        """Every rule on this page, and a picture of it."""
        self.page.screenshot(path=self.album.path(f"{what} {self.called}"), full_page=True)
        where = f"{self.called}: {what} ({self.here})"
        complaints = [one for one in self.complaints if "404" not in one or what != "not here"]
        assert complaints == [], f"{where}: {complaints}"
        shown = self.page.evaluate(SHOWN_THOUGH_HIDDEN)
        assert shown == [], f"{where} shows what is marked hidden: {shown}"
        assert self.page.evaluate(BESIDE) == [], f"{where}: a box of a form hides something at its side"
        assert self.page.evaluate(WITHOUT_HEADING) == [], f"{where}: cells without their heading"
        assert "Error 5" not in self.page.locator("main").inner_text(), where
        widths = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], f"{where} is {widths[0]} wide in a window of {widths[1]}"
        hidden = self.page.evaluate(
            "[...document.querySelectorAll('[hidden]')].filter(e => e.checkVisibility()).length"
        )
        assert hidden == 0, f"{where}: {hidden} things that are hidden can be seen"
        found = rules.ON_EVERY_PAGE.broken(self._judged())
        assert found == [], f"{where}: " + "; ".join(found)

    def _judged(self) -> Page:
        """A window that can run the rules, with this very page in it."""
        if self.glass is None:
            return self.page
        still = re.sub(r"<script\b.*?</script>", "", self.page.content(), flags=re.DOTALL)
        self.glass.unroute_all()
        self.glass.route(self.page.url, lambda route: route.fulfill(body=still, content_type="text/html"))
        self.glass.goto(self.page.url)
        return self.glass


class Company:
    """The people of a journey, each signed in when first asked for.

    Whoever signed in for an earlier journey on the same site is let in by the same cookies, as long as their session lives.
    """

    visitor: type[Visitor] = Visitor
    known: ClassVar[dict[tuple[str, str], Any]] = {}

    def __init__(self, site: Site, browser: Browser, album: Album) -> None:
        self.site, self.browser, self.album = site, browser, album
        self.there: dict[str, Visitor] = {}
        self.windows: list[BrowserContext] = []

    def __getitem__(self, email: str) -> Visitor:
        if email not in self.there:
            self.there[email] = self._arrive(email)
        return self.there[email]

    def _arrive(self, email: str) -> Visitor:
        page = self._window(scripts=self.album.scripts)
        glass = None if self.album.scripts else self._window(scripts=True)
        visitor = self.visitor(self.site, self.album, page, email.partition(".")[0], glass)
        known = self.known.get((self.site.address, email))
        if known is None or not self._is_let_in(page, known):
            visitor.sign_in(email)
            self.known[self.site.address, email] = page.context.cookies()
        return visitor

    def _is_let_in(self, page: Page, cookies: Any) -> bool:
        page.context.add_cookies(cookies)
        page.goto(f"{self.site.address}/")
        return page.url == f"{self.site.address}/"

    def _window(self, *, scripts: bool) -> Page:
        size = ViewportSize(width=self.album.width, height=800)
        window = self.browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-GB")
        window.set_default_timeout(60_000)
        self.windows.append(window)
        return window.new_page()


@contextmanager
def company(site: Site, browser: Browser, album: Album, kind: type[Company] = Company) -> Iterator[Company]:
    """People for one journey; at the end their windows close."""
    people = kind(site, browser, album)
    try:
        yield people
    finally:
        for window in people.windows:
            window.close()
