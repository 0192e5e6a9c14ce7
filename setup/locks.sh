#!/usr/bin/env bash
# Compile the hash-pinned locks from pyproject.toml. They name no registry: each machine uses its own.
set -euo pipefail
cd "$(dirname "$0")/.."
compile=(var/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes
  --no-emit-index-url --no-header --no-annotate)
"${compile[@]}" pyproject.toml -o requirements/runtime.txt
"${compile[@]}" pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
