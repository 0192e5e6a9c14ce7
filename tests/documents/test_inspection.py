"""What strangers upload is looked into before anybody gets it; whatever it is, the worker goes on."""

import io
import os
import sys
import time

import pytest

from foundation.documents.inspection import apart, inspecting, limits
from foundation.documents.inspection.findings import REPORTED, Code, Findings
from foundation.documents.inspection.kinds import KINDS
from foundation.documents.inspection.sentences import SENTENCES
from foundation.documents.refusals import Unreachable
from tests.documents.corpus import HONEST, HOSTILE
from tests.documents.corpus.letters import EICAR
from tests.documents.corpus.samples import Sample

MEBIBYTE = 1024 * 1024


def inspected(sample: Sample) -> Findings:
    data = sample.build()
    return inspecting.inspect(io.BytesIO(data), name=sample.name, size=len(data))


@pytest.mark.parametrize("sample", [s for s in HOSTILE if not s.apart], ids=str)
def test_a_hostile_file_is_found_out(sample):
    findings = inspected(sample)

    assert findings.codes() == sample.found
    assert findings.refused == bool(sample.found - REPORTED)


@pytest.mark.parametrize("sample", HONEST, ids=str)
def test_an_honest_file_comes_through(sample):
    findings = inspected(sample)

    assert findings.findings == ()
    assert findings.kind


HEAVY = {"zip bomb that lies about its size", "a png of 3.6 thousand million pixels", "archives in archives in archives in archives",
         "an entity bomb", "a pdf bomb", "a pdf of a hundred thousand brackets", "a pdf with a script in an object stream",
         "more entries than anybody needs"}  # fmt: skip


@pytest.mark.parametrize("sample", [s for s in HOSTILE if s.shows in HEAVY], ids=str)
def test_the_same_is_found_in_a_process_of_its_own_whose_memory_is_bounded(sample):
    data = sample.build()

    result = apart.inspect(io.BytesIO(data), name=sample.name, size=len(data))

    assert result.findings.codes() == sample.found if sample.found else result.findings.refused
    assert result.peak_memory < (limits.MEMORY if sample.apart else 128 * MEBIBYTE)


def test_the_list_of_heavy_files_is_not_stale():
    assert {s.shows for s in HOSTILE} >= HEAVY
    assert {s.shows for s in HOSTILE if s.apart} <= HEAVY


def test_a_file_that_takes_too_long_is_refused_in_time_and_leaves_no_process():
    began = time.monotonic()
    result = apart.inspect(io.BytesIO(b"hello\n" * 200_000), name="a.txt", size=1_200_000, seconds=0.01)

    assert result.findings.codes() == {Code.TOO_MUCH_WORK}
    assert time.monotonic() - began < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


class Slow(io.BytesIO):
    """A storage that takes its time."""

    def read(self, size=-1):
        time.sleep(1.5)
        return super().read(size)


def test_what_the_storage_takes_is_not_the_work_of_the_file():
    """Five reads at least, so more than the seconds that the file has for itself."""
    result = apart.inspect(Slow(b"hello\n" * 200_000), name="a.txt", size=1_200_000, seconds=6.0)

    assert result.findings.codes() == set()


def test_a_storage_that_is_too_slow_is_no_fault_of_the_file():
    began = time.monotonic()
    with pytest.raises(Unreachable):
        apart.inspect(Slow(b"hello\n" * 200_000), name="a.txt", size=1_200_000, storage_seconds=1.0)

    assert time.monotonic() - began < 10


def test_what_the_reader_raises_comes_through():
    class Gone(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionError("the storage does not answer")

    with pytest.raises(ConnectionError):
        apart.inspect(Gone(b"hello"), name="a.txt", size=5)


def test_the_inspecting_process_opens_neither_files_nor_connections():
    """Asked through the line like any file; what it tries ends in it."""
    code = (
        "import os, socket\nos.dup2(1, 3)\n"
        "from foundation.documents.inspection import child\n"
        "child.confine(3)\n"
        "for attempt in (lambda: open('/etc/passwd'), lambda: socket.socket(), lambda: open('/tmp/x', 'w')):\n"
        "    try:\n        attempt()\n    except OSError:\n        continue\n    raise SystemExit(7)\n"
        "try:\n    bytearray(child.limits.MEMORY)\nexcept MemoryError:\n    raise SystemExit(0)\n"
    )
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", code], {"PYTHONPATH": str(apart.CHECKOUT)})
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_a_file_of_another_size_than_declared_did_not_arrive_whole():
    assert inspecting.inspect(io.BytesIO(b"hello"), name="a.txt", size=9).codes() == {Code.SIZE_DISAGREES}


def test_findings_survive_the_way_through_json():
    findings = inspected(next(s for s in HOSTILE if s.shows == "a message with a program"))
    assert Findings.from_data(findings.as_data()) == findings


def test_names_from_within_are_shown_without_their_tricks():
    hidden = next(s for s in HOSTILE if s.shows == "an entry with a zero in its name")
    places = [place for finding in inspected(hidden).findings for place in finding.where]
    assert places
    assert all(place.isprintable() for place in places)


def test_every_finding_has_a_sentence():
    assert set(SENTENCES) == set(Code)


def test_every_extension_belongs_to_one_kind():
    extensions = [extension for kind in KINDS for extension in kind.extensions]
    assert len(extensions) == len(set(extensions))


def test_the_test_virus_is_nothing_to_the_inspection_which_is_no_scanner():
    assert inspecting.inspect(io.BytesIO(EICAR), name="eicar.txt", size=len(EICAR)).findings == ()
