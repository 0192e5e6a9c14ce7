"""What the settings read from outside: environment variables, else the built-in servers of this checkout."""

import os
import zlib
from datetime import date
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


def value(name: str, default: str = "") -> str:
    """Read a setting from its variable, or from the file that ``NAME_FILE`` names: a secret need not stand in an environment."""
    given, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if given and path:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if not path:
        return given or default
    try:
        found = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read ({type(error).__name__}).") from None
    if not found:
        raise ImproperlyConfigured(f"{name}_FILE names an empty file.")
    return found


def flag(name: str) -> bool:
    """Read a switch: 1 is on, empty or 0 is off, anything else is a mistake."""
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """Read a word; anything but the allowed ones is a mistake. The first is meant when nothing is given."""
    value = os.environ.get(name, "") or allowed[0]
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(filter(None, allowed))}, not {value!r}.")
    return value


def number(name: str, default: int) -> int:
    """Read a number that is not negative."""
    value = os.environ.get(name, "") or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def dated_numbers(name: str, default: str) -> tuple[tuple[date, int], ...]:
    """Read numbers with the days from which they hold, the earliest first: 2026-01-01:90,2027-01-01:120."""
    given = os.environ.get(name, "") or default
    try:
        pairs = [part.strip().split(":") for part in given.split(",")]
        found = tuple(sorted((date.fromisoformat(day), int(figure)) for day, figure in pairs))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be like {default}, not {given!r}.") from None
    if any(figure < 1 for _day, figure in found):
        raise ImproperlyConfigured(f"{name} needs numbers above nought, not {given!r}.")
    return found


def listed(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def scanner(name: str) -> str:
    """Read the address of the malware scanner: tcp://host:port, unix:///path, or nothing."""
    value = os.environ.get(name, "")
    address = urlsplit(value)
    whole = address.path if address.scheme == "unix" else address.hostname if address.scheme == "tcp" else ""
    if value and not whole:
        raise ImproperlyConfigured(f"{name} must be tcp://host:port or unix:///path, not {value!r}.")
    return value


def secret(name: str) -> str:
    """Read a secret; where it is not given, one is made for this checkout and kept below its own state."""
    return value(f"WBCJ_{name.upper().replace('-', '_')}") or State(STATE).secret(name)


def addresses() -> Addresses:
    """Where database and Redis are: both are given, or neither and the built-in servers are meant.

    The owner's login may be missing: web, worker and clock are better off without it.
    """
    database_url, redis_url = value("DATABASE_URL"), value("REDIS_URL")
    owner = value("DATABASE_OWNER_URL")
    if database_url and redis_url:
        return Addresses(database_url, owner, redis_url)
    if database_url or redis_url or owner:
        missing = " and ".join(n for n, v in (("DATABASE_URL", database_url), ("REDIS_URL", redis_url)) if not v)
        raise ImproperlyConfigured(
            f"Set DATABASE_URL (the runtime login) and REDIS_URL together, with DATABASE_OWNER_URL for migrate, backup and "
            f"restore; or none of them, for the built-in servers. Missing: {missing}. To make both logins from one "
            "administrator's address: python -m foundation.servers roles --help."
        )
    return Servers.below(STATE).addresses()


def documents(folder: Path) -> dict[str, Any]:
    """Where stored files stand: below a folder, or in a bucket of S3-compatible object storage when one is named."""
    bucket = value("WBCJ_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "foundation.documents.storage.DurableFiles", "OPTIONS": {"location": str(folder)}}
    options = {
        "bucket_name": bucket,
        "endpoint_url": value("WBCJ_S3_ENDPOINT") or None,
        "region_name": value("WBCJ_S3_REGION") or None,
        "access_key": value("WBCJ_S3_KEY") or None,
        "secret_key": value("WBCJ_S3_SECRET") or None,
    }
    return {"BACKEND": "foundation.documents.object_storage.ObjectStorage", "OPTIONS": options}


def owner_url() -> str:
    """The owner's login, for what only the owner may do."""
    url = addresses().database_owner_url
    if not url:
        raise ImproperlyConfigured("This needs the owner's login: set DATABASE_OWNER_URL or DATABASE_OWNER_URL_FILE.")
    return url


def owner_role() -> str:
    """The name of the owner role, also where its login is not known."""
    url = addresses().database_owner_url
    return role(url) if url else value("WBCJ_OWNER_ROLE", roles.OWNER)


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
        "ENGINE": "foundation.access.postgresql",
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
