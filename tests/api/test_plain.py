"""Lists go the fast way, and the answer is byte for byte that of the serializers."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone as clock
from django.utils import translation
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from cases.choices import Status
from foundation.access.feed import Told
from foundation.pages.api import plain
from foundation.pages.api.fields import AddressField, Coded, CodeField
from foundation.pages.api.lists import ListOperation
from tests.api.stage import everything, word
from tests.architecture.test_api import OPERATIONS, in_document
from wbcj.api.changes import KINDS, ChangeItem, ChangesDocument

LISTS = [(in_document(route), page) for route, page in OPERATIONS if issubclass(page, ListOperation)]
NAMES = [path for path, _page in LISTS]


def address_of(path: str, keys: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda name: keys[word(path, name[1])], path)


@pytest.mark.parametrize(("path", "page"), LISTS, ids=NAMES)
def test_both_ways_give_the_same_bytes_in_every_language(world, register, monkeypatch, path, page):
    address = address_of(path, everything(world))
    fast = [register.get(address, accept_language=language) for language, _name in settings.LANGUAGES]
    monkeypatch.setattr(plain, "rows", plain.by_serializer)
    slow = [register.get(address, accept_language=language) for language, _name in settings.LANGUAGES]
    assert [one.content for one in fast] == [one.content for one in slow]
    assert [one.headers["ETag"] for one in fast] == [one.headers["ETag"] for one in slow]
    assert all(one.json()["items"] for one in fast)


@pytest.mark.parametrize(("path", "page"), LISTS, ids=NAMES)
def test_no_list_of_the_product_is_left_to_the_serializer(monkeypatch, world, register, path, page):
    address = address_of(path, everything(world))

    def refused(*_args: Any, **_kwargs: Any) -> Any:
        raise AssertionError(f"{path} went the slow way")

    monkeypatch.setattr(plain, "by_serializer", refused)
    assert register.get(address).status_code == 200


def test_what_is_gone_from_the_feed_has_no_address_either_way():
    told = [Told(uuid.uuid4(), kind, datetime(2026, 11, 30, 9, 41, tzinfo=UTC)) for kind in sorted(KINDS)]
    fast, slow = both(ChangeItem, *told, *(Told(uuid.uuid4(), one.kind, None, gone=True) for one in told))
    assert fast == slow
    sent = json.loads(fast)
    assert [one["url"] is None for one in sent] == [one["gone"] for one in sent]


def test_a_page_of_the_feed_is_written_as_the_document_of_the_interface_has_it(world, register):
    everything(world)
    sent = register.get("/api/v1/changes").json()
    by_document = ChangesDocument({**sent, "items": []}).data
    assert list(sent) == list(by_document)
    assert [list(one) for one in sent["items"]] == [list(ChangeItem().fields)] * len(sent["items"])


class Inner(serializers.Serializer[Any]):
    code = serializers.CharField()


class Length(serializers.Field[Any, Any, Any, Any]):
    def to_representation(self, value: Any) -> int:
        return len(str(value))


class Everything(serializers.Serializer[Any]):
    """Each sort of field that the fast way knows, and one that it does not."""

    id = serializers.UUIDField()
    url = AddressField("api_case", source="id")
    text = serializers.CharField(allow_null=True)
    number = serializers.IntegerField()
    switch = serializers.BooleanField()
    word = serializers.ChoiceField(choices=["a", "b"])
    day = serializers.DateField(allow_null=True)
    instant = serializers.DateTimeField(allow_null=True)
    status = CodeField(Status)
    inner = Inner(allow_null=True)
    deep = serializers.CharField(source="inner.code", allow_null=True)
    words = Coded(many=True)
    numbers = serializers.ListField(child=serializers.IntegerField())
    pairs = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    said = serializers.CharField(source="say")
    length = Length(source="text", allow_null=True)


def row(**changes: Any) -> SimpleNamespace:
    values = {
        "id": uuid.UUID("5b5d1b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"),
        "text": 'Quoted "and" \u2028 \\ <Prishtinë> \U0001f600',
        "number": 3,
        "switch": True,
        "word": "a",
        "day": date(2026, 11, 30),
        "instant": datetime(2026, 11, 30, 9, 41, 0, 120, UTC),
        "status": "open",
        "inner": SimpleNamespace(code="x"),
        "words": [SimpleNamespace(code="MK", label="North Macedonia")],
        "numbers": [1, None, 2],
        "pairs": [{"id": 1, "number": None}],
        "say": lambda: "said",
    }
    return SimpleNamespace(**{**values, **changes})


def both(item: Any, *rows: Any) -> tuple[bytes, bytes]:
    with clock.override(UTC), translation.override("sq"):
        made = plain.rows(item, rows, context={}), plain.by_serializer(item, rows, context={})
    fast, slow = (JSONRenderer().render(one) for one in made)
    return fast, slow


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"text": None, "day": None, "instant": None, "inner": None},
        {"instant": datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))},
        {"switch": 0, "number": True, "word": "unknown", "status": Status.CLOSED},
        {"words": [], "numbers": (), "pairs": []},
        {"text": 7, "day": "2026-11-30", "instant": "yesterday"},
    ],
)
def test_every_sort_of_field_is_written_as_the_serializer_writes_it(changes):
    fast, slow = both(Everything, row(**changes), row())
    assert fast == slow


def test_a_row_may_be_a_mapping_whatever_stands_in_it():
    class Deep(serializers.Serializer[Any]):
        code = serializers.CharField()
        inner = serializers.CharField(source="inner.code", allow_null=True)

    rows = [{"code": "x", "inner": SimpleNamespace(code="y")}, {"code": "z"}, {"code": "z", "inner": {"code": "a"}}]
    assert len(set(both(Deep, *rows[:2]))) == 1


def test_what_needs_the_request_is_left_to_the_serializer():
    class Own(serializers.Serializer[Any]):
        shout = serializers.SerializerMethodField()

        def get_shout(self, found: Any) -> str:
            return str(found.text).upper() + str(self.context["asked"])

    context = {"asked": "twice"}
    assert plain.rows(Own, [row(text="loud")], context=context) == [{"shout": "LOUDtwice"}]


def test_a_mistake_is_not_hidden():
    with pytest.raises(AttributeError):
        plain.rows(Inner, [SimpleNamespace()], context={})
