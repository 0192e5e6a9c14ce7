"""@action marks everything that writes; follow() runs what an upper app has listed to happen with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

running: ContextVar[tuple[str, ...]] = ContextVar("wbcj_running_actions", default=())
"""Names of the actions that run now, outermost first. The write guard of the tests reads it."""

ACTIONS: dict[str, Callable[..., object]] = {}
"""Every action by its dotted name, for the guards."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run in a savepoint: a refusal undoes all of the action and leaves the transaction usable for the answer."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = running.set((*running.get(), name))
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        finally:
            running.reset(token)

    ACTIONS[name] = run
    return run


class UnknownFollower(Exception):
    """composition.py lists something after an act that no app declares."""


_names: set[str] = set()
_followers: dict[str, tuple[Callable[..., None], ...]] = {}


def declare(*names: str) -> None:
    """An app says which of its acts others may follow, in its ``actions`` module."""
    _names.update(names)


def install(followers: Mapping[str, Sequence[Callable[..., None]]]) -> None:
    """Take over the table of what follows from what; fails at start-up when a name is unknown."""
    unknown = set(followers) - _names
    if unknown:
        raise UnknownFollower(", ".join(sorted(unknown)))
    _followers.clear()
    _followers.update({name: tuple(functions) for name, functions in followers.items()})


def follow(name: str, **facts: object) -> None:
    """Run what is listed to follow, in order, in this transaction; each may object by raising."""
    if name not in _names:
        raise UnknownFollower(name)
    for function in _followers.get(name, ()):
        function(**facts)
