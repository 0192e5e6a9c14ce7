"""What the guide of the sample partner system says can be done, as whoever reads it would do it."""

from __future__ import annotations

import json
import re
import shlex
import shutil

import pytest

from tests.examples.program import FOLDER

GUIDE = (FOLDER / "README.md").read_text(encoding="utf-8")
SAID = [
    shlex.split(line, comments=True)[3:]
    for line in re.findall(r"^\$ python3 register\.py .*$", GUIDE.replace("\\\n", ""), re.MULTILINE)
]


@pytest.mark.commits
def test_the_walk_of_the_guide_works(world, program):
    world.invited_by_mk("Boats")
    shutil.copy(FOLDER / "plan.example.jsonl", program.folder)
    (program.folder / "dossier.json").write_text(_dossier(), encoding="utf-8")

    ended, said = program.run("me")
    assert (ended, world.own in said, "cases:write" in said) == (0, True, True)
    assert program.run("pull") == (0, "1 changed or are gone.\n")
    (invitation,) = program.rows("SELECT id FROM record WHERE kind = 'invitation'")
    ended, said = program.run("list")
    assert (ended, invitation["id"] in said, "Boats" in said) == (0, True, True)
    for command in SAID:
        if command[0] in {"file-case", "open-case", "nominate"}:
            assert program.run(*command)[0] == 0
    program.run("accept-invitation", "I-8", invitation["id"], f"prosecutor={world.own}")

    ended, said = program.run("work", "plan.example.jsonl")

    assert ended == 0, said
    assert set(program.states().values()) == {"done"}
    assert len(program.states()) == 9
    ended, said = program.run("list", "case")
    assert said.count("nominated") == 2
    assert "Cigarettes over the lake" in said


def test_every_command_of_the_guide_is_there(program_alone):
    _ended, said = program_alone.run("--help")
    offered = set(re.search(r"{([\w,-]+)}", said)[1].split(","))
    assert {command[0] for command in SAID} <= offered
    assert {"again", "drop", "status", "verify", "serve"} <= offered
    for name in set(re.findall(r"\bWBCJ_[A-Z_]+", GUIDE)):
        assert name in said.replace("\n", " "), name


def _dossier() -> str:
    """That of the plan which comes with the guide."""
    plan = [json.loads(line) for line in (FOLDER / "plan.example.jsonl").read_text(encoding="utf-8").splitlines()]
    return json.dumps(next(line["body"] for line in plan if line["act"] == "nominate"))
