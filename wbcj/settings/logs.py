"""Logs: one JSON line an event, with keys and numbers and never a name, title or address of a person."""

import re
import traceback
from typing import Any

import structlog


def _raised(error: BaseException) -> str:
    """Type and place of an error and of those behind it, without their texts: a database tells whole rows in them."""
    lines = []
    seen: set[int] = set()
    behind: BaseException | None = error
    while behind is not None and id(behind) not in seen:
        seen.add(id(behind))
        code = getattr(behind, "sqlstate", None)
        lines.append(f"{type(behind).__module__}.{type(behind).__qualname__}" + (f" {code}" if code else ""))
        lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(behind.__traceback__)]
        behind = behind.__cause__ or behind.__context__
    return "\n".join(lines)


without_texts = structlog.processors.ExceptionRenderer(lambda info: _raised(info[1]))

# What a line may carry besides its event: keys, numbers and codes. Of other libraries' extras (a request, arguments) nothing is known.
TOLD = {
    "ambiguous", "cause", "deliveries", "delivery", "job", "kind", "letter", "location", "notes", "reminder", "reply", "stage", "task",
    "verb", "verdict",
}  # fmt: skip

# Addresses that are secrets themselves: a calendar's, and the link to a new password.
_SECRET_ADDRESS = re.compile(r"(/calendar/|/password/reset/key/)[^\s\"']+")


def without_secrets(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The line without the rest of an address that opens something."""
    return {**event, "event": _SECRET_ADDRESS.sub(r"\1…", str(event.get("event", "")))}


SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow=TOLD),
    without_secrets,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED_PROCESSORS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_texts,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would print a second line, and mail the text of an error.
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
        "celery": {"level": "INFO"},
    },
}


def configure() -> None:
    """Route structlog through the standard library, so that one formatter writes every line."""
    structlog.configure(
        processors=[*SHARED_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
