"""The formats of `foundation.components.formats` for templates."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.components import formats

register = template.Library()


@register.simple_tag
def instant(at: datetime | None) -> SafeString | str:
    """`<time>` with an absolute instant in the viewer's zone; nothing for no instant."""
    if at is None:
        return ""
    machine = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}">{}</time>', machine, formats.instant(at))


@register.simple_tag
def day(value: date | None) -> SafeString | str:
    """`<time>` with a date that has no hour; nothing for no date."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.strftime("%Y-%m-%d"), formats.day(value))


@register.simple_tag
def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency."""
    return formats.money(amount, currency)


@register.simple_tag
def relative(at: datetime, now: datetime) -> str:
    """How far away a deadline is."""
    return formats.relative(at, now)


@register.simple_tag
def deadline_state(at: datetime, now: datetime) -> str:
    """`late`, `soon` or `calm`, for the class of a deadline."""
    return formats.deadline_state(at, now)


@register.filter
def file_size(count: int) -> str:
    """A file size in a readable unit."""
    return formats.size(count)
