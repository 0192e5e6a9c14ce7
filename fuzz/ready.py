"""Records in the state that a write needs: made by the systems themselves through the API, a few for each operation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from foundation.access import Level
from fuzz.references import References
from tests.api.cast import ApiWorld, Caller

API = "/api/v1"
MOST = 4
"""So many records for each operation in a long run: a write that succeeds may use its record up."""
EACH = 3_000
"""For so many requests one."""


class NotReady(Exception):
    """A step of the stage was refused; the message is what was answered."""


@dataclass
class Ready:
    """``places[operation]``: parameters of its path that name a record in the state that the operation needs."""

    leading: Caller
    references: References
    places: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def fill(self, world: ApiWorld, desk: Caller, *, requests: int) -> Ready:
        """A few for each; the desk runs the meetings, AL's system all else, and MK's answers the invitations."""
        for _each in range(min(MOST, max(1, requests // EACH))):
            self._states()
            self._parts()
            self._sharing()
            self._nominations()
            self._coordination(world)
            self._meetings(desk)
        return self

    def add(self, operation: str, **keys: str) -> None:
        """One more place for an operation, as the document names it below the API."""
        method, _blank, path = operation.partition(" ")
        self.places[f"{method} {API}{path}"].append(keys)

    def _case(self) -> dict[str, Any]:
        return said(self.leading.post(f"{API}/cases", self.references.sample(f"POST {API}/cases")))

    def _open(self) -> dict[str, Any]:
        return self._moved(self._case(), "open")

    def _moved(self, case: dict[str, Any], move: str) -> dict[str, Any]:
        body = {"reason": "Done."} if move == "close" else {}
        return said(self.leading.post(f"{case['url']}/{move}", body, match=case["version"]))

    def _below(self, url: str, operation: str) -> str:
        body = self.references.sample(f"POST {API}{operation}")
        return str(said(self.leading.post(url, body))["id"])

    def _states(self) -> None:
        for move in ("PATCH /cases/{id}", "POST /cases/{id}/open"):
            self.add(move, id=self._case()["id"])
        self.add("POST /cases/{id}/close", id=self._open()["id"])
        for move in ("reopen", "archive"):
            self.add(f"POST /cases/{{id}}/{move}", id=self._moved(self._open(), "close")["id"])
        for made in ("invitations", "nominations"):
            self.add(f"POST /cases/{{id}}/{made}", id=self._open()["id"])

    def _parts(self) -> None:
        for kind in ("notes", "tasks", "proceedings", "file-numbers"):
            self.add(f"POST /cases/{{id}}/{kind}", id=self._open()["id"])
        case = self._open()
        for kind, name in (("notes", "note"), ("proceedings", "proceeding")):
            key = self._below(f"{case['url']}/{kind}", f"/cases/{{id}}/{kind}")
            self.add(f"PATCH /cases/{{id}}/{kind}/{{{name}}}", id=case["id"], **{name: key})
        number = self._below(f"{case['url']}/file-numbers", "/cases/{id}/file-numbers")
        self.add("DELETE /cases/{id}/file-numbers/{file_number}", id=case["id"], file_number=number)
        for act in ("acknowledge", "done", "withdraw"):
            own = {"assignee": self.references.own_principal, "title": "Ask", "due_at": _later(9)}
            task = said(self.leading.post(f"{case['url']}/tasks", own))["id"]
            self.add(f"POST /cases/{{id}}/tasks/{{task}}/{act}", id=case["id"], task=task)

    def _sharing(self) -> None:
        for act in ("hand-over", "leave", "shares"):
            self.add(f"POST /sharing/{{id}}/{act}", id=self._open()["id"])
        case = self._open()
        share = self._below(f"{API}/sharing/{case['id']}/shares", "/sharing/{id}/shares")
        self.add("DELETE /sharing/{id}/shares/{share}", id=case["id"], share=share)

    def _nominations(self) -> None:
        for act in ("PATCH /nominations/{id}", "POST /nominations/{id}/withdraw"):
            self.add(act, id=self._below(f"{self._open()['url']}/nominations", "/cases/{id}/nominations"))
        for act in ("accept", "decline", "withdraw"):
            invitation = self._below(f"{self._open()['url']}/invitations", "/cases/{id}/invitations")
            self.add(f"POST /invitations/{{id}}/{act}", id=invitation)

    def _coordination(self, world: ApiWorld) -> None:
        """A case that the Contact Group selected and that a second partner joined; people alone select."""
        case = world.selected()
        world.accept(world.invite(case))
        world.share(case, world.register, Level.MANAGE)
        self.add("POST /cases/{id}/coordinate", id=str(case.pk))

    def _meetings(self, desk: Caller) -> None:
        acts = ("PATCH /meetings/{id}", "POST /meetings/{id}/start", "POST /meetings/{id}/cancel")
        for act in (*acts, "POST /meetings/{id}/agenda"):
            self.add(act, id=self._meeting(desk)["id"])
        running = self._meeting(desk)
        said(desk.post(f"{running['url']}/start", match=running["version"]))
        self.add("POST /meetings/{id}/close", id=running["id"])
        meeting = self._meeting(desk)
        items = [said(desk.post(f"{meeting['url']}/agenda", {"title": f"Item {n}"}))["id"] for n in range(4)]
        self.add("DELETE /meetings/{id}/agenda/{item}", id=meeting["id"], item=items[3])
        self.add("POST /meetings/{id}/agenda/{item}/move", id=meeting["id"], item=items[1])

    def _meeting(self, desk: Caller) -> dict[str, Any]:
        return said(desk.post(f"{API}/meetings", self.references.sample(f"POST {API}/meetings")))


def said(answer: Any) -> dict[str, Any]:
    """The receipt of a step that has to succeed."""
    if answer.status_code >= 400:
        raise NotReady(f"{answer.wsgi_request.path}: {answer.status_code} {answer.content.decode()}")
    receipt: dict[str, Any] = answer.json()
    return receipt


def _later(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).isoformat()
