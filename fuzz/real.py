"""At the moment of asking some guesses become real: a record in the right state, the version that stands, and a body that refers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.hooks import GLOBAL_HOOK_DISPATCHER

from foundation.pages.api.preconditions import IF_MATCH
from fuzz.references import References
from fuzz.systems import Asker

REAL = 0.6
"""How often a key, a place, a version or a reference is one that there is, for this system or for another."""
WHOLE = 0.3
"""How often all parts of a request are real together; else each is by a chance of its own, so that real and guessed ones meet."""
GUESSED = 0.3
"""How often a member of a body that is real in part stays as it was guessed."""
FEW = 4
"""So many codes a question holds at most."""
_KEY = re.compile(r"[0-9a-f-]{36}")


@dataclass
class Real:
    """What one system can ask for besides what is guessed. Only valid parts change: what was made wrong stays wrong."""

    asker: Asker
    readings: frozenset[str]
    places: Mapping[str, Sequence[dict[str, str]]]
    references: References
    chance: random.Random
    client: Client = field(default_factory=Client)
    """One for all looks, since each new one builds the whole chain of the server."""

    @contextmanager
    def applied(self) -> Iterator[None]:
        """As long as this lasts, before every request."""
        hook = GLOBAL_HOOK_DISPATCHER.register_hook_with_name(self.before_call, "before_call")
        try:
            yield
        finally:
            GLOBAL_HOOK_DISPATCHER.unregister(hook)

    def before_call(self, context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        """The parts of a write that is about to be asked, or the codes of a question."""
        if case.meta is None or case.method.upper() != case.operation.method.upper():
            return
        phase, whole = case.meta.phase.name, self.chance.random() < WHOLE
        if case.method.upper() == "GET":
            if phase == TestPhase.FUZZING and self._changes(case, ParameterLocation.QUERY, whole):
                self._question(case)
            return
        if phase != TestPhase.STATEFUL and self._changes(case, ParameterLocation.PATH, whole):
            self._place(case)
        if phase == TestPhase.FUZZING and self._changes(case, ParameterLocation.BODY, whole):
            self._body(case, guessed=0 if whole else GUESSED)
        if IF_MATCH in (case.headers or {}) and self._changes(case, ParameterLocation.HEADER, whole):
            self.version(case)

    def _changes(self, case: Any, part: ParameterLocation, whole: bool) -> bool:
        return not case.meta.is_negative_at(part) and (whole or self.chance.random() < REAL)

    def _place(self, case: Any) -> None:
        if places := self.places.get(case.operation.label):
            case.path_parameters = dict(self.chance.choice(places))

    def _question(self, case: Any) -> None:
        """A few of the codes that there are, for each parameter of a question that takes several."""
        for name, codes in self.references.questions.get(case.operation.label, {}).items():
            case.query = {
                **(case.query or {}),
                name: self.chance.sample(codes, self.chance.randint(2, min(FEW, len(codes)))),
            }

    def _body(self, case: Any, *, guessed: float) -> None:
        """The document's example, with members as they were guessed; what the document does not name, the server knows not either."""
        label = case.operation.label
        if label in self.references.examples and isinstance(case.body, dict):
            said = {name: value for name, value in case.body.items() if name in self.references.members[label]}
            kept = {name: value for name, value in said.items() if self.chance.random() < guessed}
            case.body = {**self.references.with_references(label, self.chance.choice), **kept}

    def version(self, case: Any) -> None:
        """As the record reads now. The look is no request of the run: nothing is checked of it."""
        address = self._reading(case)
        if address is None:
            return
        mark = self.client.get(address, headers=self.asker.headers).headers.get("ETag")
        if mark is not None:
            case.headers[IF_MATCH] = mark

    def _reading(self, case: Any) -> str | None:
        """Where the record is read on which the operation stands; none where its key is none of ours."""
        keys = {name: str(value) for name, value in case.path_parameters.items()}
        path: str = case.operation.path
        while path not in self.readings and "/" in path:
            path = path.rpartition("/")[0]
        if not path or not all(_KEY.fullmatch(key) for key in keys.values()):
            return None
        return path.format(**keys)
