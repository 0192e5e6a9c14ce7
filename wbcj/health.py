"""Two questions that a machine asks: does the process live, and can it do its work."""

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer without asking anything of anybody."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Ask the database and Redis; 503 while either is away or unsafe. The answer names no host and no error."""
    said = {"database": _database(), "redis": "ok" if _redis_answers() else "away"}
    return JsonResponse(said, status=200 if set(said.values()) == {"ok"} else 503)


def _database() -> str:
    """Away, or open to a login that passes row security: with that one, wall two does not stand and nobody may come in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            row = cursor.fetchone()
    except DatabaseError:
        return "away"
    return "ok" if row and not row[0] else "unsafe login"


def _redis_answers() -> bool:
    return bool(caches["default"].answers())  # type: ignore[attr-defined]  # our own cache
