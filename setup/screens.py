"""`make screens`: take every page of the running demo at two widths and lay them out as contact sheets below var/screens/.

Pages are found as people find them: signed in, by the links that a page offers; the URL configuration says what there is to find.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, sync_playwright

from foundation.servers.embedded import Servers
from setup.browser import find
from setup.demo import WEB_PORTS, is_ready
from setup.pictures import sign_in
from setup.progress import say
from setup.sources import CHECKOUT, STATE
from tests.architecture.pages import screens
from wbcj.demo.people import EVERYBODY

FOLDER = STATE / "screens" / "sheet"
WIDTHS = {"wide": 1280, "narrow": 360}
FOLD = 740
OF_ONE_ROUTE = 3
LOOKS = 140
TALLEST = 2600
SIGNED_OUT = ("/account/login/", "/account/password/reset/", "/accessibility/", "/privacy/", "/nowhere/")
LINK = re.compile(r'<a\s[^>]*?href="(/[^"#]*)"')
MEASURE = """() => {
  const seen = (one) => one.offsetParent !== null;
  const button = (one) => ({
    label: one.innerText.trim(), top: Math.round(one.getBoundingClientRect().top + window.scrollY),
  });
  const main = document.querySelector("main") || document.body;
  const quiet = ".button--secondary, .button--plain, .button--danger";
  const title = main.querySelector("h1");
  return {
    title: title ? title.innerText.trim() : "",
    title_top: title ? Math.round(title.getBoundingClientRect().top) : -1,
    buttons: [...main.querySelectorAll(".button")].filter((one) => seen(one) && !one.matches(quiet)).map(button),
    height: document.documentElement.scrollHeight,
    over: document.documentElement.scrollWidth - window.innerWidth,
  };
}"""


@dataclass
class Screen:
    """One page as one person saw it: what it is called, what its main buttons are and how far down they stand."""

    route: str
    person: str
    path: str
    seen: dict[str, dict[str, object]] = field(default_factory=dict)

    def picture(self, width: str) -> str:
        return f"{self.route}-{width}.png"


def main() -> None:
    """Walk, take, lay out, and name what nobody came to."""
    port = Servers.below(STATE).state.port("web", WEB_PORTS)
    if not is_ready(f"http://127.0.0.1:{port}/health/ready/"):
        sys.exit("Start the demo first, in another terminal: make demo")
    django.setup()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    wanted = {route.name for route in screens()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
        found = take_all(browser, f"http://localhost:{port}", wanted)
        lay_out(browser, found, missed=sorted(wanted - {screen.route for screen in found}))
        browser.close()
    (FOLDER / "screens.json").write_text(json.dumps([asdict(screen) for screen in found], indent=1))
    say(f"{len(found)} pages: {(FOLDER / 'index.html').relative_to(CHECKOUT)}")


def take_all(browser: Browser, address: str, wanted: set[str]) -> list[Screen]:
    """Every page once, by the first of the demo's people who comes to it."""
    found = [Screen(f"signed-out{path.replace('/', '-').rstrip('-')}", "", path) for path in SIGNED_OUT]
    take(browser.new_context(), address, found)
    missing = set(wanted)
    for person in sorted(EVERYBODY, key=lambda one: not one.look_at):
        if not missing:
            break
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        sign_in(page, person.name, address=address)
        page.close()
        new = [Screen(name, person.name, path) for name, path in walk(context, address) if name in missing]
        new = list({screen.route: screen for screen in reversed(new)}.values())
        take(context, address, new)
        found += new
        missing -= {screen.route for screen in new}
        context.close()
    return sorted(found, key=lambda screen: screen.route)


def walk(context: BrowserContext, address: str) -> Iterator[tuple[str, str]]:
    """The pages that somebody comes to by links, some of each route, each answered with 200."""
    waiting, known, looked = ["/"], {"/"}, dict[str, int]()
    while waiting and sum(looked.values()) < LOOKS:
        path = waiting.pop(0)
        name = name_of(path)
        if not name or looked.get(name, 0) >= OF_ONE_ROUTE:
            continue
        looked[name] = looked.get(name, 0) + 1
        answer = context.request.get(address + path, max_redirects=0)
        if answer.status != HTTPStatus.OK or "html" not in answer.headers.get("content-type", ""):
            continue
        yield name, path
        for link in LINK.findall(answer.text()):
            step = html.unescape(link)
            if step not in known:
                known.add(step)
                waiting.append(step)


def name_of(path: str) -> str:
    """The name of the route behind an address; none where nothing stands."""
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def take(context: BrowserContext, address: str, found: list[Screen]) -> None:
    """Each page at both widths, with what can be measured on it."""
    page = context.new_page()
    for width, pixels in WIDTHS.items():
        page.set_viewport_size({"width": pixels, "height": FOLD})
        for screen in found:
            page.goto(address + screen.path)
            screen.seen[width] = page.evaluate(MEASURE)
            shoot(page, screen, width, pixels)
    page.close()


def shoot(page: Page, screen: Screen, width: str, pixels: int) -> None:
    """The whole page, within reason."""
    height = min(int(str(screen.seen[width]["height"])), TALLEST)
    clip = FloatRect(x=0, y=0, width=pixels, height=height)
    page.screenshot(path=FOLDER / screen.picture(width), full_page=True, clip=clip)


def lay_out(browser: Browser, found: list[Screen], *, missed: list[str]) -> None:
    """One page with all pictures, and the same as pictures of eight screens each."""
    cards = [card(screen) for screen in found]
    unseen = f"<p>Nobody in the demo came to: {', '.join(missed)}</p>" if missed else ""
    (FOLDER / "index.html").write_text(SHEET.format(cards="".join(cards), unseen=unseen))
    page = browser.new_page(viewport={"width": 2000, "height": 1200})
    for start in range(0, len(cards), 8):
        part = FOLDER / "part.html"
        part.write_text(SHEET.format(cards="".join(cards[start : start + 8]), unseen=""))
        page.goto(part.as_uri())
        page.screenshot(path=FOLDER / f"sheet-{start // 8 + 1:02d}.png", full_page=True)
        part.unlink()
    if missed:
        say(f"nobody in the demo came to: {', '.join(missed)}")


def card(screen: Screen) -> str:
    """Both pictures of a page, side by side, below its name."""
    narrow = screen.seen["narrow"]
    facts = f"{screen.person or 'signed out'} · {narrow['height']} px high at 360"
    pictures = "".join(f'<img class="{width}" src="{screen.picture(width)}" alt="">' for width in WIDTHS)
    return f"<figure><figcaption><b>{screen.route}</b> {html.escape(facts)}</figcaption><div>{pictures}</div></figure>"


SHEET = """<!doctype html><meta charset="utf-8"><title>Every screen</title><style>
body {{ font: 14px/1.4 arial, sans-serif; margin: 16px; background: #8a8f99; display: flex; flex-wrap: wrap; gap: 16px }}
figure {{ margin: 0; background: #fff; padding: 8px; width: 480px }} figure div {{ display: flex; gap: 8px; align-items: start }}
.wide {{ width: 330px }} .narrow {{ width: 130px }} img {{ border: 1px solid #ccc }}
img {{ max-height: 900px; object-fit: cover; object-position: top }}
p {{ background: #fff; padding: 8px; width: 100% }}</style>{cards}{unseen}
"""

if __name__ == "__main__":
    main()
