"""The people of the demo as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foundation.components import kosovo
from wbcj.demo.people import EVERYBODY, PASSWORD, Person, Post

_OFFICES = {
    "coordinator": "coordinator",
    "contact_group_seat": "Contact Group",
    "case_registry": "case registry",
    "case_desk": "case desk",
}


def lines(partner_names: dict[str, str]) -> Iterator[str]:
    """Everybody with something to try first, the rest in one line per partner."""
    shown = [person for person in EVERYBODY if person.look_at]
    yield f"Demo people; the password of all of them is  {PASSWORD}"
    yield ""
    yield from _columns([_cells(person, partner_names) for person in shown])
    yield ""
    yield "Also there: " + ", ".join(person.email for person in EVERYBODY if not person.look_at) + "."
    yield ""
    yield kosovo.footnote("en")


def _cells(person: Person, partner_names: dict[str, str]) -> tuple[str, ...]:
    posts = "; ".join(_post(post) for post in person.posts)
    partners = ", ".join(dict.fromkeys(partner_names[post.partner] for post in person.posts))
    return person.email, posts, kosovo.mark_text(partners), person.look_at


def _post(post: Post) -> str:
    role = str(post.role.label)
    return role if post.office is None else f"{role} ({_OFFICES[post.office]})"


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    heads = ("Sign in as", "Role (office)", "Partner", "Try")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads) - 1)]
    for row in (heads, *rows):
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
