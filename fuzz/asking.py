"""One system asks: schemathesis makes the requests, all of its checks hold the answers against the document, and we count both."""

from __future__ import annotations

import copy
import functools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import schemathesis
from django import forms
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.transport.wsgi import WSGI_TRANSPORT, WSGITransport

from foundation.components.folding import fold
from foundation.pages.filters import FilterForm
from fuzz.known import PLACES, Known
from fuzz.real import REAL, Real
from fuzz.systems import Asker, operations, scopes
from jits.forms.law import LegalBasisForm
from wbcj.api.changes import SINCE
from wbcj.wsgi import application

REFUSALS_OF_WRITES = ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "422", "428"]
"""A change that is well formed may still refer to what is not there, or come too late."""
MISSING = ["400", "401", "403", "404", "406", "415", "422", "428"]
WORDS = "text"
CLOCK = {SINCE, "on"}
"""Parameters that may name no day to come."""
ACCEPTED = ["2xx", "3xx", "401", "403", "404", "409", "410"]
"""What valid data may be answered: a place or an instant may be too old (410)."""
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "410", "412", "415", "422", "428", "429", "5xx"]
"""What invalid data may be answered: who comes too late (410, 412) is told so first."""
FEWEST, MOST = 2, 40
"""So many random requests of one operation in a round."""
LIMITS = 1
"""The round that is for examples and limits of the document; all others are at random."""
ACCEPTANCE = "positive_data_acceptance"


class _InProcess(WSGITransport):
    """The library's way into an application, without what only a network has: its probe for ignored authentication passes that on."""

    def send(self, case: Any, *, session: Any = None, **kwargs: Any) -> Any:
        for name in ("max_redirects", "verify", "cert", "proxies"):
            kwargs.pop(name, None)
        return super().send(case, session=session, **kwargs)


WSGI_TRANSPORT.__class__ = _InProcess


@dataclass
class Asked:
    """What came of the requests of one system."""

    asker: str
    answers: Counter[str] = field(default_factory=Counter)
    """Requests by operation and status."""
    checked: Counter[str] = field(default_factory=Counter)
    """Verdicts by check."""
    failures: dict[str, str] = field(default_factory=dict)
    """What does not hold, each sort once, with a request that shows it."""

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.answers.values())

    def plain(self) -> dict[str, Any]:
        """For a file."""
        return {
            "asker": self.asker,
            "answers": dict(self.answers),
            "checked": dict(self.checked),
            "failures": self.failures,
        }


