"""The inspecting process: one file on standard input, one answer on standard output, and the end."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from foundation.documents.confinement import limits
from foundation.documents.seals.inspecting import seals_in


def main() -> None:
    """Say which seals stand in the file; for a file that cannot be read, that there are none."""
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    limits.bound_memory()
    limits.close_doors(Path(sys.argv[1]))
    limits.one_more()
    try:
        found = seals_in(content)
    except Exception:
        found = []
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
