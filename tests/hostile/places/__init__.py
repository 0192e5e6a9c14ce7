"""Where each form of the product can be filled in by somebody who may: a person, a record in the right state, and what is typed.

A new form is added in the room of its app; `test_every_form_has_a_place` fails by its name until it is.
"""

from tests.hostile.places import cases, console, group, jits, people, reference
from tests.hostile.places.registry import PLACES

__all__ = ["PLACES", "cases", "console", "group", "jits", "people", "reference"]
