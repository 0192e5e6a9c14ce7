"""Machines that are not like the one of whoever wrote this: no name spaces, odd paths, other locales and masks."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from foundation.servers import privilege
from foundation.servers.embedded import Servers
from tests.bed.databases import CHECKOUT

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
STARTS = """
import sys
from pathlib import Path
from foundation.servers.embedded import Servers
servers = Servers.below(Path(sys.argv[1]))
try:
    print(servers.start())
finally:
    servers.stop()
"""


def start_and_stop(folder, *before, **surroundings):
    return subprocess.run(
        [*before, sys.executable, "-c", STARTS, str(folder)],
        cwd=CHECKOUT, env={**os.environ, **surroundings}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["with space", "with 'quote", "šđč", "x" * 90],
    ids=["space", "quote", "letters", "longer than a socket may be"],
)
def test_the_servers_start_below_an_odd_path(name, tmp_path):
    result = start_and_stop(tmp_path / name)

    assert result.stdout.strip() == "('postgres', 'valkey')", result.stderr


@pytest.mark.parametrize(
    "surroundings",
    [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "xx_XX.UTF-8"}, {"TZ": "Pacific/Auckland"}, {"HOME": "/proc/none"}],
    ids=["C", "unknown locale", "time zone", "no home"],
)
def test_the_servers_start_in_odd_surroundings(surroundings, tmp_path):
    result = start_and_stop(tmp_path / "var", **surroundings)

    assert result.stdout.strip() == "('postgres', 'valkey')", result.stderr


@pytest.mark.parametrize("mask", ["000", "077"])
def test_secrets_are_private_whatever_the_mask(mask, tmp_path):
    result = start_and_stop(tmp_path / "var", "sh", "-c", f'umask {mask}; exec "$@"', "sh")

    assert result.stdout.strip() == "('postgres', 'valkey')", result.stderr
    for path in (tmp_path / "var" / "secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.fixture
def open_folder():
    """A folder below no private one: pytest's own are closed to anybody else."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@AS_ROOT
def test_root_without_name_spaces_starts_postgresql_as_nobody(open_folder, tmp_path):
    refusing = tmp_path / "unshare"
    refusing.write_text("#!/bin/sh\necho 'unshare failed: Operation not permitted' >&2; exit 1\n")
    refusing.chmod(0o755)

    result = start_and_stop(open_folder / "var", PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert result.stdout.strip() == "('postgres', 'valkey')", result.stderr
    assert (open_folder / "var" / "postgres").stat().st_uid == privilege.NOBODY


@AS_ROOT
def test_root_with_neither_way_is_told_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    privilege.prefix.cache_clear()
    try:
        with pytest.raises(privilege.CannotDropRoot, match="ordinary user"):
            privilege.prefix()
    finally:
        privilege.prefix.cache_clear()


@AS_ROOT
def test_an_ordinary_user_needs_no_prefix(open_folder):
    folder = open_folder
    os.chown(folder, privilege.NOBODY, privilege.NOBODY)
    probe = subprocess.run(
        [*privilege.SETPRIV, sys.executable, "-c", "import foundation.servers.embedded"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if probe.returncode:
        pytest.skip("this Python lies where an ordinary user may not read it")

    result = start_and_stop(folder / "var", *privilege.SETPRIV)

    assert result.stdout.strip() == "('postgres', 'valkey')", result.stderr


def test_text_is_kept_as_it_is_under_any_locale(tmp_path):
    servers = Servers.below(tmp_path / "var")
    servers.start()
    try:
        with psycopg.connect(servers.addresses().database_url) as connection:
            assert connection.execute("SELECT upper('šđčћ')").fetchone() == ("ŠĐČЋ",)
    finally:
        servers.stop()
