"""Deliveries to the sample partner system: signed by the product, believed or not, kept once whenever it is killed."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from foundation.webhooks import post, signing
from tests.examples.program import FOLDER, Program
from tests.webhooks.cast import WebhooksWorld
from tests.webhooks.receiver import certificate

SEED = int(os.environ.get("SEED", time.strftime("%Y%m%d")))
BODY = b'{"type":"case.changed","timestamp":"2026-11-30T14:00:00+00:00","data":{"id":"x","kind":"case","url":"https://y/x"}}'
SECRET, FORMER, STRANGERS = b"k" * 32, b"f" * 32, b"s" * 32


@pytest.fixture
def program(program_alone):
    """Which knows two secrets, as while one replaces the other."""
    program_alone.more["WBCJ_WEBHOOK_SECRET"] = f"{signing.spelled(SECRET)} {signing.spelled(FORMER)}"
    return program_alone


@contextmanager
def serving(program: Program, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The receiver on a port of its own choice."""
    process = program.start("serve", "--port", "0", *arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        said = process.stdout.readline().decode()
        yield process, int(re.search(r"127\.0\.0\.1:(\d+)", said)[1])
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def signed(name: str, *secrets: bytes, body: bytes = BODY, at: float = 0) -> dict[str, str]:
    """Headers as the product makes them."""
    timestamp = int(time.time() + at)
    signatures = signing.signatures(secrets or (SECRET,), message_id=name, timestamp=timestamp, body=body)
    return {"webhook-id": name, "webhook-timestamp": str(timestamp), "webhook-signature": signatures}


def told(port: int, headers: dict[str, str], body: bytes = BODY) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("POST", "/told", body=body, headers={"Content-Type": "application/json", **headers})
        return line.getresponse().status
    finally:
        line.close()


def kept(program: Program) -> list[str]:
    return [row["id"] for row in program.rows("SELECT id FROM delivery ORDER BY id")]


def test_what_the_product_signs_is_taken_and_kept_once(program):
    with serving(program) as (_process, port):
        assert told(port, signed("msg_1")) == 204
        assert told(port, signed("msg_2", STRANGERS, FORMER)) == 204, "one of several signatures is enough"
        again = signed("msg_1")
        assert [told(port, again) for _ in range(3)] == [204] * 3
    assert kept(program) == ["msg_1", "msg_2"]
    (row,) = program.rows("SELECT body FROM delivery WHERE id = 'msg_1'")
    assert row["body"] == BODY.decode()


def changed(headers: dict[str, str], **other: str) -> dict[str, str]:
    return headers | {f"webhook-{name}": value for name, value in other.items()}


def test_what_the_product_did_not_sign_is_refused_and_not_kept(program):
    good = signed("msg_1")
    other_time = str(int(good["webhook-timestamp"]) + 1)
    wrong = {
        "another body": (good, BODY + b" ", 401),
        "another id": (changed(good, id="msg_2"), BODY, 401),
        "another time": (changed(good, timestamp=other_time), BODY, 401),
        "another's secret": (signed("msg_1", STRANGERS), BODY, 401),
        "no signature": (changed(good, signature=""), BODY, 401),
        "another scheme": (changed(good, signature=good["webhook-signature"].replace("v1,", "v2,")), BODY, 401),
        "a dot moved from the time into the id": (changed(good, id="msg_1.1"), BODY, 400),
        "no time": (changed(good, timestamp=""), BODY, 400),
        "no number": (changed(good, timestamp="now"), BODY, 400),
        "sent again after six minutes": (signed("msg_1", at=-360), BODY, 400),
        "from the future": (signed("msg_1", at=360), BODY, 400),
        "signed, and no event": (signed("msg_1", body=b"[]"), b"[]", 400),
        "too much": (signed("msg_1") | {"Content-Length": "70000"}, b"", 413),
    }
    with serving(program) as (_process, port):
        assert {name: told(port, headers, body) for name, (headers, body, _status) in wrong.items()} == {
            name: status for name, (_headers, _body, status) in wrong.items()
        }
        assert told(port, good) == 204
    assert kept(program) == ["msg_1"]


def test_killed_whenever_it_takes_each_delivery_once(program):
    """Who sends repeats what was not answered with 2xx, as the product does."""
    chance, kills = Random(SEED), 0
    everything = [f"msg_{number:03}" for number in range(30)]
    waiting = list(everything)
    while waiting:
        with serving(program) as (process, port):
            for left in range(chance.randint(1, 6), -1, -1):
                if not left:
                    threading.Timer(chance.uniform(0, 0.01), process.kill).start()
                # Now and then the answer is lost on the way, so that what was kept comes again.
                if waiting and answered(port, waiting[0]) and chance.random() < 0.8:
                    waiting.pop(0)
            kills += process.wait(timeout=30) == -signal.SIGKILL
    assert kills >= 3, f"SEED={SEED}: it was hardly ever killed: this proves nothing"
    assert kept(program) == everything, f"SEED={SEED}"


def answered(port: int, name: str) -> bool:
    try:
        return told(port, signed(name)) == 204
    except (OSError, http.client.HTTPException):
        return False


def test_a_delivery_is_verified_by_hand(program):
    headers = signed("msg_1")
    arguments = [part for name, value in headers.items() for part in (f"--{name.removeprefix('webhook-')}", value)]
    assert program.run("verify", *arguments, given=BODY) == (0, "case.changed https://y/x\n")
    assert program.run("verify", *arguments, given=BODY + b" ") == (1, "It is not signed with this secret.\n")


@pytest.mark.parametrize("said", ["", "whsec_", "whsec_???"])
def test_without_a_usable_secret_it_does_not_listen_and_does_not_show_what_it_was_given(program, said):
    program.more["WBCJ_WEBHOOK_SECRET"] = said
    ended, told_why = program.run("serve", "--port", "0")
    assert ended == 2
    assert "???" not in told_why


@pytest.mark.commits
def test_the_product_delivers_to_it(tmp_path, settings, program):
    chain, key = certificate(tmp_path)
    settings.WBCJ_WEBHOOK_CA_FILE = str(chain)
    # The secret is known once somebody has subscribed, and the address before that.
    world = WebhooksWorld()
    with serving(program) as (_process, port):
        """A port that was free a moment ago."""
    made = world.subscribe(url=f"https://127.0.0.1:{port}/told")
    program.more["WBCJ_WEBHOOK_SECRET"] = made.secret
    world.test(made.subscription)
    root = world.root()
    world.told_of(made.subscription, root)
    process = program.start(
        "serve", "--port", str(port), "--certificate", str(chain), "--key", str(key), stdout=subprocess.PIPE
    )
    try:
        assert b"listening" in process.stdout.readline()
        while post.deliver_due():
            pass
    finally:
        process.kill()
        process.wait()
        process.stdout.close()

    events = [json.loads(row["body"]) for row in program.rows("SELECT body FROM delivery ORDER BY arrived_at, rowid")]
    assert {event["type"] for event in events} == {"test.sent", "case.changed"}
    assert str(root) in {event["data"]["id"] for event in events}


def test_it_stands_alone():
    """Standard library only, and nothing of the product."""
    named = subprocess.run(
        [sys.executable, "-E", "-s", "-S", "-c", "import sys; print(' '.join(sys.stdlib_module_names))"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    imports = {
        word.partition(".")[0]
        for path in FOLDER.rglob("*.py")
        for word in re.findall(r"^(?:from|import) ([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert imports - set(named) == {"partner_system"}
