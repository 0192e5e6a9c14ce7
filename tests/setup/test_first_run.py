"""The first run on a machine that lacks something: one sentence that says what, and never a traceback."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.servers import privilege
from foundation.servers.state import State
from setup import demo, environment
from tests.bed.databases import CHECKOUT

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="root can write everywhere; somebody else is asked")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout with the locks of this one."""
    monkeypatch.setattr(environment, "CHECKOUT", str(tmp_path))
    monkeypatch.setattr(environment, "STATE", str(tmp_path / "var"))
    monkeypatch.setattr(environment, "VENV", str(tmp_path / "var" / "venv"))
    monkeypatch.setattr(sys, "argv", ["environment.py", "runtime"])
    (tmp_path / "requirements").symlink_to(CHECKOUT / "requirements")
    return tmp_path


def script(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def refusal():
    with pytest.raises(SystemExit) as end:
        environment.main()
    return str(end.value)


def test_a_disk_too_small_is_refused_before_anything_is_fetched(checkout, monkeypatch):
    monkeypatch.setitem(environment.MEGABYTES, "runtime", 10**9)

    assert "MB are free below" in refusal()
    assert [path.name for path in (checkout / "var").iterdir()] == ["environment.lock"]


def test_an_environment_that_stands_needs_no_more_room(checkout, monkeypatch):
    monkeypatch.setitem(environment.MEGABYTES, "runtime", 10**9)
    (checkout / "var" / "venv").mkdir(parents=True)
    (checkout / "var" / "venv" / "lock.sha256").write_text(environment.fingerprint("runtime"))

    environment.main()


def test_a_python_without_pip_and_venv_is_named_with_the_command_that_helps(checkout, monkeypatch, tmp_path):
    python = script(
        tmp_path / "bin" / "python3", f'case "$*" in *pip*|*venv*) exit 1;; esac; exec "{sys.executable}" "$@"'
    )
    monkeypatch.setenv("WBCJ_PYTHON", python)
    # Root would install what is missing; here it may not.
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    said = refusal()

    assert said.startswith(f"\nCannot set up: {python} has neither pip")
    assert "sudo apt-get install python3-venv" in said


def test_a_network_with_certificates_of_its_own_is_trusted_as_the_machine_trusts_it(checkout, tmp_path):
    installer = script(
        tmp_path / "bin" / "uv",
        'test "$UV_SYSTEM_CERTS" = true || { echo "invalid peer certificate: UnknownIssuer" >&2; exit 2; }',
    )

    environment.install(installer, "pip", "sync")


def test_any_other_failure_is_told_at_once(tmp_path):
    installer = script(tmp_path / "bin" / "uv", f'echo tried >> "{tmp_path}/tries"; echo "no such package" >&2; exit 2')

    with pytest.raises(environment.CannotSetUp, match="no such package"):
        environment.install(installer, "pip", "sync")

    assert (tmp_path / "tries").read_text() == "tried\n"


@pytest.mark.parametrize(("home", "expected"), [("/proc/none", "1"), (None, "")], ids=["no home", "home"])
def test_without_a_home_nothing_is_kept_for_the_next_time(home, expected, tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    monkeypatch.delenv("UV_NO_CACHE", raising=False)
    monkeypatch.setenv("HOME", home or str(tmp_path))
    program = script(tmp_path / "bin" / "program", f'printf %s "$UV_NO_CACHE" > "{tmp_path}/said"')

    environment.run(program)

    assert (tmp_path / "said").read_text() == expected


@AS_ROOT
def test_a_checkout_of_somebody_else_is_named_in_one_sentence():
    python = "/usr/bin/python3"
    if not Path(python).exists():
        pytest.skip("no Python here that an ordinary user may read")
    probe = (
        f"source = {(CHECKOUT / 'setup' / 'environment.py').read_text()!r};"
        "names = {'__name__': 'environment', '__file__': '/setup/environment.py'}; exec(source, names); names['main']()"
    )

    result = subprocess.run([*privilege.SETPRIV, python, "-c", probe], capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert result.stderr == (
        "\nCannot set up: /var/environment.lock cannot be written by this user. "
        'Make this checkout yours (sudo chown -R "$USER" .) or copy it elsewhere.\n'
    )


def test_a_port_that_a_stranger_took_is_left_to_him(tmp_path, capsys):
    state = State(tmp_path)
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        (tmp_path / "ports.json").write_text(json.dumps({"web": taken}))

        port = demo.free_port(state)

    assert port in demo.WEB_PORTS
    assert state.port("web") == port
    assert f"port {taken} is taken" in capsys.readouterr().out
