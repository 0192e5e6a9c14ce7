"""What the bodies of a system may refer to: codes, people, authorities and principals as the directory tells them to it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from fuzz.systems import operations
from tests.api.cast import Caller

API = "/api/v1"
NEAR = frozenset({"AL", "EJ", "MK"})
"""Partners whose people and authorities a body may name besides its own; to read those of every partner takes seconds."""


class References:
    """Values by the name of the member that holds them, the examples of the document with such values in them, codes to ask with."""

    def __init__(self, document: dict[str, Any], caller: Caller) -> None:
        bodies = {label: body for label, one in operations(document).items() if (body := _body(one))}
        self.examples = {label: _example(body) for label, body in bodies.items()}
        self.members = {label: frozenset(body["schema"].get("properties", ())) for label, body in bodies.items()}
        me = caller.get(f"{API}/me").json()
        self.own, self.name = me["partner"]["code"], me["name"]
        self.own_principal = 0
        self.values: dict[str, list[Any]] = {}
        self.questions: dict[str, dict[str, list[str]]] = {}
        self._learn(caller, me)

    def sample(self, label: str) -> dict[str, Any]:
        """The example of an operation, with the first value of each reference."""
        return self.with_references(label, lambda values: values[0])

    def with_references(self, label: str, choose: Any) -> dict[str, Any]:
        """The example of an operation, in which ``choose`` takes one value for each reference that it holds."""
        example = copy.deepcopy(self.examples.get(label, {}))
        for name in example.keys() & self.values.keys():
            chosen = choose(self.values[name])
            example[name] = [chosen] if isinstance(example[name], list) else chosen
        return example

    def _learn(self, caller: Caller, me: dict[str, Any]) -> None:
        mine: dict[str, list[Any]] = {name: [] for name in ("principal", "membership", "authority")}
        others: dict[str, list[Any]] = {name: [] for name in mine}
        for partner in caller.get(f"{API}/partners").json()["items"]:
            if partner["code"] not in NEAR | {self.own}:
                continue
            found = mine if partner["code"] == self.own else others
            for one in caller.get(f"{API}/partners/{partner['id']}/principals").json().get("items", ()):
                found["principal"].append(one["id"])
                if one["kind"] in {"person", "authority"}:
                    found["membership" if one["kind"] == "person" else "authority"].append(one["key"])
                if partner["code"] == self.own and one["name"] == self.name:
                    self.own_principal = one["id"]
        both = {name: [*mine[name], *others[name][: len(mine[name])]] for name in mine}
        partners = [code for code in self._codes(caller, "partners") if code != self.own]
        # MK first: the examples of the document name it, and its coordinator answers.
        partners.sort(key=lambda code: code != "MK")
        parties = [self.own, *partners]
        self.questions = {
            f"GET {API}/legal-basis": {"party": parties, "crime": list(self._codes(caller, "crime-types"))}
        }
        self.values = {
            "partner": partners,
            "concerned": partners,
            "crime_types": list(self._codes(caller, "crime-types")),
            "principal": [*reversed(others["principal"]), *mine["principal"]],
            "groups": [self.own_principal, *mine["principal"]],
            "assignee": [self.own_principal, *both["principal"]],
            "membership": both["membership"],
            "prosecutor": [me["id"], *both["membership"]],
            "authority": both["authority"],
        }

    @staticmethod
    def _codes(caller: Caller, name: str) -> Iterator[str]:
        for item in caller.get(f"{API}/{name}").json()["items"]:
            yield item["code"]


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return body


def _example(body: dict[str, Any]) -> dict[str, Any]:
    """Empty where nothing has to be said, which succeeds as well."""
    found: dict[str, Any] = next((one["value"] for one in body.get("examples", {}).values()), {})
    return found
