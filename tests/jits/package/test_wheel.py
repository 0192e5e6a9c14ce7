"""The command comes with the wheel, and the wheel is enough: unpacked beside pyHanko, with nothing else of the product."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
# Refuse what a plain `pip install --no-deps` of the wheel and `pip install pyhanko` do not bring.
CALL = """
import sys
for name in ("django", "celery", "psycopg", "weasyprint", "structlog", "rest_framework"):
    sys.modules[name] = None
sys.path.insert(0, sys.argv.pop(1))
from importlib import import_module
module, function = sys.argv.pop(1).split(":")
found = import_module(module)
assert found.__file__.startswith(sys.path[0]), found.__file__
sys.exit(getattr(found, function)())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = CHECKOUT / "var" / "uv" / "bin" / "uv"
    surroundings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_CACHE": "1"}
    built = subprocess.run(
        [str(uv), "build", "--wheel", "--offline", "--python", sys.executable, "--out-dir", str(folder), str(CHECKOUT)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_entry_point_of_the_wheel_checks_a_package(installed, stage, clean, tmp_path):
    entry_points = configparser.ConfigParser()
    entry_points.read(next(installed.glob("*.dist-info")) / "entry_points.txt")
    called = entry_points["console_scripts"]["wbcj-verify-package"]
    for name, content in (("p.zip", clean), ("CA.pem", stage.service.pem), ("CAS.pem", stage.elsewhere.pem)):
        (tmp_path / name).write_bytes(content)

    ended = subprocess.run(
        [sys.executable, "-c", CALL, str(installed), called, "p.zip", "--trust", "CA.pem", "--signers", "CAS.pem"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("GOOD.")


def test_the_wheel_holds_what_each_package_is_given(installed):
    assert {"README.txt", "verify_sums.py"} <= {path.name for path in (installed / "jits" / "package").iterdir()}