def ask(
    asker: Asker,
    document: dict[str, Any],
    known: Known,
    *,
    requests: int,
    seed: int,
    turn: int = 0,
    real: Real | None = None,
    onward: Callable[[Asked], bool] = lambda _asked: True,
) -> Asked:
    """Ask until so many requests are answered, round by round, or until ``onward``, which is told of every step, says no.

    The first round is a short one at random, so that whoever ends the run early has something of it; the second is for examples
    and limits of the document, beginning at another operation in each turn. Each makes half of the requests at most.
    """
    asked, document = Asked(asker.name), turned(document, turn)
    examples = min(MOST, max(FEWEST, requests // (4 * len(operations(document)))))
    rounds, before, going = count(), -1, True
    while going and before < asked.requests < requests:
        number, before = next(rounds), asked.requests
        until = requests if number > LIMITS else min(requests, before + requests // 2)
        many = examples if number else FEWEST
        limits = number == LIMITS
        schema = _schema(asker, document, known, seed=seed + number, examples=many, limits=limits)
        with real.applied() if real else nullcontext():
            stream = from_schema(schema).execute()
            for event in stream:
                _note(event, asker, document, asked)
                going = going and onward(asked)
                if not going or asked.requests >= until:
                    stream.stop()
    if going and asked.requests < requests:
        asked.failures["the run itself"] = "a whole round made no request"
    return asked


def _schema(asker: Asker, document: dict[str, Any], known: Known, *, seed: int, examples: int, limits: bool) -> Any:
    said = closed(document)
    dictionaries, bound = {}, []
    for label in operations(said):
        path = label.partition(" ")[2]
        parameters = {}
        for name, values in known.of(path).items():
            dictionary = f"{name} of {path}"
            dictionaries[dictionary] = {"values": values}
            place = "query" if name == PLACES else "path"
            parameters[f"{place}.{name}"] = {"dictionary": dictionary, "probability": REAL}
        writes = {"positive_data_acceptance": {"expected-statuses": REFUSALS_OF_WRITES}}
        bound.append(
            {"include-name": label, "parameters": parameters, "checks": {} if label.startswith("GET ") else writes}
        )
    once, ordering = {"enabled": limits}, {"operation-ordering": "none"}
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "headers": asker.headers,
            "workers": 1,
            "continue-on-failure": True,
            "dictionaries": dictionaries,
            "operations": bound,
            "generation": {"max-examples": examples, "database": "none", "no-shrink": True},
            "phases": {
                "examples": once,
                "coverage": once | ordering,
                "fuzzing": {"enabled": not limits} | ordering,
                "stateful": {"enabled": not limits},
            },
            "checks": {
                "enabled": True,
                ACCEPTANCE: {"expected-statuses": ACCEPTED},
                "negative_data_rejection": {"expected-statuses": REFUSED},
                "missing_required_header": {"expected-statuses": MISSING},
            },
        }
    )
    schema = schemathesis.openapi.from_dict(said, config=config)
    schema.app = application
    return schema


def _note(event: events.EngineEvent, asker: Asker, document: dict[str, Any], asked: Asked) -> None:
    if isinstance(event, events.ScenarioFinished):
        _note_answers(event.recorder, asker, document, asked)
        _note_checks(event.recorder, asked)
    elif isinstance(event, events.NonFatalError):
        asked.failures[f"{event.label}: {event.info.title}"] = str(event.info.message)
    elif isinstance(event, events.FatalError):
        raise event.exception


def _note_answers(recorder: ScenarioRecorder, asker: Asker, document: dict[str, Any], asked: Asked) -> None:
    for case_id, interaction in recorder.interactions.items():
        case = recorder.cases[case_id].value
        status = 0 if interaction.response is None else interaction.response.status_code
        asked.answers[f"{case.operation.label} {status}"] += 1
        wrong = _beyond(asker, operations(document).get(case.operation.label, {}), status)
        if wrong:
            asked.failures[f"{case.operation.label}: {wrong}"] = case.as_curl_command()


def _beyond(asker: Asker, operation: dict[str, Any], status: int) -> str:
    """Why this answer gives the system more than its token is for."""
    needed = scopes(operation)
    if not 200 <= status < 400 or not operation.get("security"):
        return ""
    if asker.revoked:
        return "answered to a revoked token"
    return "answered without its scope" if set(needed) - asker.scopes else ""


def _note_checks(recorder: ScenarioRecorder, asked: Asked) -> None:
    for case_id, nodes in recorder.checks.items():
        for node in nodes:
            referring = node.failure_info is not None and node.name == ACCEPTANCE and _refers(recorder, case_id)
            asked.checked[f"{node.name} {'reference' if referring else node.status.value}"] += 1
            if node.failure_info is not None and not referring:
                failure = node.failure_info.failure
                sort = f"{recorder.label}: {failure.title}"
                asked.failures.setdefault(sort, f"{failure.message}\n{node.failure_info.code_sample}")


def _refers(recorder: ScenarioRecorder, case_id: str) -> bool:
    """Whether valid data was refused only because a parameter names what is not there."""
    response = recorder.find_response(case_id=case_id)
    if response is None or response.status_code != 422:
        return False
    # Words of quotation marks alone look for nothing, which the document cannot say either.
    words = str((recorder.cases[case_id].value.query or {}).get(WORDS, ""))
    mute = set() if fold(words) else {WORDS}
    return {one["parameter"] for one in response.json().get("errors", ())} <= referring() | mute


@functools.cache
def referring() -> frozenset[str]:
    """Parameters whose values stand in earlier answers, in reference data or on the clock: the document cannot say which there are."""
    asking: tuple[type[forms.Form], ...] = (*FilterForm.__subclasses__(), LegalBasisForm)
    fields: list[tuple[str, Any]] = [one for form in asking for one in form.base_fields.items()]
    offered = {name for name, field in fields if isinstance(field, forms.ChoiceField) and not _choices(field)}
    return frozenset({PLACES, *CLOCK, *offered})


def turned(document: dict[str, Any], turn: int) -> dict[str, Any]:
    """The same document, whose paths begin elsewhere: a third of them further on in each turn."""
    paths = list(document["paths"].items())
    place = turn * -(-len(paths) // 3) % len(paths)
    return {**document, "paths": dict(paths[place:] + paths[:place])}


def _choices(field: Any) -> list[Any]:
    return list(field.choices)


def closed(document: dict[str, Any]) -> dict[str, Any]:
    """The document in which an answer may hold what is described and nothing else; what may be sent stays as it is."""
    said = copy.deepcopy(document)
    answers = [response for operation in operations(said).values() for response in operation["responses"].values()]
    waiting, seen = [*answers, *said["components"].get("responses", {}).values()], set()
    while waiting:
        part = waiting.pop()
        for name in _references(json.dumps(part)):
            if name not in seen:
                seen.add(name)
                waiting.append(said["components"]["schemas"][name])
        _close(part)
    return said


def _references(text: str) -> Iterator[str]:
    mark = '"#/components/schemas/'
    for part in text.split(mark)[1:]:
        yield part.partition('"')[0]


def _close(part: Any) -> None:
    if isinstance(part, dict):
        for value in part.values():
            _close(value)
        if part.get("type") == "object" and "properties" in part:
            part.setdefault("additionalProperties", False)
    elif isinstance(part, list):
        for value in part:
            _close(value)
