"""What the settings read from outside: environment variables, else the built-in servers of this checkout."""

import os
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from foundation.servers import roles
from foundation.servers.embedded import Addresses, Servers
from foundation.servers.state import State

CHECKOUT = Path(__file__).resolve().parents[2]
STATE = CHECKOUT / "var"
# Cookies know no port, so two checkouts on one machine tell theirs apart by name.
CHECKOUT_MARK = f"{zlib.crc32(str(CHECKOUT).encode()):08x}"


def flag(name: str) -> bool:
    """Read a switch: 1 is on, empty or 0 is off, anything else is a mistake."""
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def number(name: str, default: int) -> int:
    """Read a number that is not negative."""
    value = os.environ.get(name, "") or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def listed(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret(name: str) -> str:
    """Read a secret; where it is not given, one is made for this checkout and kept below its own state."""
    return os.environ.get(f"WBCJ_{name.upper().replace('-', '_')}") or State(STATE).secret(name)


def addresses() -> Addresses:
    """Where database and Redis are: all three addresses are given, or none and the built-in servers are meant."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    given = [os.environ.get(name, "") for name in names]
    if all(given):
        return Addresses(*given)
    if any(given):
        missing = ", ".join(name for name, value in zip(names, given, strict=True) if not value)
        raise ImproperlyConfigured(f"Set {', '.join(names)} together or not at all; missing: {missing}.")
    return Servers.below(STATE).addresses()


def role(url: str) -> str:
    """The name of the database role in an address."""
    return roles.Login.of(url).name


def database(url: str, **session: str) -> dict[str, Any]:
    """Translate a database address into Django's setting; `session` are settings of each database session."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL must begin with postgresql://.")
    login = roles.Login.of(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["options"] = " ".join(f"-c {name}={value}" for name, value in session.items())
    # A prepared statement keeps the plan made for the first tenant, so nothing is ever prepared.
    options |= {"server_side_binding": False, "prepare_threshold": None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": login.name,
        "PASSWORD": login.password,
        "HOST": parts.hostname or "",
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
    }
