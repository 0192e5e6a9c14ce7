"""The import contracts look at every package of the project."""

import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# Not part of the running product.
BESIDE = {"setup", "tests", "bench", "faults", "fuzz"}


def contracts():
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_package_is_under_the_contracts():
    packages = {path.parent.name for path in CHECKOUT.glob("*/__init__.py")} - BESIDE

    assert packages == set(contracts()["root_packages"])


def test_every_part_of_the_ground_floor_has_its_layer():
    parts = {f"foundation.{path.parent.name}" for path in (CHECKOUT / "foundation").glob("*/__init__.py")}
    layers = {
        name.strip(" ()")
        for contract in contracts()["contracts"]
        for layer in contract.get("layers", ())
        for name in layer.split("|")
    }

    assert parts <= layers
