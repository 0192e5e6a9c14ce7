"""`make pictures`: take the README's pictures from the running demo, as the people whom they show."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from foundation.servers.embedded import Servers
from setup.browser import find
from setup.demo import WEB_PORTS, is_ready
from setup.progress import say
from setup.sources import CHECKOUT, STATE
from wbcj.demo.people import EVERYBODY, PASSWORD

FOLDER = CHECKOUT / "docs" / "pictures"
LARGEST = 200_000
VIEW = ViewportSize(width=1280, height=860)


@dataclass(frozen=True)
class Picture:
    """One page as one of the people sees it, reached by the links they would follow."""

    name: str
    person: str
    links: tuple[str, ...]


PICTURES = (
    Picture("case", "Arben Kodra", ("Cases", "Cocaine in fruit containers")),
    Picture("nomination", "Sofie Lindqvist", ("Contact Group", "One printer, papers of six partners")),
)


def main() -> None:
    """Take each picture; one that is too large for a README is a mistake."""
    port = Servers.below(STATE).state.port("web", WEB_PORTS)
    if not is_ready(f"http://127.0.0.1:{port}/health/ready/"):
        sys.exit("Start the demo first, in another terminal: make demo")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            take(browser, picture, address=f"http://localhost:{port}")
        browser.close()


def take(browser: Browser, picture: Picture, *, address: str) -> None:
    """Sign in, follow the links, take the picture."""
    context = browser.new_context(viewport=VIEW)
    page = context.new_page()
    sign_in(page, picture.person, address=address)
    for link in picture.links:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()
    target = FOLDER / f"{picture.name}.png"
    size = len(page.screenshot(path=target))
    context.close()
    if size > LARGEST:
        sys.exit(f"{target.name} has {size} bytes; at most {LARGEST} are wanted.")
    say(f"{target.relative_to(CHECKOUT)}, {size // 1000} kB")


def sign_in(page: Page, name: str, *, address: str) -> None:
    """Sign in as one of the demo's people."""
    person = next(person for person in EVERYBODY if person.name == name)
    page.goto(f"{address}/account/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"{address}/")


if __name__ == "__main__":
    main()
