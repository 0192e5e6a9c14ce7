"""Files are shown to the malware scanner; whatever it does, its silence is never taken for "clean"."""

import io

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation.documents import scanner
from foundation.documents.scanner import Scanned, ScannerAway, Verdict
from tests.documents import clamd
from tests.documents.clamd import Ways
from tests.documents.corpus.letters import EICAR
from wbcj.settings import environment


@pytest.fixture
def ask(settings):
    """Scan these bytes with a clamd that has these ways."""

    def asked(data: bytes, ways: Ways | None = None, *, seconds: float = 10, path=None) -> Scanned:
        with clamd.running(ways or Ways(), path=path) as address:
            settings.WBCJ_CLAMD = address
            return scanner.scan(io.BytesIO(data), seconds=seconds)

    return asked


def test_a_clean_file_is_clean_and_was_read_whole(ask):
    ways = Ways()

    assert ask(b"x" * 700_000, ways) == Scanned(verdict=Verdict.CLEAN)
    assert ways.seen == [700_000]


def test_the_test_virus_is_found_by_name(ask):
    assert ask(b"hello " + EICAR) == Scanned(verdict=Verdict.FOUND, name="Eicar-Test-Signature")


def test_the_test_virus_is_found_across_two_chunks_of_the_protocol(ask):
    assert ask(b"x" * (scanner.BLOCK - 30) + EICAR).verdict is Verdict.FOUND


def test_a_socket_of_the_file_system_will_do(ask, tmp_path):
    assert ask(EICAR, path=tmp_path / "clamd.ctl").verdict is Verdict.FOUND


def test_a_file_beyond_the_limit_of_the_scanner_is_too_large_and_not_clean(ask):
    assert ask(b"x" * 8_000_000, Ways(limit=1_000_000)) == Scanned(verdict=Verdict.TOO_LARGE)


def test_a_file_of_which_the_scanner_saw_a_part_only_is_too_large(ask):
    assert ask(b"x", Ways(says="stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND")).verdict is Verdict.TOO_LARGE


@pytest.mark.parametrize(
    "ways",
    [Ways(drops_after=1), Ways(silent=True), Ways(says="stream: "), Ways(says="Can't allocate memory ERROR"), Ways(says="x" * 9000)],
    ids=["drops the line", "says nothing", "says half a sentence", "has an error", "talks without end"],
)  # fmt: skip
def test_a_scanner_that_does_not_answer_is_away(ask, ways):
    with pytest.raises(ScannerAway):
        ask(b"x" * 600_000, ways, seconds=1)


def test_a_scanner_that_is_not_there_is_away(settings):
    settings.WBCJ_CLAMD = f"tcp://127.0.0.1:{clamd.free_port()}"

    with pytest.raises(ScannerAway):
        scanner.scan(io.BytesIO(b"x"), seconds=5)
    assert not scanner.alive()


def test_a_scanner_that_is_there_answers(settings):
    with clamd.running(Ways()) as address:
        settings.WBCJ_CLAMD = address
        assert scanner.alive()
        assert scanner.standing() is scanner.Standing.ANSWERS
    assert scanner.standing() is scanner.Standing.AWAY


def test_without_a_scanner_nothing_is_called_clean(settings):
    settings.WBCJ_CLAMD = ""

    assert scanner.scan(io.BytesIO(EICAR), seconds=5) == Scanned(verdict=Verdict.NOT_CONFIGURED)
    assert scanner.standing() is scanner.Standing.ABSENT


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "http://127.0.0.1:3310", "tcp://", "unix:"])
def test_an_address_that_is_none_stops_the_start(address, monkeypatch):
    monkeypatch.setenv("WBCJ_CLAMD", address)

    with pytest.raises(ImproperlyConfigured):
        environment.scanner("WBCJ_CLAMD")
