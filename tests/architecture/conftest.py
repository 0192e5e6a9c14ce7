"""The demo world, for guards that look at pages with something on them."""

from tests.demo.conftest import world as demo_world

__all__ = ["demo_world"]
