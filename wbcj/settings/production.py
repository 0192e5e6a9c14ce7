"""Production, and the demo too: what an environment variable does not change is as in `base`."""

from wbcj.settings.base import *  # noqa: F403
