"""Whoever is not signed in is led to the door, and the door opens without a complaint of the browser."""

import pytest

pytestmark = pytest.mark.journey


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_a_stranger_is_led_to_the_sign_in_page(site, page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    page.goto(site.address)

    assert page.url.startswith(f"{site.address}/account/login/")
    assert page.locator("input[type=password]").count() == 1
    assert complaints == []


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(site, page):
    answers = []
    for address in ("nobody@prosecution.example", "somebody@prosecution.example"):
        page.goto(f"{site.address}/account/login/")
        page.get_by_role("textbox").first.fill(address)
        page.locator("input[type=password]").fill("not the password of anybody")
        page.locator("form[action*=login] [type=submit], main form [type=submit]").first.click()
        answers.append(page.locator("main").inner_text().replace(address, ""))

    assert answers[0] == answers[1]
