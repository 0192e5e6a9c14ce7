"""Write the document of the REST API to docs/api/openapi.yaml, or say whether that one is still true."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from foundation.pages.api import description


class Command(BaseCommand):
    """Whoever changes an operation runs it; `make check` runs it with --check."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Compare and write nothing."""
        parser.add_argument("--check", action="store_true", help="fail where the file differs from what the code makes")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Make the document, hold it against the rules of OpenAPI 3.1, and compare or write it."""
        made = description.document()
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError("an operation cannot be described")
        validate_schema(made)  # type: ignore[no-untyped-call]
        text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=130)
        path = settings.BASE_DIR / "docs" / "api" / "openapi.yaml"
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(
                "docs/api/openapi.yaml is not what the code makes: run `manage.py openapi` and look at the difference"
            )
