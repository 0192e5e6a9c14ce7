"""The cache in Redis: a help, never a condition. While it is away, everything is as if nothing had been remembered."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

AWAY = (RedisError, OSError)
log = logging.getLogger("wbcj.cache")


class ForgivingRedis(RedisCache):
    """Sessions are kept in the database as well, and limits open while they cannot be counted: people go on working."""

    def answers(self) -> bool:
        """Is it there? For the health page."""
        try:
            super().get("health")
        except AWAY:
            return False
        return True

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What was remembered, else the default."""
        try:
            return super().get(key, default, version)
        except AWAY:
            return self._missed(default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Remember, if possible."""
        try:
            super().set(key, value, timeout, version)
        except AWAY:
            self._missed(None)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember unless there is something; what cannot be remembered was not there."""
        try:
            return bool(super().add(key, value, timeout, version))
        except AWAY:
            return bool(self._missed(True))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget, if possible."""
        try:
            return bool(super().delete(key, version))
        except AWAY:
            return bool(self._missed(False))

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        """Forget these, if possible."""
        try:
            super().delete_many(keys, version)
        except AWAY:
            self._missed(None)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Is it remembered?"""
        try:
            return bool(super().has_key(key, version))
        except AWAY:
            return bool(self._missed(False))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count; raises ValueError for what is not there, as every cache does."""
        try:
            return int(super().incr(key, delta, version))
        except AWAY as error:
            self._missed(None)
            raise ValueError(key) from error

    def _missed(self, answer: Any) -> Any:
        log.warning("cache.away")
        return answer
