"""The recipe of docs/webhooks.md, as whoever reads it would copy it."""

import re
from collections.abc import Callable
from typing import Any

from tests.architecture.sources import CHECKOUT

_TEXT = (CHECKOUT / "docs" / "webhooks.md").read_text(encoding="utf-8")
_WORLD: dict[str, Any] = {}
exec(re.search(r"```python\n(.*?)```", _TEXT, re.DOTALL)[1], _WORLD)
verified: Callable[..., dict[str, Any]] = _WORLD["verified"]
