"""What somebody does, so that it can be cut off and done once more."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid5

from django.core import mail
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import resolve

from tests.bed import sessions
from tests.hostile import attacks
from tests.hostile.stage import Place, Stage
from tests.people import Person

SUBMISSIONS = UUID("5b0e6c1e-4ab0-4b6e-9d4c-0f3a5c1a7d10")
MARK = "Typed by hand"


@dataclass(frozen=True)
class Answer:
    """What came back: of a page, its status, where it leads and its text; of anything else, the error or none."""

    status: int
    location: str = ""
    text: str = ""
    error: str = ""

    @property
    def fine(self) -> bool:
        """Whoever asked believes that it is done."""
        return 200 <= self.status < 400


class Deed(ABC):
    """One thing that is done, in a database that stands ready for it."""

    @abstractmethod
    def do(self) -> Answer:
        """Do it; an error is an answer too."""

    def again(self, first: Answer) -> Answer:
        """Do it once more, as whoever got this answer would."""
        return self.do()

    def complaints(self, answer: Answer, *, nothing: bool | None) -> list[str]:
        """What is wrong with the answer to a deed that was cut off.

        ``nothing``: whether nothing can have been changed, which the page then says; none where it may say so or not.
        """
        return []


@dataclass
class Form(Deed):
    """A form that is sent, and sent again from the page that came back."""

    address: str
    client: Client
    typed: Mapping[str, Any]
    cookies: str = field(init=False)

    def __post_init__(self) -> None:
        """Remember the browser as it is now."""
        self.cookies = self.client.cookies.output()

    @property
    def streams(self) -> bool:
        """Whether the page reads a file before it looks at the form."""
        return bool(
            getattr(getattr(resolve(self.address.partition("?")[0]).func, "view_class", None), "streams", False)
        )

    def do(self) -> Answer:
        """Send it from a browser as it was at the beginning."""
        self.client.cookies.load(self.cookies.replace("Set-Cookie: ", ""))
        return self._sent(self.typed)

    def again(self, first: Answer) -> Answer:
        """Press the button of the page that came back; without one, send the form as it was."""
        offered = fields(first.text, to=self.address)
        return self._sent(offered or self.typed)

    def complaints(self, answer: Answer, *, nothing: bool | None) -> list[str]:
        """In the product's look, clear, true, and with everything that was typed."""
        if answer.fine:
            return []
        if answer.status != 503:
            return [f"answered {answer.status} {answer.error}"]
        wrong = []
        if 'id="content"' not in answer.text or "give this number" not in answer.text:
            wrong.append("503 not in the product's look")
        says = "Nothing was changed" in answer.text
        if says is not nothing and not (nothing is None or (nothing and self.streams)):
            wrong.append(f"503 says {'not ' if nothing else ''}that nothing was changed")
        offered = {
            name: values
            for name, values in fields(answer.text, to=self.address).items()
            if name != "csrfmiddlewaretoken"
        }
        # Where a file may come along, the form's token is checked after who sends it: before that the form is not offered again.
        if offered != _lists(self.typed) and (offered or not self.streams):
            wrong.append(f"503 carries {sorted(offered)} instead of {sorted(self.typed)}")
        return wrong

    def _sent(self, typed: Mapping[str, Any]) -> Answer:
        # As a web process does between two requests; not inside a transaction that will be undone.
        if not connection.in_atomic_block:
            close_old_connections()
        came: Any = self.client.post(self.address, typed)
        error = repr(came.exc_info[1])[:300] if getattr(came, "exc_info", None) else ""
        text = "" if came.streaming else came.content.decode(errors="replace")
        if came.streaming:
            attacks.let_go(came)
        return Answer(came.status_code, came.headers.get("Location", ""), text, error)


def form(build: Callable[[Stage, str], Place], name: str) -> Callable[[Stage], Deed]:
    """The deed of a form page, filled in as an honest browser would."""

    def prepare(stage: Stage) -> Deed:
        place = build(stage, name)
        client = browser(place.person)
        page = client.get(place.address)
        if page.status_code != 200:
            raise RuntimeError(f"{name} opens with {page.status_code}")
        typed = {**attacks.honest(page.context["form"]), **place.typed}
        return Form(place.address, client, {**typed, "submission_key": str(uuid5(SUBMISSIONS, name))})

    return prepare


def browser(person: Person) -> Client:
    """Signed in with both factors; an error on our side is an answer."""
    client = Client(raise_request_exception=False, headers={"accept-encoding": "identity"})
    sessions.signed_in_fully(client, person.account)
    return client


def letters() -> int:
    """How many mails went out."""
    return len(getattr(mail, "outbox", ()))


def fields(page: str, *, to: str) -> dict[str, list[str]]:
    """The hidden fields of the form that a page offers for this address; none when it offers none."""
    reader = _Fields(to)
    reader.feed(page)
    return reader.found


def _lists(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)] for name, value in typed.items()
    }


class _Fields(HTMLParser):
    """Reads the inputs of one form."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.inside = address, False
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin with the form of that address; take each named input in it."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = unescape(said.get("action", "")) == self.address and "data-kept" in said
        if tag == "input" and self.inside and "name" in said:
            self.found.setdefault(said["name"], []).append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """The form ends."""
        if tag == "form":
            self.inside = False
