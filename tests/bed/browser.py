"""The browser of the journeys: Debian's Chromium, without a word to anybody but the site."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from setup.browser import find

# Root has no sandbox; the rest keeps Chromium from calling home, which a closed network answers with delay.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Playwright turns off what every browser at a desk does: to keep the pages that one left, as they were, for Back.
KEEPS_NO_PAGES = "--disable-back-forward-cache"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend a browser; each test opens a context of its own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def keeping_pages(lent: Browser) -> Iterator[Browser]:
    """Lend another one beside it, which keeps pages for Back."""
    browser = lent.browser_type.launch(
        executable_path=find(), args=list(ARGUMENTS), ignore_default_args=[KEEPS_NO_PAGES]
    )
    try:
        yield browser
    finally:
        browser.close()
