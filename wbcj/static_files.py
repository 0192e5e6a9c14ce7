"""Which static files of our libraries are served, and how they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The readers of the API's document: megabytes that few ever ask for, and then keep.
READER = "drf_spectacular_sidecar/"
UNUSED = ("*.map", "*.LICENSE.txt", "oauth2-redirect*", "swagger-ui-standalone-preset*", "favicon-32x32.png")


class OurStaticFiles(StaticFilesConfig):
    """Leaves out what no page of ours asks for: compressing it would be half of the work of the first start."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "admin", "htmx-4*", "htmax-4*", "ext", *UNUSED]


class OurStorage(CompressedManifestStaticFilesStorage):
    """Names files after their content and compresses them, but for the readers of the API's document: large, and seldom asked for."""

    # Without the maps from compressed scripts to their sources, which are not served: a name for each would be looked for.
    patterns: Any = tuple(
        (kind, tuple(one for one in found if "sourceMappingURL" not in str(one)))
        for kind, found in ManifestStaticFilesStorage.patterns
    )

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """All others."""
        yield from super().compress_files(  # type: ignore[no-untyped-call]
            path for path in paths if not path.startswith(READER)
        )
