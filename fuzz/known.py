"""What there is to ask for: real keys and places, found by following the answers' own addresses, so that not every guess is 404."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from fuzz.systems import Asker
from tests.api.stage import word

BELOW = "/api/v1/"
MOST_ADDRESSES, MOST_VALUES = 60, 60
PLACES = "after"


class Known:
    """Values by parameter: ``values[path template][name]``, seen by any of the systems; what one sees is hidden from another."""

    def __init__(self, document: dict[str, Any], keys: Mapping[str, str]) -> None:
        self.templates = {path: _pattern(path) for path in document["paths"]}
        self.beginnings = [_first(path, item) for path, item in document["paths"].items() if "{" not in path]
        self.values: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for path in self.templates:
            for name in re.findall(r"{(\w+)}", path):
                key = keys.get(word(path, name))
                self.values[path][name] = {} if key is None else {key: None}

    def explore(self, askers: Collection[Asker]) -> None:
        """Follow what each system is answered, from the lists on."""
        for asker in askers:
            self._follow(asker)

    def of(self, path: str) -> dict[str, list[str]]:
        """What is known of each parameter of a path."""
        return {name: list(values)[:MOST_VALUES] for name, values in self.values[path].items() if values}

    def _follow(self, asker: Asker) -> None:
        client = Client(headers=asker.headers)
        waiting = deque(self.beginnings)
        seen = set(waiting)
        for _each in range(MOST_ADDRESSES):
            if not waiting:
                break
            address = waiting.popleft()
            answer = client.get(address)
            if answer.status_code != 200:
                continue
            for found in self._addresses(urlsplit(address).path, answer.json()):
                if self._note(found) and found not in seen:
                    seen.add(found)
                    waiting.append(found)

    def _addresses(self, path: str, said: Any) -> Iterator[str]:
        """Addresses that an answer holds, those of its items, and those below each of these."""
        for text in _texts(said):
            if text.startswith(BELOW):
                yield text
                yield from self._below(text)
        for item in said.get("items", ()) if isinstance(said, dict) else ():
            if isinstance(item, dict) and "id" in item:
                yield f"{path}/{item['id']}"
                yield from self._below(f"{path}/{item['id']}")

    def _below(self, address: str) -> Iterator[str]:
        for template in self.templates:
            if template.count("{") == 1 and "}/" in template:
                head, _brace, rest = template.partition("{")
                if address.startswith(head) and "/" not in address.removeprefix(head):
                    yield address + rest.partition("}")[2]

    def _note(self, address: str) -> bool:
        """Keep the values that an address holds; say whether it is one of the document's."""
        parts, known = urlsplit(address), False
        for template, pattern in self.templates.items():
            match = pattern.fullmatch(parts.path)
            for name, value in (match.groupdict() if match else {}).items():
                self.values[template][name].setdefault(value)
            if match:
                known = True
                for place in parse_qs(parts.query).get(PLACES, ()):
                    self.values[template][PLACES].setdefault(place)
        return known


def _first(path: str, item: dict[str, Any]) -> str:
    """Where to begin in a list: short pages, so that there are places to go on from."""
    named = [parameter["name"] for parameter in item.get("get", {}).get("parameters", ())]
    return f"{path}?limit=5" if "limit" in named else path


def _pattern(path: str) -> re.Pattern[str]:
    parts: Sequence[str] = re.split(r"\{(\w+)\}", path)
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    )


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _texts(value)
