"""Two questions that a machine asks: does the process live, and can it do its work."""

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer without asking anything of anybody."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Ask the database and Redis; 503 while either is away. The answer names no host and no error."""
    checks = {"database": _database_answers(), "redis": _redis_answers()}
    return JsonResponse(
        {name: "ok" if fine else "away" for name, fine in checks.items()},
        status=200 if all(checks.values()) else 503,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    return bool(caches["default"].answers())  # type: ignore[attr-defined]  # our own cache
